import { crc32c } from './crc32c.ts';
import { CODECS, type Codec } from './batch.ts';

export interface TestRecord {
  offset: number;
  timestamp?: number;
  key?: Buffer | string | null;
  value?: Buffer | string | null;
  headers?: [string, Buffer | string | null][];
}

export interface TestBatch {
  baseOffset?: number;
  /** Default: the last record's. */
  lastOffset?: number;
  baseTimestamp?: number;
  maxTimestamp?: number;
  codec?: Codec;
  compress?: (bytes: Buffer) => Buffer;
  attributes?: number;
  producerId?: number;
  records: TestRecord[];
}

/** A record batch as the specification writes it (message format v2). Tests alone write batches. */
export function encodeBatch(batch: TestBatch): Buffer {
  const { records, codec = 'none', compress = (b: Buffer) => b } = batch;
  const baseOffset = batch.baseOffset ?? records[0]?.offset ?? 0;
  const baseTimestamp = batch.baseTimestamp ?? records[0]?.timestamp ?? 0;
  const body = compress(Buffer.concat(records.map((r) => encodeRecord(r, baseOffset, baseTimestamp))));
  const bytes = Buffer.alloc(61 + body.length);
  bytes.writeBigInt64BE(BigInt(baseOffset), 0);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt8(2, 16);
  bytes.writeInt16BE((batch.attributes ?? 0) | CODECS.indexOf(codec), 21);
  bytes.writeInt32BE((batch.lastOffset ?? records.at(-1)?.offset ?? baseOffset) - baseOffset, 23);
  bytes.writeBigInt64BE(BigInt(baseTimestamp), 27);
  bytes.writeBigInt64BE(
    BigInt(batch.maxTimestamp ?? Math.max(...records.map((r) => r.timestamp ?? 0), baseTimestamp)),
    35,
  );
  bytes.writeBigInt64BE(BigInt(batch.producerId ?? -1), 43);
  bytes.writeInt16BE(0, 51);
  bytes.writeInt32BE(records.length, 57);
  body.copy(bytes, 61);
  bytes.writeUInt32BE(crc32c(bytes, 21), 17);
  return bytes;
}

function encodeRecord(record: TestRecord, baseOffset: number, baseTimestamp: number): Buffer {
  const field = (bytes: Buffer | string | null | undefined): Buffer => {
    if (bytes === null || bytes === undefined) return varint(-1n);
    const buffer = Buffer.from(bytes as string);
    return Buffer.concat([varint(BigInt(buffer.length)), buffer]);
  };
  const headers = record.headers ?? [];
  const content = Buffer.concat([
    Buffer.from([0]),
    varint(BigInt((record.timestamp ?? baseTimestamp) - baseTimestamp)),
    varint(BigInt(record.offset - baseOffset)),
    field(record.key),
    field(record.value),
    varint(BigInt(headers.length)),
    ...headers.flatMap(([name, value]) => [field(name), field(value)]),
  ]);
  return Buffer.concat([varint(BigInt(content.length)), content]);
}

/** Zig-zag, 64 bits. */
export function varint(value: bigint): Buffer {
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  const bytes: number[] = [];
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
