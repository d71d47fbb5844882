import type { BatchFacts } from '../kafka/records/batch.ts';
import type { Unpacked } from '../kafka/records/unpack.ts';

/** A batch's header and the bytes of its records, or of some of them. */
export interface Body {
  facts: BatchFacts;
  unpacked: Unpacked;
}

/** A row that stands for bytes that cannot be decoded. */
export interface BrokenRow {
  /** Its place in the order of arrival. */
  index: number;
  partition: number;
  offset: number;
  message: string;
  /** The beginning of the batch. */
  bytes: Buffer;
  batch: BatchFacts;
}

/** What a segment begins with. */
export interface SegmentStart {
  partition: number;
  /** Offsets [from, to) lie in here. */
  from: number;
  to: number;
  /** Place of its first row in the order of arrival. */
  first: number;
  /** Rows of its partition before it. */
  before: number;
  /** What raises its offsets above those before it, where a log was cut and begins anew; else 0. */
  lift: number;
  /** Time of its first row, ms. */
  time: number;
  transaction: 'aborted' | 'open' | undefined;
  bodies: Body[] | undefined;
  broken: BrokenRow | undefined;
}

/** Small batches share a segment up to so many offsets, so that a topic of single records costs no more than any other. */
export const SEGMENT_OFFSETS = 4096;
/** ms (49 days) that the rows of a segment may be apart. */
export const SEGMENT_TIME = 0xffff_ffff;

/**
 * Matched records of one or more neighbouring batches of a partition: a bit for each offset and a time for each row.
 * Times never fall: each is the greatest of its partition so far, so that an order by time keeps that of the log.
 */
export class Segment {
  readonly partition: number;
  readonly from: number;
  to: number;
  readonly first: number;
  readonly before: number;
  readonly lift: number;
  readonly transaction: 'aborted' | 'open' | undefined;
  readonly broken: BrokenRow | undefined;
  /** undefined: dropped to stay below a budget; Kafka still has them. */
  bodies: Body[] | undefined;
  bodyBytes = 0;
  rows = 0;
  private readonly time: number;
  private matched: Uint8Array;
  /** ms since `time`. */
  private times = new Uint32Array(0);

  constructor(start: SegmentStart) {
    this.partition = start.partition;
    this.from = start.from;
    this.to = start.to;
    this.first = start.first;
    this.before = start.before;
    this.lift = start.lift;
    this.time = start.time;
    this.transaction = start.transaction;
    this.bodies = start.bodies;
    this.broken = start.broken;
    this.matched = new Uint8Array((start.to - start.from + 7) >> 3);
  }

  /** Makes room for rows up to the offset `to` (exclusive). */
  extend(to: number, rows: number): void {
    this.to = Math.max(this.to, to);
    const bytes = (this.to - this.from + 7) >> 3;
    if (bytes > this.matched.length) {
      const larger = new Uint8Array(Math.max(bytes, Math.min(SEGMENT_OFFSETS >> 3, bytes * 2)));
      larger.set(this.matched);
      this.matched = larger;
    }
    const needed = this.rows + rows;
    if (needed > this.times.length) {
      const more = this.rows === 0 ? needed : Math.max(needed, Math.min(SEGMENT_OFFSETS, needed * 2));
      const larger = new Uint32Array(more);
      larger.set(this.times);
      this.times = larger;
    }
  }

  /** Adds a row behind the last. `time`: at most {@link SEGMENT_TIME} after the first. */
  add(offset: number, time: number): void {
    const bit = offset - this.from;
    this.matched[bit >> 3]! |= 1 << (bit & 7);
    this.times[this.rows++] = time - this.time;
  }

  /** May a row of this time be one of the segment's? */
  reaches(time: number): boolean {
    return time - this.time <= SEGMENT_TIME;
  }

  has(offset: number): boolean {
    const bit = offset - this.from;
    return offset >= this.from && offset < this.to && ((this.matched[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }

  timeOf(row: number): number {
    return this.time + this.times[row]!;
  }

  offsetOf(row: number): number {
    let left = row;
    let byte = 0;
    for (; BITS[this.matched[byte]!]! <= left; byte++) left -= BITS[this.matched[byte]!]!;
    for (let bit = byte << 3; ; bit++) if (this.has(this.from + bit) && left-- === 0) return this.from + bit;
  }

  /** How many rows have an offset below this one. */
  belowOffset(offset: number): number {
    if (offset <= this.from) return 0;
    if (offset >= this.to) return this.rows;
    const bit = offset - this.from;
    let count = BITS[this.matched[bit >> 3]! & ((1 << (bit & 7)) - 1)]!;
    for (let byte = 0; byte < bit >> 3; byte++) count += BITS[this.matched[byte]!]!;
    return count;
  }

  /** How many rows have a time below this one. */
  belowTime(time: number): number {
    return lowest(this.rows, (row) => this.timeOf(row) >= time);
  }
}

/** How many bits of a byte are set. */
const BITS = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** The lowest number below `end` for which it holds, and then for all above; else `end`. */
export function lowest(end: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
