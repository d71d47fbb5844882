/** One thing the tree knows about a cluster: the last good answer, the last failure, and whether it is being asked. */
export class Facet<T> {
  readonly #read: () => Promise<T>;
  readonly #changed: () => void;
  #value: T | undefined;
  #answered: number | undefined;
  #error: string | undefined;
  #running: Promise<void> | undefined;

  constructor(read: () => Promise<T>, changed: () => void) {
    this.#read = read;
    this.#changed = changed;
  }

  /** The last good answer; stays when a later attempt fails. */
  get value(): T | undefined {
    return this.#value;
  }

  /** When the last good answer came, ms since the epoch. */
  get answered(): number | undefined {
    return this.#answered;
  }

  /** Why the last attempt failed, a sentence; undefined when it succeeded. */
  get error(): string | undefined {
    return this.#error;
  }

  get loading(): boolean {
    return this.#running !== undefined;
  }

  /** Has been asked for at least once. */
  get wanted(): boolean {
    return this.#value !== undefined || this.#error !== undefined || this.loading;
  }

  /** Asks again; while an attempt runs, joins it. Never rejects: a failure becomes {@link error}. */
  load(): Promise<void> {
    this.#running ??= this.#attempt();
    return this.#running;
  }

  /** Asks only if it never was; otherwise resolves when a running attempt is over. */
  async ensure(): Promise<void> {
    if (this.#value === undefined && this.#error === undefined) await this.load();
  }

  async #attempt(): Promise<void> {
    try {
      this.#value = await this.#read();
      this.#answered = Date.now();
      this.#error = undefined;
    } catch (error) {
      this.#error = error instanceof Error ? error.message : String(error);
    } finally {
      this.#running = undefined;
    }
    this.#changed();
  }
}
