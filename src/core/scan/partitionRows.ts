import { lowest, type Segment } from './segment.ts';
import type { RowSequence } from './rowOrder.ts';

/** Times beyond these are no times, and their sums would not be exact. */
const EARLIEST = Number.MIN_SAFE_INTEGER + 1;
const LATEST = Number.MAX_SAFE_INTEGER - 1;

/** Some neighbouring rows of a segment. */
export interface SegmentPart {
  segment: Segment;
  /** Rows of the segment before the first one. */
  skip: number;
  take: number;
}

/** The rows of one partition, in the order of its log. */
export class PartitionRows {
  readonly partition: number;
  readonly segments: Segment[] = [];
  rows = 0;
  /** The greatest time so far. */
  time = EARLIEST;

  constructor(partition: number) {
    this.partition = partition;
  }

  /** The time by which a row is ordered: never before that of a row ahead of it. */
  timeOf(timestamp: number): number {
    return Math.max(this.time, Math.min(timestamp, LATEST));
  }

  /** The same, of a row that is added. */
  raise(timestamp: number): number {
    return (this.time = this.timeOf(timestamp));
  }

  /** What raises offsets from this one on above all before it. */
  liftOf(offset: number): number {
    const last = this.segments.at(-1);
    return last === undefined ? 0 : Math.max(0, last.to + last.lift - offset);
  }

  /** The rows among the first `of` that came. */
  sequence(by: 'time' | 'offset', of: number): RowSequence {
    const end = this.segmentOf((segment) => segment.first >= of);
    const last = this.segments[end - 1];
    const length = last === undefined ? 0 : last.before + Math.min(last.rows, of - last.first);
    const below =
      by === 'time'
        ? (key: number) => {
            const at = this.segmentOf((s) => s.timeOf(s.rows - 1) >= key);
            return at === this.segments.length
              ? this.rows
              : this.segments[at]!.before + this.segments[at]!.belowTime(key);
          }
        : (key: number) => {
            const at = this.segmentOf((s) => s.to + s.lift > key);
            if (at === this.segments.length) return this.rows;
            const segment = this.segments[at]!;
            return segment.before + segment.belowOffset(key - segment.lift);
          };
    return {
      length,
      keyOf: (row) => {
        const { segment, skip } = this.at(row);
        return by === 'time' ? segment.timeOf(skip) : segment.offsetOf(skip) + segment.lift;
      },
      below: (key) => Math.min(length, below(key)),
    };
  }

  /** The first row with this offset or a later one; undefined: there is none. */
  atOffset(offset: number): SegmentPart | undefined {
    const segment = this.segments.find((s) => s.to > offset);
    return segment && { segment, skip: segment.belowOffset(offset), take: 1 };
  }

  /** The first row of this time or a later one; undefined: there is none. */
  atTime(time: number): SegmentPart | undefined {
    const segment = this.segments[this.segmentOf((s) => s.timeOf(s.rows - 1) >= time)];
    return segment && { segment, skip: segment.belowTime(time), take: 1 };
  }

  /** Rows [from, to) by their segments. */
  parts(from: number, to: number): SegmentPart[] {
    const parts: SegmentPart[] = [];
    while (from < to) {
      const { segment, skip } = this.at(from);
      const take = Math.min(segment.rows - skip, to - from);
      parts.push({ segment, skip, take });
      from += take;
    }
    return parts;
  }

  private at(row: number): { segment: Segment; skip: number } {
    const segment = this.segments[this.segmentOf((s) => s.before + s.rows > row)]!;
    return { segment, skip: row - segment.before };
  }

  private segmentOf(holds: (segment: Segment) => boolean): number {
    return lowest(this.segments.length, (at) => holds(this.segments[at]!));
  }
}
