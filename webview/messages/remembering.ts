import type { PageMemory } from '../../src/shared/messagesPanel.ts';

/** ms. */
const REMEMBER_AFTER = 300;

/** Keeps what a page needs to stand at the same rows after a reload. Not at every change: the editor writes each down. */
export class Remembering {
  readonly #memory: () => PageMemory | null;
  readonly #write: (memory: PageMemory) => void;
  #written = '';
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** `memory`: null as long as nothing is read. */
  constructor(memory: () => PageMemory | null, write: (memory: PageMemory) => void) {
    this.#memory = memory;
    this.#write = write;
  }

  soon(): void {
    this.#soon ??= setTimeout(() => this.now(), REMEMBER_AFTER);
  }

  /** What must not be missing when the page is hidden right after. */
  now(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    const memory = this.#memory();
    const text = JSON.stringify(memory);
    if (memory === null || text === this.#written) return;
    this.#written = text;
    this.#write(memory);
  }
}
