import * as l10n from '@vscode/l10n';
import { crc32 } from 'node:zlib';
import { crc32c } from './crc32c.ts';

/** Kafka's names of the compression types, by their number in a batch's attributes. */
export const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Codec = (typeof CODECS)[number];

/**
 * The header of one record batch (message format v2), or of one entry of the formats before it (magic 0 and 1, whose
 * entries are single messages or compressed sets). Offsets are absolute, timestamps ms since the epoch.
 */
export interface Batch {
  /** The whole batch: a view into the fetch response, which stays alive with it. */
  readonly bytes: Buffer;
  readonly magic: number;
  readonly baseOffset: number;
  /** Where reading goes on after this batch: from the header, since compaction may have removed the last records. */
  readonly nextOffset: number;
  /** Records in the batch; 0 when compaction emptied it. For magic 0/1: unknown before decoding, given as 1. */
  readonly count: number;
  /** undefined: a codec number this code does not know. */
  readonly codec: Codec | undefined;
  readonly codecNumber: number;
  readonly timestampType: 'create' | 'append';
  /** Deltas count from here. Not a time of any record when compaction set the delete horizon (attribute bit 6). */
  readonly baseTimestamp: number;
  /** The time of every record when the type is `append`. */
  readonly maxTimestamp: number;
  readonly transactional: boolean;
  /** A transaction marker or another record of Kafka's own: never a row. */
  readonly control: boolean;
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Set when the header itself is not believable. */
  readonly malformed: string | undefined;
}

/** What a batch says of its records, without their bytes. */
export type BatchFacts = Omit<Batch, 'bytes'>;

/** First byte of the records inside a magic 2 batch. */
export const RECORDS_START = 61;
const LOG_OVERHEAD = 12;
const MIN_LEGACY_LENGTH = 14;

/** int64 as a number: exact up to 2^53, which no offset and no sane timestamp passes. */
export function int64(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);
}

/**
 * Splits the records field of a fetch response into batches. A broker cuts the last batch where its byte limit falls:
 * that tail is left out and reported as `cut` (bytes), never an error.
 */
export function readBatches(bytes: Buffer): { batches: Batch[]; cut: number } {
  const batches: Batch[] = [];
  let at = 0;
  while (bytes.length - at > LOG_OVERHEAD + 4) {
    const length = bytes.readInt32BE(at + 8);
    const magic = bytes[at + 16]!;
    const minimum = magic === 2 ? RECORDS_START - LOG_OVERHEAD : MIN_LEGACY_LENGTH;
    if (length < minimum || magic > 2) {
      batches.push(malformed(bytes.subarray(at), magic, length));
      return { batches, cut: 0 };
    }
    const end = at + LOG_OVERHEAD + length;
    if (end > bytes.length) break;
    const batch = bytes.subarray(at, end);
    batches.push(magic === 2 ? header(batch) : legacyHeader(batch, magic));
    at = end;
  }
  return { batches, cut: bytes.length - at };
}

function header(bytes: Buffer): Batch {
  const attributes = bytes.readInt16BE(21);
  const baseOffset = int64(bytes, 0);
  const lastOffsetDelta = bytes.readInt32BE(23);
  const count = bytes.readInt32BE(57);
  return {
    bytes,
    magic: 2,
    baseOffset,
    nextOffset: baseOffset + Math.max(0, lastOffsetDelta) + 1,
    count: Math.max(0, count),
    codec: CODECS[attributes & 7],
    codecNumber: attributes & 7,
    timestampType: attributes & 8 ? 'append' : 'create',
    baseTimestamp: int64(bytes, 27),
    maxTimestamp: int64(bytes, 35),
    transactional: (attributes & 16) !== 0,
    control: (attributes & 32) !== 0,
    producerId: int64(bytes, 43),
    producerEpoch: bytes.readInt16BE(51),
    malformed:
      count < 0 || lastOffsetDelta < 0
        ? l10n.t('the batch header is corrupt: {0} records, last offset delta {1}', count, lastOffsetDelta)
        : undefined,
  };
}

function legacyHeader(bytes: Buffer, magic: number): Batch {
  const attributes = bytes[17]!;
  const offset = int64(bytes, 0);
  return {
    ...noHeader,
    bytes,
    magic,
    // The offset of a compressed set is that of its last message; a plain entry is one message.
    baseOffset: offset,
    nextOffset: offset + 1,
    count: 1,
    codec: CODECS[attributes & 7],
    codecNumber: attributes & 7,
    timestampType: magic === 1 && attributes & 8 ? 'append' : 'create',
    baseTimestamp: magic === 1 && bytes.length >= 26 ? int64(bytes, 18) : -1,
    maxTimestamp: magic === 1 && bytes.length >= 26 ? int64(bytes, 18) : -1,
  };
}

const noHeader = { transactional: false, control: false, producerId: -1, producerEpoch: -1, malformed: undefined };

function malformed(bytes: Buffer, magic: number, length: number): Batch {
  const offset = int64(bytes, 0);
  return {
    ...noHeader,
    bytes,
    magic,
    baseOffset: offset,
    nextOffset: offset + 1,
    count: 1,
    codec: undefined,
    codecNumber: 0,
    timestampType: 'create',
    baseTimestamp: -1,
    maxTimestamp: -1,
    malformed:
      magic > 2
        ? l10n.t('the batch has an unknown format (magic {0})', magic)
        : l10n.t('the batch header is corrupt: it claims a length of {0} bytes', length),
  };
}

/** Does the batch say what was written? A sentence when not. CRC-32C over all after the checksum; CRC-32 before magic 2. */
export function checkBatch(batch: Batch): string | undefined {
  if (batch.malformed !== undefined) return batch.malformed;
  const { bytes, magic } = batch;
  const stored = magic === 2 ? bytes.readUInt32BE(17) : bytes.readUInt32BE(12);
  const actual = magic === 2 ? crc32c(bytes, 21) : crc32(bytes.subarray(16));
  if (stored !== actual)
    return l10n.t('the batch is corrupt: its checksum is {0}, its bytes give {1}', hex(stored), hex(actual));
  if (batch.codec === undefined)
    return l10n.t('the batch is compressed with an unknown codec (number {0})', batch.codecNumber);
  return undefined;
}

const hex = (n: number): string => n.toString(16).padStart(8, '0');

/** Is this control batch the marker that aborts a transaction? (Control record key: int16 version, int16 type; 0 aborts.) */
export function isAbortMarker(batch: Batch): boolean {
  if (!batch.control || batch.magic !== 2) return false;
  // One record: length, attributes, timestamp delta, offset delta, key length, then the key's four bytes.
  let at = RECORDS_START;
  const skipVarint = (): void => {
    while (at < batch.bytes.length && batch.bytes[at]! & 0x80) at++;
    at++;
  };
  skipVarint();
  at++;
  skipVarint();
  skipVarint();
  skipVarint();
  return at + 4 <= batch.bytes.length && batch.bytes.readInt16BE(at + 2) === 0;
}
