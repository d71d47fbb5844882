import { headersOf, keyOf, sizeOf, valueOf, type Header, type RecordSpan } from '../kafka/records/record.ts';
import { CorruptData } from '../kafka/records/corrupt.ts';
import { preview } from '../kafka/values/text.ts';
import type { DecodedValue } from '../kafka/values/valueDecoder.ts';
import type { DecodedText, RecordDetail, Row } from '../../shared/messagesPage.ts';
import type { RecordBytes } from '../../shared/producePage.ts';
import type { BrokenRow } from './segment.ts';
import type { StoredRow } from './segmentRows.ts';
import type { ShownRecords } from './shownRecord.ts';

const PREVIEW_CHARACTERS = 256;
const PREVIEW_HEADERS = 8;
const HEADER_CHARACTERS = 128;

/** A row of the grid: previews only. */
export async function rowOf(stored: StoredRow | BrokenRow, shown: ShownRecords): Promise<Row> {
  if ('message' in stored) {
    const { index, partition, offset, message, bytes, batch } = stored;
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
      cells: [],
      error: message,
    };
  }
  const { index, partition, record, batch, transaction } = stored;
  const decoded = await shown.decode(record);
  const key = previewOf(keyOf(record), decoded.key);
  const value = previewOf(valueOf(record), decoded.value);
  const { headers, error } = headersIn(record, PREVIEW_HEADERS);
  const failure = error ?? decoded.value?.error;
  const keyError = decoded.key?.error;
  return {
    index,
    partition,
    offset: record.offset,
    timestamp: record.timestamp,
    timestampType: batch.timestampType,
    key: key?.text ?? null,
    value: value?.text ?? null,
    keyTruncated: key?.truncated ?? false,
    valueTruncated: value?.truncated ?? false,
    headers: headers.map(([name, v]) => [
      preview(Buffer.from(name), HEADER_CHARACTERS).text,
      v === null ? null : preview(v, HEADER_CHARACTERS).text,
    ]),
    headerCount: record.headerCount,
    size: sizeOf(record),
    cells: shown.cells(decoded),
    ...(decoded.value?.schemaId === undefined ? {} : { format: decoded.value.format }),
    ...(keyError === undefined ? {} : { keyError }),
    ...(failure === undefined ? {} : { error: failure }),
    ...(transaction ? { transaction } : {}),
  };
}

/** The beginning of what is shown: the decoded text where there is one, else the bytes. */
function previewOf(bytes: Buffer | null, decoded: DecodedValue | null): { text: string; truncated: boolean } | null {
  if (bytes === null || decoded === null) return null;
  const { format, text } = decoded;
  if (text === undefined || format === 'json' || format === 'text') return preview(bytes, PREVIEW_CHARACTERS);
  return { text: text.slice(0, PREVIEW_CHARACTERS), truncated: text.length > PREVIEW_CHARACTERS };
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
    headers: headers.map(([name, v]) => [name, v?.toString('base64') ?? null]),
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

export function decodedText({ format, text, schemaId, schemaFile, schemaName, error }: DecodedValue): DecodedText {
  return {
    format,
    text: text ?? null,
    ...(schemaId === undefined ? {} : { schemaId }),
    ...(schemaFile === undefined ? {} : { schemaFile }),
    ...(schemaName === undefined ? {} : { schemaName }),
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
