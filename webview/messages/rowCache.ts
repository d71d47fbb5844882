import type { Row } from '../../src/shared/messagesPage.ts';

const BLOCK = 100;
/** Blocks kept; the rest is asked for again when it is scrolled to. */
const KEPT = 60;

/**
 * The rows of one list near what is visible, in blocks. A row never changes once it has an index; where one in view is
 * missing, its whole block is fetched.
 */
export class RowCache {
  readonly #fetch: (from: number, count: number) => Promise<Row[]>;
  readonly #changed: () => void;
  /** Least lately looked at first; rows that are not known are holes. */
  readonly #blocks = new Map<number, Row[]>();
  readonly #asked = new Set<number>();
  /** Blocks that could not be had: asked for again once they were out of view. */
  readonly #refused = new Set<number>();
  readonly #failed: (error: unknown) => void;

  /** `changed`: rows came; `failed`: they did not, and what is drawn then asks for them no more. */
  constructor(
    fetch: (from: number, count: number) => Promise<Row[]>,
    changed: () => void,
    failed: (error: unknown) => void,
  ) {
    this.#fetch = fetch;
    this.#changed = changed;
    this.#failed = failed;
  }

  get(index: number): Row | undefined {
    return this.#blocks.get(Math.floor(index / BLOCK))?.[index % BLOCK];
  }

  /** Asks for what is missing of [first, last) in a list of `count` rows. */
  want(first: number, last: number, count: number): void {
    const end = Math.min(last, count);
    for (const block of this.#refused)
      if ((block + 1) * BLOCK <= first || block * BLOCK >= end) this.#refused.delete(block);
    for (let block = Math.floor(first / BLOCK); block * BLOCK < end; block++) {
      const have = this.#blocks.get(block);
      if (have) {
        this.#blocks.delete(block);
        this.#blocks.set(block, have);
      }
      if (this.#missing(Math.max(first, block * BLOCK), Math.min(end, (block + 1) * BLOCK)) !== undefined)
        void this.#load(block);
    }
  }

  /** Where a row stands, if it is known. */
  positionOf(index: number): number | undefined {
    for (const [block, rows] of this.#blocks) {
      const at = rows.findIndex((row: Row | undefined) => row?.index === index);
      if (at >= 0) return block * BLOCK + at;
    }
    return undefined;
  }

  /** Resolves when [first, last) of a list of `count` rows is known; asks for no other row. */
  async fill(first: number, last: number, count: number): Promise<void> {
    const end = Math.min(last, count);
    const from = this.#missing(Math.max(0, first), end);
    if (from !== undefined) this.put(from, await this.#fetch(from, end - from));
  }

  /** The first in [from, to) that is not known. */
  #missing(from: number, to: number): number | undefined {
    for (let index = from; index < to; index++) if (this.get(index) === undefined) return index;
    return undefined;
  }

  async #load(block: number): Promise<void> {
    if (this.#asked.has(block) || this.#refused.has(block)) return;
    this.#asked.add(block);
    try {
      this.put(block * BLOCK, await this.#fetch(block * BLOCK, BLOCK));
    } catch (error) {
      this.#refused.add(block);
      return this.#failed(error);
    } finally {
      this.#asked.delete(block);
    }
    this.#changed();
  }

  /** These rows stand from there on. */
  put(from: number, rows: readonly Row[]): void {
    for (const [i, row] of rows.entries()) {
      const block = Math.floor((from + i) / BLOCK);
      const known = this.#blocks.get(block);
      if (known) known[(from + i) % BLOCK] = row;
      else this.#blocks.set(block, Object.assign([], { [(from + i) % BLOCK]: row }));
    }
    for (const old of this.#blocks.keys()) {
      if (this.#blocks.size <= KEPT) break;
      this.#blocks.delete(old);
    }
  }
}
