import * as l10n from '@vscode/l10n';
import type { Gate } from '../../kafka/changes/gate.ts';
import type { ValueDecoder } from '../../kafka/values/valueDecoder.ts';
import { TopicWriter, type Appended } from '../../kafka/changes/topicWriter.ts';
import type { ClusterClient } from '../../kafka/clusterClient.ts';
import { sizeOf } from '../../kafka/records/record.ts';
import { messageOf } from '../../kafka/transport/kafkaError.ts';
import type { RedriveCheckpoint, RedriveEnd, RedriveJob } from '../../../shared/redrivePage.ts';
import { batchOf, cutBySize, placeOf, type Item } from './batches.ts';
import { firstCheckpoint, RedriveState } from './progress.ts';
import { sourceRecords, type SourceStep } from './source.ts';

export interface RedriveOptions {
  /** Of the source's filter. */
  decoder: ValueDecoder;
  /** Of the source. */
  topic: string;
  /** Of the cluster, for the words of the gate. */
  cluster: string;
  /** Records that the plan counted. */
  total: number;
  /** Where to go on; null: from the start. */
  checkpoint: RedriveCheckpoint | null;
  /** Told before and after each portion: whoever goes on from the last one told writes nothing twice but its `unsure`. */
  onProgress?: (checkpoint: RedriveCheckpoint) => void;
}

/** A portion that is written before the position moves on. */
const PORTION_BYTES = 512 << 10;
const PORTION_RECORDS = 1000;
/** Records looked at, found or not: the position moves on where the filter finds little. */
const PORTION_SCANNED = 50_000;
/** Bytes of a batch where the target does not say: Kafka's default of max.message.bytes is 1,048,588. */
const DEFAULT_BATCH = 1_000_000;
/** Bytes of a batch's own header, and some room. */
const BATCH_OVERHEAD = 200;
/** Codes that are about the record: RECORD_LIST_TOO_LARGE, MESSAGE_TOO_LARGE, INVALID_TIMESTAMP, INVALID_RECORD. */
const RECORDS_FAULT = new Set<number | null>([10, 18, 32, 87]);
const TOO_LARGE = 10;

/**
 * Writes the records of a job to its target: key, value, headers and timestamp byte for byte, in the order of each
 * source partition. The signal stops it after what is on its way has been answered, so that it can go on later without
 * writing anything twice. A record that the target refuses is named and passed over.
 * @throws {ChangeRefused} when the gate says no. Failures on the way are in the result.
 */
export async function redrive(
  client: ClusterClient,
  job: RedriveJob,
  options: RedriveOptions,
  gate: Gate,
  signal: AbortSignal,
): Promise<RedriveEnd> {
  await gate.pass({
    title:
      options.total === 1
        ? l10n.t('Write one message of {0} to {1} on {2}', options.topic, job.target, options.cluster)
        : l10n.t('Write {0} messages of {1} to {2} on {3}', options.total, options.topic, job.target, options.cluster),
    items: job.ranges.map((r) => l10n.t('P{0}: from offset {1} to {2}', r.partition, r.start, r.end)),
    subject: job.target,
  });
  const state = new RedriveState(options.checkpoint ?? firstCheckpoint(job));
  const end = (reason: string | null, done = false): RedriveEnd => ({
    state: done ? 'done' : 'stopped',
    reason,
    checkpoint: state.checkpoint(),
  });
  try {
    const settings = await client.topicSettings(job.target, { signal }).catch(noRightToSee);
    const limit = Number(settings.find((s) => s.name === 'max.message.bytes')?.value ?? DEFAULT_BATCH);
    const writer = await TopicWriter.open(client.connection, job.target, signal);
    const portions = new Portions(writer, job, Math.min(limit, DEFAULT_BATCH) - BATCH_OVERHEAD, state, options, signal);
    for await (const step of sourceRecords(
      client.connection,
      options.topic,
      job,
      state.positions,
      options.decoder,
      signal,
    )) {
      if (step.kind === 'problem') {
        if (step.fatal) return end(step.message);
        if (step.partition !== null && step.offset !== null) state.skipped(step.partition, step.offset, step.message);
        continue;
      }
      const reason = await portions.add(step);
      if (reason !== undefined) return end(reason);
    }
    if (signal.aborted) return end(null);
    const reason = await portions.flush();
    return reason === undefined ? end(null, true) : end(reason);
  } catch (error) {
    return end(signal.aborted ? null : messageOf(error));
  }
}

/** Who may write to a topic need not be allowed to see its settings: the default ceiling is used. */
const noRightToSee = (): { name: string; value: string | null }[] => [];

type RecordsStep = Extract<SourceStep, { kind: 'records' }>;

/** Collects records and writes them a portion at a time. */
class Portions {
  #items: Item[] = [];
  #bytes = 0;
  #scanned = 0;
  readonly #next = new Map<number, number>();
  readonly #writer: TopicWriter;
  readonly #job: RedriveJob;
  readonly #batchBytes: number;
  readonly #state: RedriveState;
  readonly #options: RedriveOptions;
  readonly #signal: AbortSignal;
  /** Set once: nothing more goes out. null: the person stopped it. */
  #stopped: string | null | undefined;

  constructor(
    writer: TopicWriter,
    job: RedriveJob,
    batchBytes: number,
    state: RedriveState,
    options: RedriveOptions,
    signal: AbortSignal,
  ) {
    this.#writer = writer;
    this.#job = job;
    this.#batchBytes = batchBytes;
    this.#state = state;
    this.#options = options;
    this.#signal = signal;
  }

  /** Resolves to the reason why nothing more can be written; undefined: go on. */
  async add({ partition, records, next, scanned }: RecordsStep): Promise<string | null | undefined> {
    for (const record of records) {
      if (this.#state.isDone(partition, record.offset)) continue;
      this.#items.push({ partition, record });
      this.#bytes += sizeOf(record);
      // In the middle of a batch the position is behind this record.
      this.#next.set(partition, record.offset + 1);
      if (this.#items.length < PORTION_RECORDS && this.#bytes < PORTION_BYTES) continue;
      const reason = await this.flush();
      if (reason !== undefined) return reason;
    }
    this.#next.set(partition, next);
    this.#scanned += scanned;
    return this.#scanned < PORTION_SCANNED ? undefined : this.flush();
  }

  async flush(): Promise<string | null | undefined> {
    const { placement } = this.#job;
    const count = this.#writer.partitions().length;
    const byTarget = new Map<number, Item[]>();
    for (const item of this.#items) {
      const target = placeOf(item, placement, count);
      const items = byTarget.get(target);
      if (items) items.push(item);
      else byTarget.set(target, [item]);
    }
    this.#state.sending(this.#items, this.#next);
    this.#options.onProgress?.(this.#state.checkpoint(true));
    await Promise.all(
      [...byTarget].map(async ([target, items]) => {
        for (const batch of cutBySize(items, this.#batchBytes)) await this.#write(target, batch);
      }),
    );
    if (this.#stopped === undefined) this.#state.passed();
    this.#items = [];
    this.#bytes = 0;
    this.#scanned = 0;
    this.#next.clear();
    this.#options.onProgress?.(this.#state.checkpoint());
    return this.#stopped;
  }

  /** Writes records as one batch; one that is refused is looked for by halves, so that its neighbours go on. */
  async #write(target: number, items: readonly Item[]): Promise<void> {
    if (this.#signal.aborted) this.#stopped ??= null;
    if (this.#stopped !== undefined) return;
    try {
      let result = await this.#writer.append(target, batchOf(items, 'none'), this.#signal);
      // It may have come compressed, and fit that way.
      if (items.length === 1 && result.kind === 'refused' && result.code === TOO_LARGE)
        result = await this.#writer.append(target, batchOf(items, 'gzip'), this.#signal);
      await this.#take(result, target, items);
    } catch (error) {
      // Thrown before anything was sent; what else is on its way is still waited for.
      this.#stopped ??= messageOf(error);
    }
  }

  async #take(result: Appended, target: number, items: readonly Item[]): Promise<void> {
    switch (result.kind) {
      case 'written':
        this.#state.written(items);
        return;
      case 'unknown':
        this.#state.unsure(items);
        this.#stopped ??= result.message;
        return;
      case 'refused': {
        const [first, ...more] = items;
        if (!RECORDS_FAULT.has(result.code)) this.#stopped ??= this.#signal.aborted ? null : result.message;
        else if (first && more.length === 0) this.#state.refused(first, result.message);
        else {
          const half = items.length >> 1;
          await this.#write(target, items.slice(0, half));
          await this.#write(target, items.slice(half));
        }
      }
    }
  }
}
