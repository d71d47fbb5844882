import type { Row } from '../../src/shared/messagesPage.ts';

const BLOCK = 100;
/** Blocks kept; the rest is asked for again when it is scrolled to. */
const KEPT = 60;

/**
 * The rows near what is visible, fetched in blocks. A row never changes once it has an index, so a full block is
 * fetched once; a block that was cut by the end of the list is fetched again when the list has grown.
 */
export class RowCache {
  readonly #fetch: (from: number, count: number) => Promise<Row[]>;
  readonly #changed: () => void;
  readonly #blocks = new Map<number, Row[]>();
  readonly #asked = new Set<number>();
  #generation = 0;

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

  /** The list begins anew: what was known is wrong now, also what is still under way. */
  clear(): void {
    this.#generation++;
    this.#blocks.clear();
    this.#asked.clear();
  }

  async #load(block: number): Promise<void> {
    if (this.#asked.has(block)) return;
    this.#asked.add(block);
    const generation = this.#generation;
    try {
      const rows = await this.#fetch(block * BLOCK, BLOCK);
      if (generation !== this.#generation) return;
      this.#blocks.delete(block);
      this.#blocks.set(block, rows);
      for (const old of this.#blocks.keys()) {
        if (this.#blocks.size <= KEPT) break;
        this.#blocks.delete(old);
      }
    } finally {
      if (generation === this.#generation) {
        this.#asked.delete(block);
        this.#changed();
      }
    }
  }
}
