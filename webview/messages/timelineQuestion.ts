import type { MessagesContract, TimelineData, TimelineRange } from '../../src/shared/messagesPage.ts';
import type { RpcClient } from '../components/rpc.ts';

/** Spans of equal length. */
const SPANS = 120;

export interface TimelineQuery {
  /** null: of the whole topic. */
  range: TimelineRange | null;
  /** Whatever it costs the brokers. */
  finest: boolean;
  /** Since the topic has grown: what is shown stays until the whole answer is there. */
  again: boolean;
}

/** Asks for a timeline; `onPart` gets it in longer spans where all of it takes long. */
export type LoadTimeline = (
  query: TimelineQuery,
  signal: AbortSignal,
  onPart: (data: TimelineData) => void,
) => Promise<TimelineData>;

/** That over the border: parts come as events that name the question. */
export function timelineOver(rpc: Pick<RpcClient<MessagesContract>, 'request' | 'on'>): LoadTimeline {
  const asked = new Map<number, (data: TimelineData) => void>();
  let last = 0;
  rpc.on('timelinePart', ({ id, data }) => asked.get(id)?.(data));
  return async ({ range, finest }, signal, onPart) => {
    const id = ++last;
    asked.set(id, onPart);
    try {
      return await rpc.request('timeline', { id, range, finest, buckets: SPANS }, signal);
    } finally {
      asked.delete(id);
    }
  };
}

/** One timeline being asked for at a time: the next question ends the one before. */
export class TimelineQuestion {
  data: TimelineData | null = null;
  /** ms since the epoch: when what `data` answer was asked. */
  at: number | null = null;
  /** Why there is none. */
  problem: string | null = null;
  loading = false;
  /** Why `data` could not be had again. */
  outdated: string | null = null;
  /** It is being asked for again. */
  renewing = false;
  /** `data` are a part of what is being asked for. */
  partial = false;
  #abort = new AbortController();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  async ask(load: LoadTimeline, query: TimelineQuery): Promise<void> {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.loading = !query.again;
    this.renewing = query.again;
    if (!query.again) this.partial = false;
    this.#changed();
    const at = Date.now();
    const show = (data: TimelineData): void => {
      Object.assign(this, { data, at, partial: this.loading, problem: null, outdated: null });
      this.#changed();
    };
    try {
      const data = await load(query, signal, (part) => signal.aborted || query.again || show(part));
      if (signal.aborted) return;
      this.loading = this.renewing = false;
      show(data);
    } catch (error) {
      if (signal.aborted) return;
      this.loading = this.renewing = false;
      this[query.again ? 'outdated' : 'problem'] = error instanceof Error ? error.message : String(error);
      this.#changed();
    }
  }

  /** What is there stays. */
  stop(): void {
    this.#abort.abort();
    this.loading = this.renewing = false;
    this.#changed();
  }
}
