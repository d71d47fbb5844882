import { CorruptData } from '../kafka/records/corrupt.ts';
import { headersOf, keyOf, valueOf, type RecordSpan } from '../kafka/records/record.ts';
import { utf8 } from '../kafka/values/text.ts';
import type { ShownRecords } from './shownRecord.ts';
import type { DecodedValue, ValueDecoder } from '../kafka/values/valueDecoder.ts';

/** `utf8`: text, and base64 for bytes that are not text; `base64`: always; `auto`: like utf8, with the value's format. */
export type Encoding = 'utf8' | 'base64' | 'auto';

/** Text, or the bytes where they are not text. */
export type Encoded = string | null | { base64: string };

/** A record as it is printed and exported. */
export interface RecordLine {
  topic: string;
  partition: number;
  offset: number;
  /** ms since the epoch. */
  timestamp: number;
  timestampType: 'create' | 'append';
  key: Encoded;
  value: Encoded;
  headers: [name: string, value: Encoded][];
  /** Of the value, with encoding `auto`. */
  format?: string;
  /** Why key or value are not what was chosen to show them as: they stand here as their bytes. */
  error?: string;
}

/** Throws {@link CorruptData} when the headers do not fit the record. */
export function lineOf(
  topic: string,
  partition: number,
  timestampType: 'create' | 'append',
  record: RecordSpan,
  encoding: Encoding,
): RecordLine {
  const value = valueOf(record);
  const line: RecordLine = {
    topic,
    partition,
    offset: record.offset,
    timestamp: record.timestamp,
    timestampType,
    key: encode(keyOf(record), encoding),
    value: encode(value, encoding),
    headers: headersOf(record).map(([name, v]) => [name, encode(v, encoding)]),
  };
  return line;
}

/** Like {@link lineOf}, or the reason where the headers do not fit the record. */
export function lineOrReason(...given: Parameters<typeof lineOf>): AutoLine {
  const [topic, partition, , { offset }] = given;
  try {
    return lineOf(...given);
  } catch (error) {
    if (!(error instanceof CorruptData)) throw error;
    return { topic, partition, offset, error: error.message };
  }
}

/** Like {@link lineOrReason} with encoding `auto`: the value (and key) decoded as far as anybody knows how, and its format named. */
export function autoLineOf(
  topic: string,
  partition: number,
  timestampType: 'create' | 'append',
  record: RecordSpan,
  decoder: ValueDecoder,
): AutoLine | Promise<AutoLine> {
  const line = lineOrReason(topic, partition, timestampType, record, 'auto');
  if (!('key' in line)) return line;
  const key = keyOf(record);
  const value = valueOf(record);
  const decodedKey = key === null ? null : decoder.decode(key);
  const decodedValue = value === null ? null : decoder.decode(value);
  const finish = (k: DecodedValue | null, v: DecodedValue | null): AutoLine => {
    const error = k?.error ?? v?.error;
    if (error !== undefined) return { topic, partition, offset: line.offset, error };
    if (k?.text !== undefined) line.key = k.text;
    if (v?.text !== undefined) line.value = v.text;
    line.format = v?.format ?? 'null';
    return line;
  };
  if (!(decodedKey instanceof Promise) && !(decodedValue instanceof Promise)) return finish(decodedKey, decodedValue);
  return Promise.all([decodedKey, decodedValue]).then(([k, v]) => finish(k, v));
}

/**
 * A record as the page shows it: key and value as their formats and schemas read them, headers as text; or the reason
 * where the headers do not fit the record.
 */
export async function shownLineOf(
  topic: string,
  partition: number,
  timestampType: 'create' | 'append',
  record: RecordSpan,
  shown: ShownRecords,
): Promise<AutoLine> {
  const line = lineOrReason(topic, partition, timestampType, record, 'utf8');
  if (!('key' in line)) return line;
  const { key, value } = await shown.decode(record);
  if (key?.text !== undefined && key.error === undefined) line.key = key.text;
  if (value?.text !== undefined && value.error === undefined) line.value = value.text;
  const error = key?.error ?? value?.error;
  if (error !== undefined) line.error = error;
  return line;
}

export type AutoLine = RecordLine | { topic: string; partition: number; offset: number; error: string };

function encode(bytes: Buffer | null, encoding: Encoding): Encoded {
  if (bytes === null) return null;
  if (encoding === 'base64') return bytes.toString('base64');
  return utf8(bytes) ?? { base64: bytes.toString('base64') };
}
