import * as l10n from '@vscode/l10n';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { onTopic } from '../protocol/rights.ts';
import { fetchMessage, type FetchedPartition } from '../protocol/fetch.ts';
import { NOT_THE_LEADER } from '../protocol/leaderErrors.ts';
import { EARLIEST, LATEST } from '../protocol/listOffsets.ts';
import { KafkaError } from '../transport/kafkaError.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { Channel } from './channel.ts';
import { pause } from './pause.ts';
import { PartitionState, type FetchedBatch } from './partitionState.ts';
import type { ReadOptions } from './readRanges.ts';
import type { AddedEvent, ConnectionEvent, ProblemEvent } from './readEvent.ts';
import { TopicLog } from './topicLog.ts';

/** What a session waits for: an answer about the topic, some leader, one broker, or the leader of one partition. */
type Awaited = 'topic' | 'leader' | `broker ${number}` | `P${number}`;

export type SessionItem = { kind: 'fetched'; batches: FetchedBatch[] } | ProblemEvent | ConnectionEvent | AddedEvent;

/** A follower answers a fetch with (older) data instead of an error: leaders are looked up again this often. */
const LEADER_REFRESH_MS = 30_000;
/** Most bytes of one answer. */
const RESPONSE_BYTES = 8 << 20;
const MAX_WAIT_MS = 250;
/** How long to go on trying for a range with an end; without one there is no limit, and the state is shown. */
const GIVE_UP_MS = 60_000;
const RETRY_MS = 250;
/** Kafka's error codes that a fetch may meet. */
const OFFSET_OUT_OF_RANGE = 1;
const TOPIC_AUTHORIZATION_FAILED = 29;
/** Look the leaders up again: they moved, or the broker does not know the topic (UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID, INCONSISTENT_TOPIC_ID). */
const LOOK_AGAIN: ReadonlySet<number> = new Set([...NOT_THE_LEADER, 3, 100, 103]);

/** Fetches from every broker that leads one of the partitions: one request in flight each while one answer waits. */
export class FetchSession {
  private readonly connection: KafkaConnection;
  private readonly topic: string;
  private readonly isolation: ReadOptions['isolation'];
  private readonly log: TopicLog;
  private readonly partitions: PartitionState[];
  /** What the topic had when the ranges were resolved; undefined: later ones are not wanted. */
  private known: Set<number> | undefined;
  private readonly channel = new Channel<SessionItem>();
  private readonly abort = new AbortController();
  private readonly signal: AbortSignal;
  /** Brokers with a running loop. */
  private readonly loops = new Set<number>();
  /** Since when what is waited for fails; ms since the epoch. */
  private readonly failing = new Map<Awaited, number>();
  private refreshing: Promise<void> | undefined;
  /** Leaders are being looked for. */
  private searching = false;

  constructor(connection: KafkaConnection, options: ReadOptions, signal: AbortSignal) {
    this.connection = connection;
    this.topic = options.topic;
    this.log = options.log ?? new TopicLog(connection, options.topic);
    this.partitions = options.ranges.map((range) => new PartitionState(range, options.isolation));
    if (options.newPartitions) this.known = new Set(this.log.partitions());
    this.isolation = options.isolation;
    this.signal = AbortSignal.any([signal, this.abort.signal]);
  }

  start(): void {
    this.signal.addEventListener('abort', () => this.channel.clear(), { once: true });
    if (this.signal.aborted) this.channel.clear();
    this.run(async () => {
      // Somebody may have looked them up right before.
      if (this.log.refreshedAt === 0) await this.refreshLeaders();
      else this.assign();
    });
  }

  take(): Promise<SessionItem | undefined> {
    return this.channel.take();
  }

  takeNow(): SessionItem | undefined {
    return this.channel.takeNow();
  }

  stop(): void {
    this.abort.abort();
  }

  /** A task whose failure is the session's, unless the session is over. */
  private run(task: () => Promise<void>): void {
    task().catch((error: unknown) => {
      if (!this.signal.aborted) this.channel.fail(error);
    });
  }

  /**
   * Every open partition has a loop on its leader, or its leader is looked for: true whenever leaders were looked up,
   * and a loop goes on for as long as its broker leads one of them.
   */
  private assign(): void {
    this.addNew();
    for (const p of this.partitions) {
      const leader = this.log.leader(p.partition);
      if (p.done || leader === null || this.loops.has(leader)) continue;
      this.loops.add(leader);
      this.run(() => this.loop(leader));
    }
    if (this.withoutLeader().length > 0 && !this.searching) this.run(() => this.search());
    this.closeWhenDone();
  }

  private addNew(): void {
    for (const partition of this.known === undefined ? [] : this.log.partitions()) {
      if (this.known!.has(partition)) continue;
      this.known!.add(partition);
      const range = { partition, start: 0, end: null, logStart: 0, highWatermark: 0 };
      this.partitions.push(new PartitionState(range, this.isolation));
      void this.channel.put({ kind: 'added', range });
    }
  }

  private withoutLeader(): PartitionState[] {
    return this.partitions.filter((p) => !p.done && this.log.leader(p.partition) === null);
  }

  private async search(): Promise<void> {
    this.searching = true;
    for (let wait = 50; this.withoutLeader().length > 0 && !this.signal.aborted; wait = RETRY_MS) {
      if (this.failsForLong('leader', l10n.t('waiting for a leader of {0}', this.topic)))
        for (const p of this.withoutLeader())
          this.giveUp(p, l10n.t('P{0} of {1} has no leader: start the broker that leads it.', p.partition, this.topic));
      else {
        await pause(wait, this.signal);
        await this.refreshLeaders();
      }
    }
    this.searching = false;
    this.recovered('leader');
    this.closeWhenDone();
  }

  private closeWhenDone(): void {
    if (this.partitions.every((p) => p.done)) this.channel.close();
  }

  private async loop(broker: number): Promise<void> {
    let taken: Promise<void> = Promise.resolve();
    const mine = (): PartitionState[] =>
      this.partitions.filter((p) => !p.done && this.log.leader(p.partition) === broker);
    try {
      for (let open = mine(); open.length > 0 && !this.signal.aborted; open = mine()) {
        if (Date.now() - this.log.refreshedAt > LEADER_REFRESH_MS) await this.refreshLeaders();
        const isolation = open[0]!.isolation();
        const asked = open.filter((p) => p.isolation() === isolation);
        const answers = await this.fetch(broker, asked, isolation, asked.length < open.length);
        if (answers === undefined) continue;
        const batches: FetchedBatch[] = [];
        const troubled: FetchedPartition[] = [];
        for (const answer of answers) {
          const state = asked.find((p) => p.partition === answer.partition);
          if (!state) continue;
          if (!LOOK_AGAIN.has(answer.errorCode)) this.recovered(`P${answer.partition}`);
          if (answer.errorCode !== 0) troubled.push(answer);
          else batches.push(...state.advance(answer, isolation));
        }
        this.rotate(asked, answers);
        if (batches.length > 0) {
          // In the channel before anything else happens: another loop may take a partition over or close the channel.
          const before = taken;
          taken = this.channel.put({ kind: 'fetched', batches });
          await before;
        }
        if (troubled.length > 0) await this.recover(troubled);
      }
    } finally {
      this.loops.delete(broker);
    }
    this.recovered(`broker ${broker}`); // or nobody waits for it any more
    this.closeWhenDone();
  }

  /** undefined: the broker could not be asked; the state has been told and time has passed. */
  private async fetch(
    broker: number,
    asked: PartitionState[],
    isolation: 0 | 1,
    othersWait: boolean,
  ): Promise<FetchedPartition[] | undefined> {
    try {
      const node = await this.connection.broker(broker);
      const partitions = asked.map((p) => ({ partition: p.partition, offset: p.position, maxBytes: p.maxBytes }));
      const request = {
        topic: this.topic,
        isolation,
        // Partitions that need the other isolation must not wait behind a long poll of these.
        maxWaitMs: othersWait ? 0 : MAX_WAIT_MS,
        minBytes: 1,
        maxBytes: RESPONSE_BYTES,
        partitions,
      };
      const response = await node.request(fetchMessage, request, { signal: this.signal });
      this.recovered(`broker ${broker}`);
      return response.partitions;
    } catch (error) {
      if (this.signal.aborted) return undefined;
      if (!(error instanceof KafkaError) || error.kind === 'sasl' || error.kind === 'unsupported-version') throw error;
      const key = `broker ${broker}` as const;
      if (this.failsForLong(key, l10n.t('reconnecting to broker {0}', broker)))
        for (const p of asked) this.giveUp(p, this.unreadable(p.partition, error.message));
      await pause((this.failing.get(key) ?? 0) + 100 > Date.now() ? 50 : RETRY_MS, this.signal);
      await this.refreshLeaders();
      return undefined;
    }
  }

  /** Partitions that gave data go to the back, so that a full one cannot starve the rest of the answer's bytes. */
  private rotate(asked: PartitionState[], answers: FetchedPartition[]): void {
    const full = new Set(answers.filter((a) => a.records.length > 0).map((a) => a.partition));
    if (full.size === 0 || full.size === asked.length) return;
    const last = asked.filter((p) => full.has(p.partition));
    for (const p of last) {
      this.partitions.splice(this.partitions.indexOf(p), 1);
      this.partitions.push(p);
    }
  }

  private async recover(troubled: FetchedPartition[]): Promise<void> {
    const moved: FetchedPartition[] = [];
    for (const answer of troubled) {
      const { partition, errorCode } = answer;
      const state = this.partitions.find((p) => p.partition === partition)!;
      if (errorCode === OFFSET_OUT_OF_RANGE) await this.outOfRange(state);
      else if (errorCode === TOPIC_AUTHORIZATION_FAILED)
        this.giveUp(state, kafkaErrorSentence(errorCode, [onTopic('Read', this.topic)]));
      else if (
        LOOK_AGAIN.has(errorCode) &&
        !this.failsForLong(`P${partition}`, l10n.t('waiting for a leader of {0}', this.topic))
      )
        moved.push(answer);
      else this.giveUp(state, this.unreadable(partition, kafkaErrorSentence(errorCode)));
    }
    if (moved.length === 0) return;
    await pause(50, this.signal);
    await this.refreshLeaders();
    if (moved.every((t) => this.log.leader(t.partition) === null)) await pause(RETRY_MS, this.signal);
  }

  private unreadable(partition: number, why: string): string {
    return l10n.t('P{0} of {1} cannot be read: {2}', partition, this.topic, why);
  }

  /** Kafka deleted what was to be read next, or the log is shorter than it was: say which, and go on where it begins. */
  private async outOfRange(state: PartitionState): Promise<void> {
    const at = state.partition;
    const start = (await this.log.offsets([{ partition: at, timestamp: EARLIEST }], 0, this.signal)).get(at);
    const end = (await this.log.offsets([{ partition: at, timestamp: LATEST }], 0, this.signal)).get(at);
    if (start?.offset === undefined || end?.offset === undefined) return;
    if (state.position < start.offset) {
      this.tell(
        state,
        l10n.t('Offset {0} is gone: P{1} starts at {2}. Reading goes on there.', state.position, at, start.offset),
        false,
      );
      state.position = start.offset;
    } else if (state.position > end.offset) {
      // By name alone the broker cannot tell: its id tells whether this is another topic.
      await this.refreshLeaders();
      if (state.done) return;
      const text = l10n.t(
        'P{0} ends at {1}, before offset {2}: the log of {3} was cut. Reading goes on at {4}.',
        at,
        end.offset,
        state.position,
        this.topic,
        start.offset,
      );
      this.tell(state, text, false);
      state.position = start.offset;
    }
    if (state.end !== null && state.position >= state.end) state.done = true;
  }

  private tell(state: PartitionState, message: string, fatal: boolean): void {
    void this.channel.put({ kind: 'problem', partition: state.partition, offset: state.position, message, fatal });
  }

  private giveUp(state: PartitionState, message: string): void {
    state.done = true;
    this.recovered(`P${state.partition}`);
    this.tell(state, message, true);
  }

  /** Looks the topic's leaders up again; loops that ask together share one request. */
  private refreshLeaders(): Promise<void> {
    this.refreshing ??= this.lookUpLeaders()
      .then(() => this.assign())
      .finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async lookUpLeaders(): Promise<void> {
    for (let attempt = 0; !this.signal.aborted; attempt++) {
      try {
        const change = await this.log.refresh(this.signal);
        this.recovered('topic');
        if (change === 'same') return;
        const message =
          change === 'deleted'
            ? l10n.t('The topic {0} was deleted.', this.topic)
            : l10n.t(
                'The topic {0} was deleted and created again: start reading again to see the new one.',
                this.topic,
              );
        for (const p of this.partitions) p.done = true;
        // Those of another topic of its name are none that this one has got.
        this.known = undefined;
        void this.channel.put({ kind: 'problem', partition: null, offset: null, message, fatal: true, gone: change });
        return;
      } catch (error) {
        if (this.signal.aborted) return;
        if (!(error instanceof KafkaError) || error.kind === 'sasl') throw error;
        if (this.failsForLong('topic', l10n.t('reconnecting to the cluster'))) throw error;
        await pause(attempt === 0 ? 50 : RETRY_MS, this.signal);
      }
    }
  }

  /** Tells the state that is waited in; true when it has lasted for as long as a range with an end is waited for. */
  private failsForLong(what: Awaited, state: string): boolean {
    const since = this.failing.get(what);
    if (since === undefined) {
      this.failing.set(what, Date.now());
      void this.channel.put({ kind: 'connection', message: state });
      return false;
    }
    const endless = this.partitions.every((p) => p.end === null);
    if (endless || Date.now() - since < GIVE_UP_MS) return false;
    this.recovered(what);
    return true;
  }

  private recovered(what: Awaited): void {
    if (this.failing.delete(what) && this.failing.size === 0)
      void this.channel.put({ kind: 'connection', message: null });
  }
}
