import { Writer } from '../protocol/bytes.ts';
import { CODECS, RECORDS_START, type Codec } from './batch.ts';
import { crc32c } from './crc32c.ts';

/** Headers as the format has them, copied from another record: no byte of a name or value is looked at. */
export interface EncodedHeaders {
  count: number;
  bytes: Buffer;
}

export interface RecordToWrite {
  /** What counts is the distance to the batch's base offset: the broker gives the real ones. */
  offset: number;
  /** ms since the epoch; default: the batch's base timestamp. */
  timestamp?: number;
  /** null or absent: null. Text is UTF-8. */
  key?: Buffer | string | null;
  value?: Buffer | string | null;
  headers?: readonly (readonly [name: string, value: Buffer | string | null])[] | EncodedHeaders;
}

export interface BatchToWrite {
  baseOffset?: number;
  /** Default: the last record's. */
  lastOffset?: number;
  /** Default: the first record's. */
  baseTimestamp?: number;
  /** Default: the greatest of the records. */
  maxTimestamp?: number;
  codec?: Codec;
  /** Packs the records as `codec` says. */
  compress?: (bytes: Buffer) => Buffer;
  /** Bits of the batch's attributes besides the codec. */
  attributes?: number;
  producerId?: number;
  records: readonly RecordToWrite[];
}

/** A record batch of message format v2 (protocol guide, "Record Batch"), with its checksum. */
export function encodeBatch(batch: BatchToWrite): Buffer {
  const { records, codec = 'none', compress = (b: Buffer) => b } = batch;
  const baseOffset = batch.baseOffset ?? records[0]?.offset ?? 0;
  const baseTimestamp = batch.baseTimestamp ?? records[0]?.timestamp ?? 0;
  const writer = new Writer();
  let newest = baseTimestamp;
  for (const record of records) {
    const timestamp = record.timestamp ?? baseTimestamp;
    if (timestamp > newest) newest = timestamp;
    const body = encodeBody(record, record.offset - baseOffset, timestamp - baseTimestamp);
    writer.varint(body.length).raw(body);
  }
  const body = compress(writer.finish());
  const bytes = Buffer.alloc(RECORDS_START + body.length);
  bytes.writeBigInt64BE(BigInt(baseOffset), 0);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt32BE(-1, 12); // leader epoch: the broker's business
  bytes.writeInt8(2, 16);
  bytes.writeInt16BE((batch.attributes ?? 0) | CODECS.indexOf(codec), 21);
  bytes.writeInt32BE((batch.lastOffset ?? records.at(-1)?.offset ?? baseOffset) - baseOffset, 23);
  bytes.writeBigInt64BE(BigInt(baseTimestamp), 27);
  bytes.writeBigInt64BE(BigInt(batch.maxTimestamp ?? newest), 35);
  bytes.writeBigInt64BE(BigInt(batch.producerId ?? -1), 43);
  bytes.writeInt16BE(-1, 51); // producer epoch
  bytes.writeInt32BE(-1, 53); // first sequence
  bytes.writeInt32BE(records.length, 57);
  body.copy(bytes, RECORDS_START);
  bytes.writeUInt32BE(crc32c(bytes, 21), 17);
  return bytes;
}

/** A record without the length before it. */
function encodeBody(record: RecordToWrite, offsetDelta: number, timestampDelta: number): Buffer {
  const writer = new Writer().int8(0).varint(timestampDelta).varint(offsetDelta);
  field(writer, record.key);
  field(writer, record.value);
  const headers = record.headers ?? [];
  if ('bytes' in headers) return writer.varint(headers.count).raw(headers.bytes).finish();
  writer.varint(headers.length);
  for (const [name, value] of headers) {
    field(writer, name);
    field(writer, value);
  }
  return writer.finish();
}

function field(writer: Writer, content: Buffer | string | null | undefined): void {
  if (content === null || content === undefined) writer.varint(-1);
  else {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    writer.varint(bytes.length).raw(bytes);
  }
}
