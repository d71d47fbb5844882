import type { OffsetSpan, RedriveCheckpoint, RedriveJob } from '../../../shared/redrivePage.ts';
import type { Item } from './batches.ts';

/** Refusals that are kept by name. */
const REFUSALS_KEPT = 100;

/** The beginning of a job. */
export function firstCheckpoint(job: RedriveJob): RedriveCheckpoint {
  const each = <T>(value: T) => Object.fromEntries(job.ranges.map((r) => [r.partition, value]));
  return {
    positions: Object.fromEntries(job.ranges.map((r) => [r.partition, r.start])),
    done: each<number[]>([]),
    written: each(0),
    refused: [],
    refusedCount: 0,
    unsure: [],
  };
}

/** What is done of a redrive, record by record. */
export class RedriveState {
  readonly #checkpoint: RedriveCheckpoint;
  readonly #done: Map<number, Set<number>>;
  /** On their way: nobody knows of them yet. */
  #sending: Item[] = [];
  /** Positions after what is on its way. */
  #next = new Map<number, number>();

  constructor(from: RedriveCheckpoint) {
    this.#checkpoint = structuredClone(from);
    this.#done = new Map(
      Object.entries(from.done).map(([partition, offsets]) => [Number(partition), new Set(offsets)]),
    );
  }

  get positions(): Readonly<Record<number, number>> {
    return this.#checkpoint.positions;
  }

  isDone(partition: number, offset: number): boolean {
    return this.#done.get(partition)?.has(offset) ?? false;
  }

  /** These go out now; when all of them are done, the partitions stand at `next`. */
  sending(items: Item[], next: ReadonlyMap<number, number>): void {
    this.#sending = items;
    this.#next = new Map(next);
  }

  written(items: readonly Item[]): void {
    for (const { partition, record } of items) {
      this.#settle(partition, record.offset);
      this.#checkpoint.written[partition] = (this.#checkpoint.written[partition] ?? 0) + 1;
    }
  }

  /** The target does not take it. */
  refused({ partition, record }: Item, message: string): void {
    this.#settle(partition, record.offset);
    this.skipped(partition, record.offset, message);
  }

  /** It is not in the target, and will not be: it cannot be read, or is refused. */
  skipped(partition: number, offset: number, message: string): void {
    this.#checkpoint.refusedCount++;
    if (this.#checkpoint.refused.length < REFUSALS_KEPT) this.#checkpoint.refused.push({ partition, offset, message });
  }

  unsure(items: readonly Item[]): void {
    this.#checkpoint.unsure.push(...spansOf(items));
  }

  /** Everything that went out is done. */
  passed(): void {
    for (const [partition, next] of this.#next) {
      this.#checkpoint.positions[partition] = next;
      const done = this.#done.get(partition);
      for (const offset of done ?? []) if (offset < next) done?.delete(offset);
    }
    this.sending([], new Map());
  }

  /** As it is now. With `crash`, as it would be if nothing were heard any more: what is on its way is not known. */
  checkpoint(crash = false): RedriveCheckpoint {
    const done = Object.fromEntries([...this.#done].map(([partition, offsets]) => [partition, [...offsets]]));
    const copy = structuredClone({ ...this.#checkpoint, done });
    if (crash) copy.unsure.push(...spansOf(this.#sending.filter((i) => !this.isDone(i.partition, i.record.offset))));
    return copy;
  }

  #settle(partition: number, offset: number): void {
    const done = this.#done.get(partition);
    if (done) done.add(offset);
    else this.#done.set(partition, new Set([offset]));
  }
}

/** One span per source partition. */
function spansOf(items: readonly Item[]): OffsetSpan[] {
  const spans = new Map<number, OffsetSpan>();
  for (const { partition, record } of items) {
    const span = spans.get(partition) ?? { partition, from: record.offset, to: record.offset + 1, count: 0 };
    span.from = Math.min(span.from, record.offset);
    span.to = Math.max(span.to, record.offset + 1);
    span.count++;
    spans.set(partition, span);
  }
  return [...spans.values()];
}
