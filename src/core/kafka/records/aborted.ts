import { type Batch, isAbortMarker } from './batch.ts';

/** From a fetch response with isolation `read_committed`: a producer's transaction that was aborted. */
export interface AbortedTransaction {
  producerId: number;
  firstOffset: number;
}

/**
 * Tells which batches of one fetch response belong to aborted transactions: the algorithm of Java's consumer. Batches
 * must be asked about in order, control batches included, since an abort marker ends a producer's aborted stretch.
 */
export class AbortedFilter {
  private readonly waiting: AbortedTransaction[];
  private readonly active = new Set<number>();

  constructor(transactions: readonly AbortedTransaction[]) {
    this.waiting = [...transactions].sort((a, b) => b.firstOffset - a.firstOffset);
  }

  isAborted(batch: Batch): boolean {
    for (
      let next = this.waiting.at(-1);
      next !== undefined && next.firstOffset < batch.nextOffset;
      next = this.waiting.at(-1)
    ) {
      this.active.add(next.producerId);
      this.waiting.pop();
    }
    if (isAbortMarker(batch)) {
      this.active.delete(batch.producerId);
      return false;
    }
    return batch.transactional && !batch.control && this.active.has(batch.producerId);
  }
}
