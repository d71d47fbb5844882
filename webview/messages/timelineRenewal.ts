import type { ScanStatus, TimelineData } from '../../src/shared/messagesPage.ts';

/** ms; so soon after an answer nobody needs another … */
const LEAST_PAUSE = 5_000;
/** … and brokers are left alone for twenty times as long as they work on it: ms per look into a partition's log, which costs some 0.1. */
const PAUSE_PER_LOOK = 2;

/** How far each partition was read. */
export type Reached = readonly Pick<ScanStatus['ranges'][number], 'partition' | 'position'>[];

/** More was read than the timeline counts: the topic has grown since. */
export function outgrown(data: TimelineData, reached: Reached): boolean {
  const ends = new Map(data.partitions.map((partition, i) => [partition, data.highWatermarks[i]!]));
  return reached.some(({ partition, position }) => position > (ends.get(partition) ?? 0));
}

/** When a timeline that was outgrown is asked for again: once for all that came meanwhile, and gently. */
export class TimelineRenewal {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;
  readonly #ask: () => void;

  constructor(ask: () => void) {
    this.#ask = ask;
  }

  /** It is going to be asked for. */
  get due(): boolean {
    return this.#timer !== undefined;
  }

  /**
   * An answer came, or none. How long it took is not asked: that may be the way to the brokers, or a busy machine.
   * `data`: what is there now; the next costs as many looks, at most one for each span of each partition.
   */
  rest(data: TimelineData | null): void {
    const looks = data === null ? 0 : data.partitions.length * data.buckets.length;
    this.#notBefore = performance.now() + Math.max(LEAST_PAUSE, looks * PAUSE_PER_LOOK);
  }

  soon(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#ask();
      },
      Math.max(0, this.#notBefore - performance.now()),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
