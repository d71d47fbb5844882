import * as l10n from '@vscode/l10n';
import type { Batch, BatchFacts } from '../kafka/records/batch.ts';
import { CorruptData } from '../kafka/records/corrupt.ts';
import { spanOf, type RecordSpan } from '../kafka/records/record.ts';
import { cursorOver, type Unpacked } from '../kafka/records/unpack.ts';
import type { Body, BrokenRow, Segment } from './segment.ts';

/** A record as the store hands it out. */
export interface StoredRow {
  /** Its place in the order of arrival: names it as long as the reading is kept. */
  index: number;
  partition: number;
  record: RecordSpan;
  batch: BatchFacts;
  transaction: 'aborted' | 'open' | undefined;
}

/** A match of a scan: the record's offset and where its bytes lie, length included. */
export interface Match {
  offset: number;
  timestamp: number;
  start: number;
  end: number;
}

/** The header of a batch without its bytes. */
export function factsOf({ bytes: _, ...facts }: Batch): BatchFacts {
  return facts;
}

/** Rows [skip, skip + take) of a segment out of the batches that hold them. */
export function rowsIn(
  segment: Segment,
  bodies: readonly Body[],
  skip: number,
  take: number,
): (StoredRow | BrokenRow)[] {
  if (segment.broken) return [segment.broken];
  const rows: StoredRow[] = [];
  const { partition, transaction } = segment;
  const from = segment.offsetOf(skip);
  for (const { facts, unpacked } of bodies) {
    if (facts.nextOffset <= from) continue;
    const cursor = cursorOver(facts, unpacked);
    try {
      while (cursor.next()) {
        if (cursor.offset < from || !segment.has(cursor.offset)) continue;
        const index = segment.first + skip + rows.length;
        rows.push({ index, partition, record: spanOf(cursor), batch: facts, transaction });
        if (rows.length >= take) return rows;
      }
    } catch (error) {
      // A row of its own says what is wrong from here on in this batch.
      if (!(error instanceof CorruptData)) throw error;
    }
  }
  return withGone(segment, rows, skip, take);
}

const NO_BATCH: BatchFacts = {
  magic: 2,
  baseOffset: 0,
  nextOffset: 0,
  count: 0,
  codec: 'none',
  codecNumber: 0,
  timestampType: 'create',
  baseTimestamp: 0,
  maxTimestamp: 0,
  transactional: false,
  control: false,
  producerId: -1,
  producerEpoch: -1,
  malformed: undefined,
};

/** Rows that Kafka has deleted since they were read, and that were dropped here, keep their places. */
function withGone(
  segment: Segment,
  found: readonly StoredRow[],
  skip: number,
  take: number,
): (StoredRow | BrokenRow)[] {
  const byOffset = new Map(found.map((row) => [row.record.offset, row]));
  const { partition } = segment;
  return Array.from({ length: take }, (_, i) => {
    const index = segment.first + skip + i;
    const offset = segment.offsetOf(skip + i);
    const row = byOffset.get(offset);
    if (row) return { ...row, index };
    const message = l10n.t('Kafka has deleted this message since it was read.');
    const batch = { ...NO_BATCH, baseOffset: offset, maxTimestamp: segment.timeOf(skip + i) };
    return { index, partition, offset, message, bytes: Buffer.alloc(0), batch };
  });
}

/**
 * The bytes to keep of a batch: copies, since a view would keep a whole answer alive, and of the matching records alone
 * where they are few. (Records say their offset and time relative to the batch, so any of them stand side by side.)
 */
export function keep(batch: Batch, { bytes, start }: Unpacked, matches: readonly Match[]): Body {
  const facts = factsOf(batch);
  let wanted = 0;
  for (const match of matches) wanted += match.end - match.start;
  if (batch.magic === 2 && wanted < (bytes.length - start) / 2) {
    const kept = Buffer.allocUnsafeSlow(wanted);
    let at = 0;
    for (const match of matches) at += bytes.copy(kept, at, match.start, match.end);
    return { facts: { ...facts, count: matches.length }, unpacked: { bytes: kept, start: 0 } };
  }
  const own = bytes.buffer.byteLength <= bytes.length * 1.25;
  return { facts, unpacked: { bytes: own ? bytes : copyOf(bytes), start } };
}

function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}
