import * as l10n from '@vscode/l10n';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import { readRanges } from '../kafka/read/readRanges.ts';
import type { BatchEvent } from '../kafka/read/readEvent.ts';
import type { PartitionRange } from '../kafka/read/position.ts';
import { followsNew, resolveRanges } from '../kafka/read/resolveRanges.ts';
import type { TopicLog } from '../kafka/read/topicLog.ts';
import type { FilterFailure, ReadSpec, ReadState, RowQuery, ScanStatus } from '../../shared/messagesPage.ts';
import { createFilter, type RecordFilter } from './filter.ts';
import { HeardBrokers } from './heardBrokers.ts';
import type { RowStore } from './rowStore.ts';
import type { Match } from './segmentRows.ts';
import { scanBatch } from './scanBatch.ts';
import { firstLine } from '../../shared/firstLine.ts';
import { rangeRequest } from './readSpec.ts';
import type { TopicScanHost } from './topicScan.ts';

/** How often the page is told how far the reading is. */
const STATUS_MS = 100;
/** Longest stretch of scanning without letting requests of the page in. */
const SLICE_MS = 2;
const FAILURES_KEPT = 1000;

/** One reading of a topic, from its resolved ranges to its end, filling a store. */
export class Reading {
  readonly failures: FilterFailure[] = [];
  private readonly host: TopicScanHost;
  private readonly spec: ReadSpec;
  private readonly store: RowStore;
  private readonly told: (status: ScanStatus) => void;
  private abort = new AbortController();
  private connection: KafkaConnection | undefined;
  private filter: RecordFilter | null = null;
  private state: ReadState = 'resolving';
  private paused: { promise: Promise<void>; resume: () => void } | undefined;
  private readonly ranges = new Map<number, ScanStatus['ranges'][number]>();
  /** Where each partition began and ended when the ranges were resolved. */
  private readonly bounds = new Map<number, Pick<PartitionRange, 'logStart' | 'highWatermark'>>();
  /** The topic whose offsets the ranges are. */
  private log: TopicLog | undefined;
  private heard = new HeardBrokers();
  private scanned = 0;
  private failed = 0;
  private problems: string[] = [];
  private connectionState: string | null = null;
  /** Scanned at each status of the last second. */
  private readonly history: { at: number; scanned: number }[] = [];
  private lastTold = '';
  private toldCount = 0;

  /** @param told called with how far it is, again and again */
  constructor(host: TopicScanHost, spec: ReadSpec, store: RowStore, told: (status: ScanStatus) => void) {
    this.host = host;
    this.spec = spec;
    this.store = store;
    this.told = told;
  }

  /** Resolves when the reading has ended; failures are told as a status. */
  async run(): Promise<void> {
    const { signal } = this.abort;
    let connection: KafkaConnection | undefined;
    const timer = setInterval(() => this.tell(), STATUS_MS);
    this.tell();
    try {
      this.filter ??= await createFilter(this.spec.filter, this.host.decoder);
      this.connection = connection = await this.host.connect(signal);
      if (signal.aborted) return;
      await this.read(this.heard.over(connection), signal);
      if (!signal.aborted) this.state = this.problemEnded ? 'failed' : 'done';
    } catch (error) {
      if (signal.aborted) return;
      this.problems.push(firstLine(error));
      this.state = 'failed';
    } finally {
      clearInterval(timer);
      await connection?.close();
      // Whatever was waited for is not waited for any more.
      if (!signal.aborted) {
        this.connectionState = null;
        this.tell();
      }
    }
  }

  pause(): void {
    if (this.paused || this.ended) return;
    let resume = (): void => {};
    const promise = new Promise<void>((resolve) => (resume = resolve));
    this.paused = { promise, resume };
    this.tell();
  }

  /** After a pause. After a stop or a failure it goes on where each partition stands, over new sockets; what was read stays. */
  resume(): void {
    if (this.state === 'stopped' || this.state === 'failed') {
      this.abort = new AbortController();
      this.state = 'resolving';
      this.problems = [];
      this.problemEnded = false;
      this.connectionState = null;
      this.heard = new HeardBrokers();
      void this.run();
      return;
    }
    this.paused?.resume();
    this.paused = undefined;
    this.tell();
  }

  /** At once: sockets are closed, what was read stays. */
  stop(): void {
    if (this.ended) return;
    this.state = 'stopped';
    this.connectionState = null;
    this.abort.abort();
    this.paused?.resume();
    this.paused = undefined;
    void this.connection?.close();
    this.tell();
  }

  get filtered(): boolean {
    return this.spec.filter !== null;
  }

  /** Whether messages that may lie at this place or after it were left out, since it began behind them. */
  beganBehind(place: RowQuery): boolean {
    const { start } = this.spec;
    if ('timestamp' in place && start.kind === 'time' && start.timestamp <= place.timestamp) return false;
    return [...this.ranges.values()].some(
      (range) =>
        range.start > this.bounds.get(range.partition)!.logStart &&
        ('timestamp' in place || (range.partition === place.partition && range.start > place.offset)),
    );
  }

  private get ended(): boolean {
    return this.state === 'done' || this.state === 'failed' || this.state === 'stopped';
  }

  private problemEnded = false;
  /** The topic that was read is not there any more: what its offsets name now is something else. */
  gone: 'deleted' | 'recreated' | null = null;

  private async read(connection: KafkaConnection, signal: AbortSignal): Promise<void> {
    const { topic } = this.host;
    const log = this.log?.over(connection) ?? (await this.resolve(connection, signal));
    this.log = log;
    const ranges = this.unread();
    this.state = this.caughtUp() ? 'following' : 'reading';
    this.tell();
    const max = this.spec.end.kind === 'count' ? this.spec.end.count : Infinity;
    const isolation = this.spec.isolation === 'read_committed' ? 'read_committed' : 'marked';
    let sliceStart = performance.now();
    const newPartitions = followsNew(rangeRequest(this.spec, this.host.committed));
    for await (const event of readRanges(connection, { topic, log, ranges, isolation, newPartitions }, signal)) {
      if (this.paused) await this.paused.promise;
      if (signal.aborted) return;
      switch (event.kind) {
        case 'batch':
          if (this.filter?.load) await this.filter.load(event);
          if (signal.aborted) return;
          this.scan(event, max);
          break;
        case 'broken':
          this.scanned++;
          this.store.addBroken(event.partition, event.offset, event.message, event.batch);
          break;
        case 'problem':
          this.problems.push(event.message);
          this.problemEnded ||= event.fatal;
          this.gone = event.gone ?? this.gone;
          break;
        case 'connection':
          this.connectionState = event.message;
          this.tell();
          break;
        case 'added':
          this.follow(event.range);
          this.problems.push(
            l10n.t('{0} has got a new partition: P{1} is read from its beginning.', topic, event.range.partition),
          );
          break;
        case 'passed':
          break;
      }
      if ('next' in event) this.moved(event.partition, event.next);
      if (this.store.count >= max) return;
      if (this.toldCount === 0 && this.store.count > 0) this.tell(); // the first row waits for no timer
      if (performance.now() - sliceStart > SLICE_MS) {
        await nextTurn();
        sliceStart = performance.now();
      }
    }
  }

  /** The ranges as explicit offsets, before anything is read. */
  private async resolve(connection: KafkaConnection, signal: AbortSignal): Promise<TopicLog> {
    const { topic, committed } = this.host;
    const request = rangeRequest(this.spec, committed);
    const { ranges, problems, log } = await resolveRanges(connection, topic, request, signal);
    this.problems.push(...problems.map((p) => p.message));
    for (const range of ranges) this.follow(range);
    return log;
  }

  private follow({ partition, start, end, logStart, highWatermark }: PartitionRange): void {
    this.ranges.set(partition, { partition, start, end, position: start });
    this.bounds.set(partition, { logStart, highWatermark });
  }

  /** What of each range is still to be read. */
  private unread(): PartitionRange[] {
    return [...this.ranges.values()].map(({ partition, position, end }) => {
      return { partition, start: position, end, ...this.bounds.get(partition)! };
    });
  }

  private scan(event: BatchEvent, max: number): void {
    const matches: Match[] = [];
    const room = max - this.store.count;
    const scan = scanBatch(event, this.filter, {
      match: ({ offset, timestamp, start, end }) => matches.push({ offset, timestamp, start, end }) < room,
      failed: ({ offset }, error) => {
        if (this.failures.length < FAILURES_KEPT)
          this.failures.push({ partition: event.partition, offset, message: firstLine(error) });
      },
    });
    this.scanned += scan.scanned;
    this.failed += scan.failed;
    this.store.add(event.partition, event.batch, event.unpacked, matches, event.transaction);
    if (!scan.broken) return;
    this.scanned++;
    this.store.addBroken(event.partition, scan.broken.offset, scan.broken.message, event.batch);
  }

  private moved(partition: number, next: number): void {
    const range = this.ranges.get(partition);
    if (range) range.position = range.end === null ? next : Math.min(next, range.end);
    if (this.state === 'reading' && this.caughtUp()) this.state = 'following';
  }

  /** Nothing has an end, and all that was there at the start is read. */
  private caughtUp(): boolean {
    const ranges = [...this.ranges.values()];
    return (
      ranges.length > 0 &&
      ranges.every((r) => r.end === null && r.position >= this.bounds.get(r.partition)!.highWatermark)
    );
  }

  private tell(): void {
    this.toldCount = this.store.count;
    const now = performance.now();
    this.history.push({ at: now, scanned: this.scanned });
    while (this.history.length > 2 && now - this.history[0]!.at > 1000) this.history.shift();
    const status = this.status(now);
    const text = JSON.stringify(status);
    if (text === this.lastTold) return;
    this.lastTold = text;
    this.told(status);
  }

  private status(now: number): ScanStatus {
    const ranges = [...this.ranges.values()].map((r) => ({ ...r })).sort((a, b) => a.partition - b.partition);
    const first = this.history[0]!;
    const seconds = (now - first.at) / 1000;
    return {
      state: this.paused && !this.ended ? 'paused' : this.state,
      scanned: this.scanned,
      matched: this.store.count,
      failed: this.failed,
      left: ranges.some((r) => r.end === null) ? null : ranges.reduce((sum, r) => sum + r.end! - r.position, 0),
      rate: seconds > 0 && !this.ended ? Math.round((this.scanned - first.scanned) / seconds) : 0,
      ranges,
      problems: [...this.problems],
      brokers: this.heard.heard,
      connection: this.connectionState,
      gone: this.gone,
    };
  }
}
