import type { FetchedPartition } from '../protocol/fetch.ts';
import { AbortedFilter } from '../records/aborted.ts';
import { type Batch, readBatches } from '../records/batch.ts';
import type { Isolation, PartitionRange } from './position.ts';

/** First fetch of a page small, so that its first row comes soon; then what a broker sends by default. */
const FIRST_FETCH_BYTES = 128 << 10;
const FETCH_BYTES = 1 << 20;

/** One batch of a response as the reader will tell it. */
export interface FetchedBatch {
  partition: number;
  batch: Batch;
  from: number;
  to: number;
  next: number;
  /** Nothing of this batch is a row. */
  hidden: boolean;
  transaction: 'aborted' | 'open' | undefined;
}

/** How far one partition has been asked for: the position moves with batch headers, before anything is decoded. */
export class PartitionState {
  readonly partition: number;
  position: number;
  readonly end: number | null;
  maxBytes = FIRST_FETCH_BYTES;
  /** Ended by position, or given up. */
  done: boolean;
  /** From the last answer; -1 before. */
  highWatermark = -1;
  private readonly show: Isolation | 'marked';
  /** Marked reading asks with isolation 1 below the last stable offset (the list of aborts) and with 0 beyond it. */
  private beyondStable = false;

  constructor(range: PartitionRange, show: Isolation | 'marked') {
    this.partition = range.partition;
    this.position = range.start;
    this.end = range.end;
    this.done = range.end !== null && range.start >= range.end;
    this.show = show;
  }

  /** The isolation this partition's next fetch needs. */
  isolation(): 0 | 1 {
    if (this.show === 'marked') return this.beyondStable ? 0 : 1;
    return this.show === 'read_committed' ? 1 : 0;
  }

  /** Takes an answer without error: moves the position and returns the batches in order. */
  advance(answer: FetchedPartition, isolation: 0 | 1): FetchedBatch[] {
    this.highWatermark = answer.highWatermark;
    const { batches, cut } = readBatches(answer.records);
    if (batches.length === 0 && cut > 0) this.raiseMaxBytes(answer.records);
    else this.maxBytes = Math.max(FETCH_BYTES, batches.length > 0 ? 0 : this.maxBytes);
    const aborted = new AbortedFilter(answer.aborted ?? []);
    const fetched: FetchedBatch[] = [];
    for (const batch of batches) {
      const isAborted = isolation === 1 && aborted.isAborted(batch);
      const next = batch.nextOffset;
      if (next <= this.position) continue;
      // Offsets beyond the last stable one come without a verdict: below it, ask again where the list of aborts is.
      const open = this.show === 'marked' && isolation === 0 && batch.transactional;
      if (open && batch.baseOffset < answer.lastStableOffset) break;
      const from = this.position;
      this.position = next;
      fetched.push({
        partition: this.partition,
        batch,
        from,
        to: this.end ?? Infinity,
        next,
        hidden:
          batch.control ||
          (batch.count === 0 && batch.malformed === undefined) ||
          (isAborted && this.show === 'read_committed') ||
          (this.end !== null && batch.magic === 2 && batch.baseOffset >= this.end),
        transaction: isAborted ? 'aborted' : open ? 'open' : undefined,
      });
      if (this.end !== null && this.position >= this.end) break;
    }
    this.beyondStable = this.position >= answer.lastStableOffset;
    if (this.end !== null && this.position >= this.end) this.done = true;
    return fetched;
  }

  /** Not even the first batch fitted (never seen with Fetch v11, where it comes whole): ask for its length. */
  private raiseMaxBytes(records: Buffer): void {
    const length = records.length >= 12 ? records.readInt32BE(8) + 12 : 0;
    this.maxBytes = Math.max(this.maxBytes * 2, length);
  }
}
