import type { Batch, BatchFacts } from '../kafka/records/batch.ts';
import { CorruptData } from '../kafka/records/corrupt.ts';
import type { RecordSpan } from '../kafka/records/record.ts';
import { spanOf } from '../kafka/records/record.ts';
import { cursorOver, type Unpacked } from '../kafka/records/unpack.ts';

/** A record as the store hands it out. */
export interface StoredRow {
  partition: number;
  record: RecordSpan;
  batch: BatchFacts;
  transaction: 'aborted' | 'open' | undefined;
}

/** A row that stands for bytes that cannot be decoded. */
export interface BrokenRow {
  partition: number;
  offset: number;
  message: string;
  /** At most {@link BROKEN_BYTES} of the batch. */
  bytes: Buffer;
  batch: BatchFacts;
}

/** Matched records of one or more neighbouring batches of a partition, in the order of arrival. */
interface Segment {
  partition: number;
  /** Offsets [from, to) lie in here. */
  from: number;
  to: number;
  /** Index of the first row. */
  first: number;
  rows: number;
  /** One bit per offset from `from`: set where the record matched. */
  matched: Uint8Array;
  /** Greatest timestamp of a row, ms. */
  newest: number;
  transaction: 'aborted' | 'open' | undefined;
  /** undefined: dropped to stay below the budget; Kafka still has them. */
  bodies: Body[] | undefined;
  bodyBytes: number;
  broken: BrokenRow | undefined;
}

export interface Body {
  facts: BatchFacts;
  unpacked: Unpacked;
}

/** A match of {@link RowStore.add}: the record's offset and where its bytes lie, length included. */
export interface Match {
  offset: number;
  timestamp: number;
  start: number;
  end: number;
}

/** Small batches share a segment up to so many offsets, so that a topic of single records costs no more than any other. */
const SEGMENT_OFFSETS = 4096;
/** Bytes of the objects around a body: what counts when batches hold one record each. */
const BODY_OVERHEAD = 400;
export const BROKEN_BYTES = 64 << 10;
/** Decoded segments kept for the rows around the screen. */
const DECODED_SEGMENTS = 8;

/** Reads the bodies of evicted rows again. */
export type Refetch = (partition: number, from: number, to: number, signal: AbortSignal) => Promise<Body[]>;

/**
 * The matched records of a reading: an index with a bit per offset that is kept, and batch bodies up to a budget of bytes.
 * The oldest bodies go first; rows in them are read again when looked at. Kafka is the store, this is what is near.
 */
export class RowStore {
  private segments: Segment[] = [];
  private readonly decoded = new Map<Segment, StoredRow[]>();
  private readonly budget: number;
  private readonly refetch: Refetch;
  private bytes = 0;
  private oldestBody = 0;
  count = 0;

  /** @param budget bytes of bodies to keep at most */
  constructor(budget: number, refetch: Refetch) {
    this.budget = budget;
    this.refetch = refetch;
  }

  /** Adds the matches of a batch, in offset order. */
  add(
    partition: number,
    batch: Batch,
    unpacked: Unpacked,
    matches: readonly Match[],
    transaction: 'aborted' | 'open' | undefined,
  ): void {
    if (matches.length === 0) return;
    const from = matches[0]!.offset;
    const to = matches.at(-1)!.offset + 1;
    const segment = this.segmentFor(partition, from, to, transaction);
    for (const { offset, timestamp } of matches) {
      setBit(segment.matched, offset - segment.from);
      if (timestamp > segment.newest) segment.newest = timestamp;
    }
    segment.rows += matches.length;
    this.count += matches.length;
    const kept = keep(batch, unpacked, matches);
    segment.bodies?.push({ facts: { ...factsOf(batch), count: kept.count }, unpacked: kept.unpacked });
    const cost = kept.unpacked.bytes.length + BODY_OVERHEAD;
    segment.bodyBytes += cost;
    this.bytes += cost;
    this.evict();
  }

  addBroken(partition: number, offset: number, message: string, batch: Batch): void {
    const bytes = Buffer.from(batch.bytes.subarray(0, BROKEN_BYTES));
    const row: BrokenRow = { partition, offset, message, bytes, batch: factsOf(batch) };
    this.segments.push({
      partition,
      from: offset,
      to: offset + 1,
      first: this.count,
      rows: 1,
      matched: new Uint8Array(0),
      newest: batch.maxTimestamp,
      transaction: undefined,
      bodies: undefined,
      bodyBytes: 0,
      broken: row,
    });
    this.count++;
  }

  /** Rows [from, from + count), fewer at the end. Throws what reading again throws. */
  async rows(from: number, count: number, signal: AbortSignal): Promise<(StoredRow | BrokenRow)[]> {
    const rows: (StoredRow | BrokenRow)[] = [];
    const until = Math.min(this.count, from + count);
    for (let at = this.segmentOf(from); at < this.segments.length && from < until; at++) {
      const segment = this.segments[at]!;
      const skip = from - segment.first;
      const take = Math.min(segment.rows - skip, until - from);
      if (segment.broken) rows.push(segment.broken);
      else rows.push(...(await this.decode(segment, skip, take, signal)));
      from += take;
    }
    return rows;
  }

  /** Index of the first row of the partition with this offset or a later one; undefined when there is none. */
  find(partition: number, offset: number): number | undefined {
    for (const segment of this.segments) {
      if (segment.partition !== partition || segment.to <= offset) continue;
      return segment.first + (segment.broken ? 0 : bitsBelow(segment.matched, offset - segment.from));
    }
    return undefined;
  }

  /** Index of the first row, in the order of arrival, at or after a time. */
  async findTime(timestamp: number, signal: AbortSignal): Promise<number | undefined> {
    for (const segment of this.segments) {
      if (segment.newest < timestamp) continue;
      if (segment.broken) return segment.first;
      const rows = await this.decode(segment, 0, segment.rows, signal);
      const at = rows.findIndex((row) => row.record.timestamp >= timestamp);
      if (at >= 0) return segment.first + at;
    }
    return undefined;
  }

  /** Bytes of the bodies kept. */
  get bodyBytes(): number {
    return this.bytes;
  }

  private segmentFor(
    partition: number,
    from: number,
    to: number,
    transaction: 'aborted' | 'open' | undefined,
  ): Segment {
    const last = this.segments.at(-1);
    const fits =
      last?.broken === undefined &&
      last?.partition === partition &&
      last.transaction === transaction &&
      last.bodies !== undefined &&
      from >= last.to &&
      to - last.from <= SEGMENT_OFFSETS;
    if (last && fits) {
      last.to = to;
      const bytes = (to - last.from + 7) >> 3;
      if (bytes > last.matched.length) {
        const larger = new Uint8Array(Math.min(SEGMENT_OFFSETS >> 3, bytes * 2));
        larger.set(last.matched);
        last.matched = larger;
      }
      this.decoded.delete(last);
      return last;
    }
    const segment: Segment = {
      partition,
      from,
      to,
      first: this.count,
      rows: 0,
      matched: new Uint8Array((to - from + 7) >> 3),
      newest: -Infinity,
      transaction,
      bodies: [],
      bodyBytes: 0,
      broken: undefined,
    };
    this.segments.push(segment);
    return segment;
  }

  private evict(): void {
    for (; this.bytes > this.budget && this.oldestBody < this.segments.length - 1; this.oldestBody++) {
      const segment = this.segments[this.oldestBody]!;
      this.bytes -= segment.bodyBytes;
      segment.bodyBytes = 0;
      segment.bodies = undefined;
    }
  }

  /** Rows [skip, skip + take) of a segment. Segments of a usual size are decoded whole and kept while they are near. */
  private async decode(segment: Segment, skip: number, take: number, signal: AbortSignal): Promise<StoredRow[]> {
    const kept = this.decoded.get(segment);
    if (kept) return kept.slice(skip, skip + take);
    const bodies = segment.bodies ?? (await this.refetch(segment.partition, segment.from, segment.to, signal));
    if (segment.rows > SEGMENT_OFFSETS) return rowsIn(segment, bodies, skip, take);
    const rows = rowsIn(segment, bodies, 0, segment.rows);
    this.decoded.set(segment, rows);
    if (this.decoded.size > DECODED_SEGMENTS) this.decoded.delete(this.decoded.keys().next().value!);
    return rows.slice(skip, skip + take);
  }

  /** Position of the segment that holds this row. */
  private segmentOf(index: number): number {
    let low = 0;
    let high = this.segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const segment = this.segments[middle]!;
      if (segment.first + segment.rows <= index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The header of a batch without its bytes. */
export function factsOf({ bytes: _, ...facts }: Batch): BatchFacts {
  return facts;
}

function rowsIn(segment: Segment, bodies: readonly Body[], skip: number, take: number): StoredRow[] {
  const rows: StoredRow[] = [];
  const { partition, transaction } = segment;
  let at = 0;
  for (const { facts, unpacked } of bodies) {
    const cursor = cursorOver(facts, unpacked);
    try {
      while (cursor.next()) {
        const bit = cursor.offset - segment.from;
        if (bit < 0 || cursor.offset >= segment.to || !hasBit(segment.matched, bit)) continue;
        if (at++ >= skip) rows.push({ partition, record: spanOf(cursor), batch: facts, transaction });
        if (rows.length >= take) return rows;
      }
    } catch (error) {
      // A row of its own says what is wrong from here on in this batch.
      if (!(error instanceof CorruptData)) throw error;
    }
  }
  return rows;
}

/**
 * The bytes to keep of a batch: copies, since a view would keep a whole answer alive, and of the matching records alone
 * where they are few. (Records say their offset and time relative to the batch, so any of them stand side by side.)
 */
function keep(
  batch: Batch,
  { bytes, start }: Unpacked,
  matches: readonly Match[],
): { count: number; unpacked: Unpacked } {
  let wanted = 0;
  for (const match of matches) wanted += match.end - match.start;
  if (batch.magic === 2 && wanted < (bytes.length - start) / 2) {
    const kept = Buffer.allocUnsafeSlow(wanted);
    let at = 0;
    for (const match of matches) at += bytes.copy(kept, at, match.start, match.end);
    return { count: matches.length, unpacked: { bytes: kept, start: 0 } };
  }
  const own = bytes.buffer.byteLength <= bytes.length * 1.25;
  return { count: batch.count, unpacked: { bytes: own ? bytes : copyOf(bytes), start } };
}

function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3]! |= 1 << (at & 7);
}

const hasBit = (bits: Uint8Array, at: number): boolean => ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;

function bitsBelow(bits: Uint8Array, at: number): number {
  let count = 0;
  for (let i = 0; i < at; i++) if (hasBit(bits, i)) count++;
  return count;
}
