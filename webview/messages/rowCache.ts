import type { Row } from '../../src/shared/messagesPage.ts';

const BLOCK = 100;
/** Blocks kept; the rest is asked for again when it is scrolled to. */
const KEPT = 60;

/**
 * The rows of one list near what is visible, fetched in blocks. A row never changes once it has an index, so a full block is
 * fetched once; a block that was cut by the end of the list is fetched again when the list has grown.
 */
export class RowCache {
  readonly #fetch: (from: number, count: number) => Promise<Row[]>;
  readonly #changed: () => void;
  readonly #blocks = new Map<number, Row[]>();
  readonly #asked = new Set<number>();

  constructor(fetch: (from: number, count: number) => Promise<Row[]>, changed: () => void) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  get(index: number): Row | undefined {
    return this.#blocks.get(Math.floor(index / BLOCK))?.[index % BLOCK];
  }

  /** Asks for what is missing of [first, last) in a list of `count` rows. */
  want(first: number, last: number, count: number): void {
    for (let block = Math.floor(first / BLOCK); block * BLOCK < last; block++) {
      const have = this.#blocks.get(block);
      const wanted = Math.min(BLOCK, count - block * BLOCK);
      if (have) {
        this.#blocks.delete(block);
        this.#blocks.set(block, have);
      }
      if ((have?.length ?? 0) < wanted) void this.#load(block);
    }
  }

  /** Where a row stands, if it is known. */
  positionOf(index: number): number | undefined {
    for (const [block, rows] of this.#blocks) {
      const at = rows.findIndex((row) => row.index === index);
      if (at >= 0) return block * BLOCK + at;
    }
    return undefined;
  }

  /** Resolves when [first, last) of a list of `count` rows is known. */
  async fill(first: number, last: number, count: number): Promise<void> {
    const loads: Promise<void>[] = [];
    for (let block = Math.floor(Math.max(0, first) / BLOCK); block * BLOCK < Math.min(last, count); block++)
      loads.push(this.#load(block));
    await Promise.all(loads);
  }

  async #load(block: number): Promise<void> {
    if (this.#asked.has(block)) return;
    this.#asked.add(block);
    try {
      const rows = await this.#fetch(block * BLOCK, BLOCK);
      this.#blocks.delete(block);
      this.#blocks.set(block, rows);
      for (const old of this.#blocks.keys()) {
        if (this.#blocks.size <= KEPT) break;
        this.#blocks.delete(old);
      }
    } finally {
      this.#asked.delete(block);
      this.#changed();
    }
  }
}
