import { headersOf, keyOf, valueOf, type RecordSpan } from '../kafka/records/record.ts';
import { isJson } from '../kafka/values/json.ts';
import { looksLikeText, utf8 } from '../kafka/values/text.ts';

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
  if (encoding === 'auto') line.format = formatOf(value);
  return line;
}

function encode(bytes: Buffer | null, encoding: Encoding): Encoded {
  if (bytes === null) return null;
  if (encoding === 'base64') return bytes.toString('base64');
  return utf8(bytes) ?? { base64: bytes.toString('base64') };
}

function formatOf(value: Buffer | null): string {
  if (value === null) return 'null';
  const text = utf8(value);
  if (text === undefined || !looksLikeText(value)) return 'binary';
  return isJson(text) ? 'json' : 'text';
}
