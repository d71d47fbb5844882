/** ms after which an answer that does not come is something to tell. */
const SLOW = 1_000;

/** One thing the tree knows about a cluster: the last good answer, the last failure, and whether it is being asked. */
export class Facet<T> {
  readonly #read: () => Promise<T>;
  readonly #changed: () => void;
  #value: T | undefined;
  #answered: number | undefined;
  #error: string | undefined;
  #failing: number | undefined;
  #running: Promise<void> | undefined;
  #slow = false;

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

  /** When the first of the attempts failed that have failed since the last good answer, ms since the epoch. */
  get failing(): number | undefined {
    return this.#failing;
  }

  get loading(): boolean {
    return this.#running !== undefined;
  }

  /** The answer has been awaited for longer than a person wants to know nothing. */
  get slow(): boolean {
    return this.#slow;
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

  /** It is known without asking that there is no answer, and why. */
  fail(error: unknown): void {
    this.#error = error instanceof Error ? error.message : String(error);
    this.#failing ??= Date.now();
    this.#changed();
  }

  /** Asks only if it never was; otherwise resolves when a running attempt is over. */
  async ensure(): Promise<void> {
    if (this.#value === undefined && this.#error === undefined) await this.load();
  }

  /** Like {@link ensure}, but waits no longer than until it is {@link slow}. */
  async ensureSoon(): Promise<void> {
    if (this.#slow) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, SLOW)));
    await Promise.race([this.ensure(), patience]);
    clearTimeout(timer);
  }

  async #attempt(): Promise<void> {
    const timer = setTimeout(() => {
      this.#slow = true;
      this.#changed();
    }, SLOW);
    const over = () => {
      clearTimeout(timer);
      this.#slow = false;
      this.#running = undefined;
    };
    try {
      this.#value = await this.#read();
    } catch (error) {
      over();
      this.fail(error);
      return;
    }
    over();
    this.#answered = Date.now();
    this.#error = this.#failing = undefined;
    this.#changed();
  }
}
