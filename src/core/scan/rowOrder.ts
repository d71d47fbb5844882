/** The rows of one partition in the order of its log, by a key that never falls: time or offset. */
export interface RowSequence {
  readonly length: number;
  /** A whole number that is exact in a double. */
  keyOf(row: number): number;
  /** How many rows have a smaller key. */
  below(key: number): number;
}

/**
 * The merge of partitions by their keys; where keys are equal the partition that stands first goes first. Nothing is
 * sorted or kept: where a row stands is counted, so that any part of an order over millions of rows is known at once.
 */
export class RowOrder {
  private readonly sequences: readonly RowSequence[];
  readonly length: number;

  constructor(sequences: readonly RowSequence[]) {
    this.sequences = sequences;
    this.length = sequences.reduce((sum, { length }) => sum + length, 0);
  }

  /** Where a row of a sequence stands in the order. */
  positionOf(sequence: number, row: number): number {
    const key = this.sequences[sequence]!.keyOf(row);
    return this.sequences.reduce(
      (sum, other, i) => sum + (i === sequence ? row : i < sequence ? other.below(key + 1) : other.below(key)),
      0,
    );
  }

  /** The rows that stand at [from, from + count), as the number of a sequence for each: its next row each time. */
  slice(from: number, count: number): { starts: number[]; turns: number[] } {
    const until = Math.min(count, this.length - from);
    const starts = this.split(Math.min(from, this.length));
    const next = [...starts];
    const keyOf = (i: number): number =>
      next[i]! < this.sequences[i]!.length ? this.sequences[i]!.keyOf(next[i]!) : Infinity;
    const keys = next.map((_, i) => keyOf(i));
    const turns: number[] = [];
    while (turns.length < until) {
      let best = 0;
      for (let i = 1; i < keys.length; i++) if (keys[i]! < keys[best]!) best = i;
      turns.push(best);
      next[best]!++;
      keys[best] = keyOf(best);
    }
    return { starts, turns };
  }

  /** How many rows of each sequence stand before a position. */
  private split(position: number): number[] {
    const filled = this.sequences.filter(({ length }) => length > 0);
    if (filled.length === 0) return this.sequences.map(() => 0);
    const before = (key: number) => this.sequences.map((sequence) => sequence.below(key));
    const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
    // The greatest key below which at most so many rows lie; the rest are rows of that very key.
    let low = Math.min(...filled.map((sequence) => sequence.keyOf(0)));
    let high = Math.max(...filled.map((sequence) => sequence.keyOf(sequence.length - 1))) + 1;
    while (high - low > 1) {
      const middle = low + Math.floor((high - low) / 2);
      if (sum(before(middle)) <= position) low = middle;
      else high = middle;
    }
    const counts = before(low);
    let left = position - sum(counts);
    return counts.map((count, i) => {
      const more = Math.min(left, this.sequences[i]!.below(low + 1) - count);
      left -= more;
      return count + more;
    });
  }
}
