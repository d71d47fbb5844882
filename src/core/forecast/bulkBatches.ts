import type { DropReason, RecordFate } from '../dapr/delivery/dryRun.ts';

/** A record of a batch that daprd cannot read. */
export interface Unread {
  offset: number;
  reason: DropReason;
}

interface Batch {
  partition: number;
  /** Records so far. */
  size: number;
  /** Since the last one that could be read. */
  unread: Unread[];
}

const UNREADABLE = new Set<DropReason>(['not-json', 'not-an-object', 'empty']);

/**
 * Bulk subscribe: what daprd reads next in a batch overwrites the error of what it could not read, which is then
 * acknowledged with the batch and lost; where nothing readable follows in the batch, the batch is tried again for ever
 * (RT:pkg/runtime/subscription/bulksubscription.go:134-144,180-214; scenario e-bulk-badjson-first). Batches are taken as
 * full: those that the time ends earlier cannot be known.
 */
export class BulkBatches {
  readonly #most: number;
  readonly #batches = new Map<number, Batch>();

  /** @param most messages of a batch */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * The next record of its partition. `held`: what comes behind it decides. `lost`: those before it that were held.
   * `blocks`: the batch ended without anything readable behind these.
   */
  take(partition: number, offset: number, fate: RecordFate): 'held' | { lost: Unread[] } | { blocks: Unread[] } {
    const batch = this.#batches.get(partition) ?? { partition, size: 0, unread: [] };
    this.#batches.set(partition, batch);
    batch.size = batch.size === this.#most ? 1 : batch.size + 1;
    if (fate.kind !== 'blocks' || !UNREADABLE.has(fate.reason)) return { lost: batch.unread.splice(0) };
    batch.unread.push({ offset, reason: fate.reason });
    return batch.size === this.#most ? { blocks: batch.unread.splice(0) } : 'held';
  }

  /** The last batches, which the time ends: what is held there blocks. */
  end(): { partition: number; blocks: Unread[] }[] {
    return [...this.#batches.values()].flatMap(({ partition, unread }) =>
      unread.length === 0 ? [] : [{ partition, blocks: unread }],
    );
  }
}
