import type { Batch } from '../kafka/records/batch.ts';
import type { Unpacked } from '../kafka/records/unpack.ts';
import type { RowView } from '../../shared/messagesPage.ts';
import { PartitionRows, type SegmentPart } from './partitionRows.ts';
import { RowOrder } from './rowOrder.ts';
import { lowest, SEGMENT_OFFSETS, SEGMENT_TIME, Segment, type Body, type BrokenRow } from './segment.ts';
import { factsOf, keep, rowsIn, type Match, type StoredRow } from './segmentRows.ts';

/** Bytes of the objects around a body: what counts when batches hold one record each. */
const BODY_OVERHEAD = 400;
/** Of a batch that cannot be read, so many bytes are kept. */
const BROKEN_BYTES = 64 << 10;
/** Decoded segments kept for the rows around the screen. */
const DECODED_SEGMENTS = 8;

/** Offsets [from, to) of a partition. */
export interface OffsetSpan {
  partition: number;
  from: number;
  to: number;
}

/** Reads the bodies of evicted rows again: those of each span. No partition stands in two of them. */
export type Refetch = (spans: readonly OffsetSpan[], signal: AbortSignal) => Promise<Body[][]>;

/**
 * The matched records of a reading: an index with a bit per offset that is kept, and batch bodies up to a budget of bytes.
 * The oldest bodies go first; rows in them are read again when looked at. Kafka is the store, this is what is near.
 * Rows are named by their place in the order of arrival; a {@link RowView} puts them in another order.
 */
export class RowStore {
  private readonly segments: Segment[] = [];
  private readonly partitions = new Map<number, PartitionRows>();
  private readonly decoded = new Map<Segment, (StoredRow | BrokenRow)[]>();
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
    const rows = this.rowsOf(partition);
    const time = rows.timeOf(matches[0]!.timestamp);
    const apart = matches.findIndex(({ timestamp }) => timestamp - time > SEGMENT_TIME);
    if (apart > 0) {
      this.add(partition, batch, unpacked, matches.slice(0, apart), transaction);
      this.add(partition, batch, unpacked, matches.slice(apart), transaction);
      return;
    }
    const segment = this.segmentFor(rows, matches, transaction);
    for (const { offset, timestamp } of matches) segment.add(offset, rows.raise(timestamp));
    rows.rows += matches.length;
    this.count += matches.length;
    const body = keep(batch, unpacked, matches);
    segment.bodies?.push(body);
    const cost = body.unpacked.bytes.length + BODY_OVERHEAD;
    segment.bodyBytes += cost;
    this.bytes += cost;
    this.evict();
  }

  addBroken(partition: number, offset: number, message: string, batch: Batch): void {
    const bytes = Buffer.from(batch.bytes.subarray(0, BROKEN_BYTES));
    const broken: BrokenRow = { index: this.count, partition, offset, message, bytes, batch: factsOf(batch) };
    const rows = this.rowsOf(partition);
    // It has no time that can be trusted: it stands behind what came before it.
    const segment = this.begin(rows, offset, offset + 1, { time: rows.time, broken });
    segment.extend(offset + 1, 1);
    segment.add(offset, rows.time);
    this.count++;
    rows.rows++;
  }

  /** Rows [from, from + count), fewer at the end; in the order of arrival without a view. Throws what reading again throws. */
  async rows(
    from: number,
    count: number,
    signal: AbortSignal,
    view?: RowView | null,
  ): Promise<(StoredRow | BrokenRow)[]> {
    return view ? await this.orderedRows(from, count, view, signal) : await this.arrivedRows(from, count, signal);
  }

  /** Where rows, named by their place in the order of arrival, stand in a view; -1: not in it. */
  positions(indexes: readonly number[], view: RowView): number[] {
    const { partitions, order } = this.ordered(view);
    return indexes.map((index) => {
      if (index < 0 || index >= Math.min(view.of, this.count)) return -1;
      const segment = this.segments[this.segmentOf(index)]!;
      const at = partitions.findIndex(({ partition }) => partition === segment.partition);
      const position = order.positionOf(at, segment.before + index - segment.first);
      return view.newestFirst ? order.length - 1 - position : position;
    });
  }

  /** The first row of the partition with this offset or a later one; none when there is none. */
  find(partition: number, offset: number): number[] {
    return indexesOf(this.partitions.get(partition)?.atOffset(offset));
  }

  /** The first row of each partition at or after a time, where it has one. */
  findTime(timestamp: number): number[] {
    return [...this.partitions.values()].flatMap((rows) => indexesOf(rows.atTime(timestamp)));
  }

  /** Is there a row before this time? */
  beginsBefore(timestamp: number): boolean {
    return [...this.partitions.values()].some(({ segments }) => segments[0]!.timeOf(0) < timestamp);
  }

  /** Bytes of the bodies kept. */
  get bodyBytes(): number {
    return this.bytes;
  }

  private async arrivedRows(from: number, count: number, signal: AbortSignal): Promise<(StoredRow | BrokenRow)[]> {
    const rows: (StoredRow | BrokenRow)[] = [];
    const until = Math.min(this.count, from + count);
    for (let at = this.segmentOf(from); at < this.segments.length && from < until; at++) {
      const segment = this.segments[at]!;
      const skip = from - segment.first;
      const take = Math.min(segment.rows - skip, until - from);
      rows.push(...(await this.decode(segment, skip, take, signal)));
      from += take;
    }
    return rows;
  }

  private async orderedRows(
    from: number,
    count: number,
    view: RowView,
    signal: AbortSignal,
  ): Promise<(StoredRow | BrokenRow)[]> {
    const { partitions, order } = this.ordered(view);
    if (from >= order.length) return [];
    const until = Math.min(order.length, from + count);
    const { starts, turns } = order.slice(view.newestFirst ? order.length - until : from, until - from);
    const taken = starts.map(() => 0);
    for (const turn of turns) taken[turn]!++;
    const parts = partitions.map((rows, i) => rows.parts(starts[i]!, starts[i]! + taken[i]!));
    const rows = await this.partRows(parts, signal);
    const next = starts.map(() => 0);
    const merged = turns.map((turn) => rows[turn]![next[turn]!++]!);
    return view.newestFirst ? merged.reverse() : merged;
  }

  /** The rows of each partition's parts; what was dropped is read again from all partitions at once. */
  private async partRows(parts: SegmentPart[][], signal: AbortSignal): Promise<(StoredRow | BrokenRow)[][]> {
    // As they are now: reading again takes time, in which bodies may be dropped.
    const known = parts.map((list) => list.map((part) => ({ ...part, bodies: this.bodiesOf(part.segment) })));
    const missing = known.flatMap((list) => {
      const gone = list.filter(({ bodies }) => bodies === undefined);
      if (gone.length === 0) return [];
      const from = Math.min(...gone.map(({ segment, skip }) => segment.offsetOf(skip)));
      const to = Math.max(...gone.map(({ segment, skip, take }) => segment.offsetOf(skip + take - 1))) + 1;
      return [{ partition: gone[0]!.segment.partition, from, to }];
    });
    const again = missing.length === 0 ? [] : await this.refetch(missing, signal);
    return known.map((list) =>
      list.flatMap(({ segment, skip, take, bodies }) => {
        const span = missing.findIndex(({ partition }) => partition === segment.partition);
        return rowsIn(segment, bodies ?? again[span]!, skip, take);
      }),
    );
  }

  private bodiesOf(segment: Segment): Body[] | undefined {
    return segment.broken ? [] : segment.bodies;
  }

  /** The partitions and the merge of their rows. */
  private ordered({ by, of }: RowView): { partitions: PartitionRows[]; order: RowOrder } {
    const partitions = [...this.partitions.values()].sort((a, b) => a.partition - b.partition);
    return { partitions, order: new RowOrder(partitions.map((rows) => rows.sequence(by, of))) };
  }

  private rowsOf(partition: number): PartitionRows {
    let rows = this.partitions.get(partition);
    if (rows === undefined) this.partitions.set(partition, (rows = new PartitionRows(partition)));
    return rows;
  }

  private segmentFor(
    rows: PartitionRows,
    matches: readonly Match[],
    transaction: 'aborted' | 'open' | undefined,
  ): Segment {
    const from = matches[0]!.offset;
    const to = matches.at(-1)!.offset + 1;
    const newest = matches.reduce((time, match) => Math.max(time, match.timestamp), -Infinity);
    const last = this.segments.at(-1);
    const fits =
      last?.broken === undefined &&
      last?.partition === rows.partition &&
      last.transaction === transaction &&
      last.bodies !== undefined &&
      from >= last.to &&
      to - last.from <= SEGMENT_OFFSETS &&
      last.reaches(newest);
    const time = rows.timeOf(matches[0]!.timestamp);
    const segment = last && fits ? last : this.begin(rows, from, from, { time, transaction, bodies: [] });
    segment.extend(to, matches.length);
    this.decoded.delete(segment);
    return segment;
  }

  private begin(
    rows: PartitionRows,
    from: number,
    to: number,
    rest: {
      time: number;
      transaction?: 'aborted' | 'open' | undefined;
      bodies?: Body[] | undefined;
      broken?: BrokenRow;
    },
  ): Segment {
    const { partition, rows: before } = rows;
    const { time, transaction, bodies, broken } = rest;
    const lift = rows.liftOf(from);
    const segment = new Segment({
      partition,
      from,
      to,
      first: this.count,
      before,
      lift,
      time,
      transaction,
      bodies,
      broken,
    });
    this.segments.push(segment);
    rows.segments.push(segment);
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
  private async decode(
    segment: Segment,
    skip: number,
    take: number,
    signal: AbortSignal,
  ): Promise<(StoredRow | BrokenRow)[]> {
    const kept = this.decoded.get(segment);
    if (kept) return kept.slice(skip, skip + take);
    const { partition, from, to } = segment;
    const bodies = this.bodiesOf(segment) ?? (await this.refetch([{ partition, from, to }], signal))[0]!;
    if (segment.rows > SEGMENT_OFFSETS) return rowsIn(segment, bodies, skip, take);
    const rows = rowsIn(segment, bodies, 0, segment.rows);
    this.decoded.set(segment, rows);
    if (this.decoded.size > DECODED_SEGMENTS) this.decoded.delete(this.decoded.keys().next().value!);
    return rows.slice(skip, skip + take);
  }

  /** Place of the segment that holds this row. */
  private segmentOf(index: number): number {
    return lowest(this.segments.length, (at) => this.segments[at]!.first + this.segments[at]!.rows > index);
  }
}

const indexesOf = (part: SegmentPart | undefined): number[] => (part ? [part.segment.first + part.skip] : []);
