import { type Batch, type BatchFacts, checkBatch, RECORDS_START } from './batch.ts';
import { CorruptData } from './corrupt.ts';
import type { Decompressor } from './codecs/decompress.ts';
import { LegacyCursor, packedMessages } from './legacy.ts';
import { BatchCursor, type RecordCursor } from './record.ts';

/** The bytes a cursor walks over; kept apart from cursors so that a batch can be walked again. */
export interface Unpacked {
  bytes: Buffer;
  start: number;
}

/**
 * Checks a batch's checksum and unpacks it. A plain value where nothing has to be waited for.
 * Throws (or rejects with) {@link CorruptData}, whose sentence belongs on the row that stands for the batch.
 */
export function unpack(batch: Batch, decompressor: Decompressor): Unpacked | Promise<Unpacked> {
  const problem = checkBatch(batch);
  if (problem !== undefined || batch.codec === undefined) throw new CorruptData(problem);
  if (batch.codec === 'none') return { bytes: batch.bytes, start: batch.magic === 2 ? RECORDS_START : 0 };
  const packed = batch.magic === 2 ? batch.bytes.subarray(RECORDS_START) : packedMessages(batch);
  const bytes = decompressor.decompress(batch.codec, packed);
  return bytes instanceof Promise ? bytes.then((b) => ({ bytes: b, start: 0 })) : { bytes, start: 0 };
}

/** A cursor before the first record. */
export function cursorOver(batch: BatchFacts, unpacked: Unpacked): RecordCursor {
  if (batch.magic < 2) return new LegacyCursor(batch, unpacked.bytes);
  return new BatchCursor(unpacked.bytes, unpacked.start, {
    baseOffset: batch.baseOffset,
    baseTimestamp: batch.baseTimestamp,
    appendTimestamp: batch.timestampType === 'append' ? batch.maxTimestamp : undefined,
    count: batch.count,
  });
}
