import type { BatchEvent } from '../kafka/read/readEvent.ts';
import { CorruptData } from '../kafka/records/corrupt.ts';
import type { RecordCursor } from '../kafka/records/record.ts';
import { cursorOver } from '../kafka/records/unpack.ts';
import type { RecordFilter } from './filter.ts';

/** What became of one batch. */
export interface BatchScan {
  /** Records in the range that was asked for. */
  scanned: number;
  /** Records the filter could not judge. */
  failed: number;
  /** A record that ends outside its batch: nothing behind it can be read. */
  broken: { offset: number; message: string } | undefined;
}

export interface ScanVisitor {
  /** The cursor stands on a matching record. `false` stops the scan. */
  match(record: RecordCursor): boolean | void;
  failed?(record: RecordCursor, error: unknown): void;
}

/** Runs a filter over the records of a batch, in order. */
export function scanBatch(event: BatchEvent, filter: RecordFilter | null, visitor: ScanVisitor): BatchScan {
  const scan: BatchScan = { scanned: 0, failed: 0, broken: undefined };
  const { batch, from, to } = event;
  // Compaction and transactions take records away, but a batch never holds other offsets than its own.
  const whole = batch.magic === 2 && batch.baseOffset >= from && batch.nextOffset <= to;
  let last = Math.max(from, batch.baseOffset) - 1;
  try {
    const cursor = cursorOver(batch, event.unpacked);
    if (filter?.needle && filter.needle.length > 0 && whole) {
      scan.scanned = batch.count;
      for (const offset of searchBytes(event, cursor, filter, filter.needle, scan, visitor)) last = offset;
      return scan;
    }
    while (cursor.next()) {
      last = cursor.offset;
      if (last < from) continue;
      if (last >= to) break;
      scan.scanned++;
      if (judge(event, cursor, filter, scan, visitor) === false) break;
    }
  } catch (error) {
    if (!(error instanceof CorruptData)) throw error;
    scan.broken = { offset: last + 1, message: error.message };
  }
  return scan;
}

/** Looks for the needle in the batch's bytes and steps only to the records that contain it, whose offsets it tells. */
function* searchBytes(
  event: BatchEvent,
  cursor: RecordCursor,
  filter: RecordFilter,
  needle: Buffer,
  scan: BatchScan,
  visitor: ScanVisitor,
): Generator<number> {
  const { bytes, start } = event.unpacked;
  for (let hit = bytes.indexOf(needle, start); hit >= 0; hit = bytes.indexOf(needle, cursor.end)) {
    if (!cursor.seek(hit)) return;
    yield cursor.offset;
    if (judge(event, cursor, filter, scan, visitor) === false) return;
  }
}

function judge(
  event: BatchEvent,
  cursor: RecordCursor,
  filter: RecordFilter | null,
  scan: BatchScan,
  visitor: ScanVisitor,
): boolean | void {
  try {
    if (filter !== null && !filter.matches(cursor, event.partition)) return true;
  } catch (error) {
    scan.failed++;
    visitor.failed?.(cursor, error);
    return true;
  }
  return visitor.match(cursor);
}
