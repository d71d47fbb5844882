import type { ReadSpec, RowsOfView, ScanStatus, StartSpec, TimelineRange } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';

export const NOTHING_READ: ScanStatus = {
  state: 'idle',
  scanned: 0,
  matched: 0,
  failed: 0,
  left: null,
  rate: 0,
  ranges: [],
  problems: [],
  brokers: { answered: [], waiting: [] },
  connection: null,
  gone: null,
};

/**
 * The reading as the page knows it: what was asked, how far it is, and the sentence of the last refusal.
 * Calls `changed` whenever one of them changes, with the rows that came along, and `restarted` when the list begins anew.
 */
export class Reading {
  readonly #rpc: Pick<RpcClient<MessagesPanelContract>, 'request' | 'on'>;
  readonly #changed: (rows: RowsOfView | null) => void;
  readonly #restarted: () => void;
  status = NOTHING_READ;
  refusal: string | null = null;
  /** What is being read, with the start as it was asked. */
  read: ReadSpec | null = null;
  /** The rows before where it began were cleared away. */
  cleared = false;
  /** Readings that the reader was told to begin and has not answered: what it tells until then is of the one before. */
  #starting = 0;

  constructor(
    rpc: Pick<RpcClient<MessagesPanelContract>, 'request' | 'on'>,
    changed: (rows: RowsOfView | null) => void,
    restarted: () => void,
  ) {
    this.#rpc = rpc;
    this.#changed = changed;
    this.#restarted = restarted;
    rpc.on('status', ({ status, rows }) => {
      if (this.#starting > 0) return;
      if (status.matched < this.count) restarted();
      this.status = status;
      changed(rows);
    });
  }

  /** Rows there are. */
  get count(): number {
    return this.status.matched;
  }

  /** Takes up a reading that is under way in the host. */
  adopt(read: ReadSpec, status: ScanStatus, cleared: boolean): void {
    this.read = read;
    this.cleared = cleared;
    this.status = status;
    this.#changed(null);
  }

  /** `from`: resolved offsets that stand for the start as asked: after a reload, or where rows were `cleared` away. */
  async start(read: ReadSpec, from: Record<number, number> | null = null, cleared = false): Promise<void> {
    this.read = read;
    this.cleared = cleared;
    this.#restarted();
    this.status = { ...NOTHING_READ, state: 'resolving', connection: this.status.connection };
    await this.ask(() => {
      this.#starting++;
      const started = this.#rpc.request('start', from ? { ...read, start: { kind: 'offsets', offsets: from } } : read);
      return started.finally(() => this.#starting--);
    });
  }

  pause(): Promise<void> {
    return this.ask(() => this.#rpc.request('pause', {}));
  }

  /** After a pause, a stop or a failure: from where each partition stands. */
  resume(): Promise<void> {
    return this.ask(() => this.#rpc.request('resume', {}));
  }

  stop(): Promise<void> {
    return this.ask(() => this.#rpc.request('stop', {}));
  }

  /** Forgets the rows and goes on where the reading stands. */
  async clear(): Promise<void> {
    const { ranges } = this.status;
    if (this.read === null || ranges.length === 0) return;
    await this.start(this.read, Object.fromEntries(ranges.map((r) => [r.partition, r.position])), true);
  }

  /** Resolved first offset of each partition; null before the brokers have answered. */
  get offsets(): Record<number, number> | null {
    const { ranges } = this.status;
    return ranges.length === 0 ? null : Object.fromEntries(ranges.map((r) => [r.partition, r.start]));
  }

  /** What is read, for a timeline of it: from its time, or from the offsets that its start has come to. */
  get range(): TimelineRange | null {
    const { read, offsets } = this;
    if (read === null || offsets === null) return null;
    const start: StartSpec = read.start.kind === 'time' && !this.cleared ? read.start : { kind: 'offsets', offsets };
    return { start, end: read.end, partitions: read.partitions };
  }

  /** How far the topic was read that is there now; of one that is gone offsets tell nothing about the next. */
  get reached(): ScanStatus['ranges'] {
    return this.status.gone === null ? this.status.ranges : [];
  }

  /** What the page asked for in between was refused. */
  refused(error: unknown): void {
    this.refusal = error instanceof Error ? error.message : String(error);
    this.#changed(null);
  }

  /** Shows the sentence of a refused request above the grid. */
  async ask(request: () => Promise<unknown>): Promise<void> {
    this.refusal = null;
    this.#changed(null);
    try {
      await request();
    } catch (error) {
      this.refusal = error instanceof Error ? error.message : String(error);
      if (this.status.state === 'resolving') this.status = { ...this.status, state: 'failed' };
    }
    this.#changed(null);
  }
}
