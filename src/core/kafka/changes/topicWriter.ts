import * as l10n from '@vscode/l10n';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { produceMessage, type ProducedPartition } from '../protocol/produce.ts';
import { onTopic } from '../protocol/rights.ts';
import { pause } from '../read/pause.ts';
import { TopicLog } from '../read/topicLog.ts';
import type { BrokerConnection, KafkaConnection } from '../transport/connection.ts';
import { KafkaError, messageOf } from '../transport/kafkaError.ts';
import { refusal } from './outcome.ts';

/** What became of a batch. */
export type Appended =
  /** `timestamp`: ms since the epoch, where the broker stamps records; else null. */
  | { kind: 'written'; offset: number; timestamp: number | null }
  /** Surely not in the log. `code`: Kafka's, null where no broker was asked. `records`: the ones at fault, if named. */
  | { kind: 'refused'; code: number | null; message: string; records: number[] }
  /** Nobody knows: the answer never came, or only some replicas have it. Written again, it may be there twice. */
  | { kind: 'unknown'; message: string };

/** The leader has moved, or is about to: nothing was written. */
const MOVED = new Set([3, 5, 6, 72, 74, 75]);
/** The leader wrote it, but not enough replicas said so in time (REQUEST_TIMED_OUT, NOT_ENOUGH_REPLICAS_AFTER_APPEND). */
const PERHAPS = new Set([-1, 7, 20]);
/** ms between two looks for a leader. */
const LOOK_AGAIN = 250;
/** ms for which a leader is looked for. */
const PATIENCE = 15_000;
/** ms the leader may wait for the other replicas. */
const REPLICAS = 15_000;

/** Writes batches to the partitions of one topic: finds leaders, follows them when they move, says what became of each. */
export class TopicWriter {
  readonly #connection: KafkaConnection;
  readonly #topic: string;
  readonly #log: TopicLog;

  private constructor(connection: KafkaConnection, topic: string) {
    this.#connection = connection;
    this.#topic = topic;
    this.#log = new TopicLog(connection, topic, 'Write');
  }

  /** Throws {@link KafkaError} when the topic does not exist or may not be described. */
  static async open(connection: KafkaConnection, topic: string, signal: AbortSignal): Promise<TopicWriter> {
    const writer = new TopicWriter(connection, topic);
    if ((await writer.#log.refresh(signal)) === 'deleted')
      throw new KafkaError('kafka', l10n.t('The topic {0} does not exist.', topic), { code: 3 });
    return writer;
  }

  /** Partition numbers, ascending. */
  partitions(): number[] {
    return this.#log.partitions();
  }

  hasLeader(partition: number): boolean {
    return this.#log.leader(partition) !== null;
  }

  /**
   * Appends one batch. A signal ends the search for a leader, but never a request that is on its way: its answer is
   * waited for (at most the connection's request timeout), so that a cancel leaves nothing unknown.
   */
  async append(partition: number, records: Buffer, signal: AbortSignal): Promise<Appended> {
    const until = Date.now() + PATIENCE;
    for (;;) {
      const attempt = await this.#attempt(partition, records);
      if (attempt.kind !== 'refused') return attempt;
      const again = attempt.code === null || MOVED.has(attempt.code);
      if (!again || signal.aborted || Date.now() >= until) return attempt;
      await pause(LOOK_AGAIN, signal);
      if ((await this.#lookAgain(signal)) === 'deleted') return attempt;
    }
  }

  async #attempt(partition: number, records: Buffer): Promise<Appended> {
    const leader = this.#log.leader(partition);
    if (leader === null) return { kind: 'refused', code: 5, message: kafkaErrorSentence(5), records: [] };
    let broker: BrokerConnection;
    try {
      broker = await this.#connection.broker(leader);
    } catch (error) {
      return { kind: 'refused', code: null, message: messageOf(error), records: [] };
    }
    const body = { timeoutMs: REPLICAS, topic: this.#topic, partition, records };
    try {
      const { partitions } = await broker.request(produceMessage, body);
      return outcome(this.#topic, partitions[0]);
    } catch (error) {
      if (error instanceof KafkaError && error.kind === 'unsupported-version') throw error;
      return { kind: 'unknown', message: messageOf(error) };
    }
  }

  /** A broker that cannot say where the leader is now will be asked again. */
  async #lookAgain(signal: AbortSignal): Promise<'same' | 'deleted' | 'recreated' | undefined> {
    try {
      return await this.#log.refresh(signal);
    } catch (error) {
      if (error instanceof KafkaError && error.kind === 'kafka') throw error;
      return undefined;
    }
  }
}

function outcome(topic: string, answer: ProducedPartition | undefined): Appended {
  if (!answer) return { kind: 'unknown', message: l10n.t('The broker did not answer for it.') };
  const { errorCode, baseOffset, appendTime, refused } = answer;
  if (errorCode === 0) return { kind: 'written', offset: baseOffset, timestamp: appendTime < 0 ? null : appendTime };
  const said = answer.message ?? refused.find((record) => record.message !== null)?.message ?? null;
  const message = refusal(errorCode, [onTopic('Write', topic)], said) ?? '';
  if (PERHAPS.has(errorCode)) return { kind: 'unknown', message };
  return { kind: 'refused', code: errorCode, message, records: refused.map((record) => record.index) };
}
