import { headersOf, keyOf, sizeOf, valueOf, type Header, type RecordSpan } from '../kafka/records/record.ts';
import { CorruptData } from '../kafka/records/corrupt.ts';
import { preview, utf8 } from '../kafka/values/text.ts';
import type { DecodedValue } from '../kafka/values/valueDecoder.ts';
import type { DecodedText, RecordDetail, Row } from '../../shared/messagesPage.ts';
import type { RecordBytes } from '../../shared/producePage.ts';
import type { BrokenRow, StoredRow } from './rowStore.ts';

export const PREVIEW_CHARACTERS = 256;
const PREVIEW_HEADERS = 8;
const HEADER_CHARACTERS = 128;

/** A row of the grid: previews only. */
export function rowOf(index: number, stored: StoredRow | BrokenRow): Row {
  if ('message' in stored) {
    const { partition, offset, message, bytes, batch } = stored;
    return {
      index,
      partition,
      offset,
      timestamp: batch.maxTimestamp,
      timestampType: batch.timestampType,
      key: null,
      value: null,
      keyTruncated: false,
      valueTruncated: false,
      headers: [],
      headerCount: 0,
      size: bytes.length,
      error: message,
    };
  }
  const { partition, record, batch, transaction } = stored;
  const key = keyOf(record);
  const value = valueOf(record);
  const keyText = key === null ? null : preview(key, PREVIEW_CHARACTERS);
  const valueText = value === null ? null : preview(value, PREVIEW_CHARACTERS);
  const { headers, error } = headersIn(record, PREVIEW_HEADERS);
  return {
    index,
    partition,
    offset: record.offset,
    timestamp: record.timestamp,
    timestampType: batch.timestampType,
    key: keyText?.text ?? null,
    value: valueText?.text ?? null,
    keyTruncated: keyText?.truncated ?? false,
    valueTruncated: valueText?.truncated ?? false,
    headers: headers.map(([name, v]) => [
      preview(Buffer.from(name), HEADER_CHARACTERS).text,
      v === null ? null : preview(v, HEADER_CHARACTERS).text,
    ]),
    headerCount: record.headerCount,
    size: sizeOf(record),
    ...(error === undefined ? {} : { error }),
    ...(transaction ? { transaction } : {}),
  };
}

/** Every byte of a record. */
export function detailOf(stored: StoredRow | BrokenRow): RecordDetail {
  const { partition, batch } = stored;
  const facts = {
    codec: batch.codec ?? String(batch.codecNumber),
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    batchBaseOffset: batch.baseOffset,
    timestampType: batch.timestampType,
    partition,
  };
  if ('message' in stored)
    return {
      ...facts,
      offset: stored.offset,
      timestamp: batch.maxTimestamp,
      key: null,
      value: stored.bytes.toString('base64'),
      headers: [],
      error: stored.message,
    };
  const { record } = stored;
  const { headers, error } = headersIn(record, Infinity);
  return {
    ...facts,
    offset: record.offset,
    timestamp: record.timestamp,
    key: keyOf(record)?.toString('base64') ?? null,
    value: valueOf(record)?.toString('base64') ?? null,
    headers: headers.map(([name, v]) => [name, v === null ? null : (utf8(v) ?? v.toString('hex'))]),
    ...(error === undefined ? {} : { error }),
  };
}

/** A record as it can be written again. Throws the sentence of one that cannot be decoded. */
export function bytesOf(stored: StoredRow | BrokenRow): RecordBytes {
  if ('message' in stored) throw new Error(stored.message);
  const { partition, record } = stored;
  return {
    partition,
    offset: record.offset,
    key: keyOf(record)?.toString('base64') ?? null,
    value: valueOf(record)?.toString('base64') ?? null,
    headers: headersOf(record).map(([name, value]) => [name, value?.toString('base64') ?? null]),
  };
}

export function decodedText({ format, text, schemaId, error }: DecodedValue): DecodedText {
  return {
    format,
    text: text ?? null,
    ...(schemaId === undefined ? {} : { schemaId }),
    ...(error === undefined ? {} : { error }),
  };
}

function headersIn(record: RecordSpan, limit: number): { headers: Header[]; error?: string } {
  try {
    return { headers: headersOf(record, limit) };
  } catch (error) {
    if (!(error instanceof CorruptData)) throw error;
    return { headers: [], error: error.message };
  }
}
