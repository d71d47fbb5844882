import * as l10n from '@vscode/l10n';
import { groupBy } from '../groupBy.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { onTopic, type Right } from '../protocol/rights.ts';
import { BETWEEN_LOOKS_MS, LEADER_LOOKS, NOT_THE_LEADER } from '../protocol/leaderErrors.ts';
import { listOffsetsMessage, MAX_TIMESTAMP, newestOffsetsMessage } from '../protocol/listOffsets.ts';
import { metadataMessage } from '../protocol/metadata.ts';
import { KafkaError, messageOf } from '../transport/kafkaError.ts';
import type { BrokerConnection, KafkaConnection } from '../transport/connection.ts';
import { onAnyBroker } from '../transport/onAnyBroker.ts';
import { pause } from './pause.ts';

export interface OffsetAnswer {
  /** undefined: no record at or after the timestamp, or an error. */
  offset: number | undefined;
  timestamp: number;
  error: string | undefined;
  /** The broker is too old for the question: that is the error. */
  tooOld?: boolean;
}

interface Question {
  partition: number;
  /** ms since the epoch, or a special value of ListOffsets. */
  timestamp: number;
}

/** What the leader of a partition said, for those who may ask again. */
interface Asked extends OffsetAnswer {
  /** Who was asked; null: there was nobody. */
  leader: number | null;
  /** It says that it is not the leader (yet), or has not heard of the topic. */
  disowned: boolean;
}

const UNKNOWN_TOPIC = 3;
const UNKNOWN_VALUE = 35;
/** A topic just created or deleted is unknown to some brokers for a moment: so many looks before it counts as deleted. */
const LOOKS = 3;

/** One topic's partitions, leaders and offsets, as the cluster tells them. */
export class TopicLog {
  private readonly connection: KafkaConnection;
  private readonly topic: string;
  private readonly needed: readonly Right[];
  private leaders = new Map<number, number | null>();
  private id: string | undefined;
  private missing = 0;
  /** ms since the epoch. */
  refreshedAt = 0;

  /** @param purpose what is to be done with the topic: the right for it allows to see the topic, too */
  constructor(connection: KafkaConnection, topic: string, purpose: 'Read' | 'Write' = 'Read') {
    this.connection = connection;
    this.topic = topic;
    this.needed = [onTopic(purpose, topic)];
  }

  /** The same topic over other sockets: another one of its name is still told apart. Leaders are to be asked for first. */
  over(connection: KafkaConnection): TopicLog {
    const log = new TopicLog(connection, this.topic);
    log.id = this.id;
    log.leaders = new Map(this.partitions().map((p) => [p, null]));
    return log;
  }

  /** null: no leader now. */
  leader(partition: number): number | null {
    return this.leaders.get(partition) ?? null;
  }

  /** Partition numbers, ascending. */
  partitions(): number[] {
    return [...this.leaders.keys()].sort((a, b) => a - b);
  }

  /**
   * One Metadata request for this topic. A topic with another id than at first was `recreated`.
   * Throws {@link KafkaError} when no broker answers, or (kind `kafka`) when the topic may not be described.
   */
  async refresh(signal: AbortSignal): Promise<'same' | 'deleted' | 'recreated'> {
    const body = { topics: [this.topic] };
    const ask = (node: BrokerConnection) => node.request(metadataMessage, body, { signal });
    const response = await onAnyBroker(this.connection, ask, signal);
    const topic = response.topics.find((t) => t.name === this.topic);
    this.refreshedAt = Date.now();
    if (topic === undefined || topic.errorCode === UNKNOWN_TOPIC) {
      this.leaders = new Map([...this.leaders.keys()].map((p) => [p, null]));
      return ++this.missing >= LOOKS || this.leaders.size === 0 ? 'deleted' : 'same';
    }
    if (topic.errorCode === 29) throw new KafkaError('kafka', kafkaErrorSentence(29, this.needed), { code: 29 });
    if (topic.errorCode !== 0 && topic.partitions.length === 0)
      throw new KafkaError('kafka', `${this.topic}: ${kafkaErrorSentence(topic.errorCode)}`, { code: topic.errorCode });
    this.missing = 0;
    this.leaders = new Map(topic.partitions.map((p) => [p.partition, p.leader < 0 ? null : p.leader]));
    // The first id stays: whoever asks next has to learn it as well.
    this.id ??= topic.id;
    return this.id === topic.id || topic.id === undefined ? 'same' : 'recreated';
  }

  /**
   * The offset of each partition's first record at or after its timestamp (or a special value of ListOffsets): one
   * request per leader. Partitions whose leader has moved are asked again until the brokers agree on who leads (two
   * seconds at most). A leader that does not answer costs its own partitions only.
   */
  async offsets(asked: readonly Question[], isolation: 0 | 1, signal: AbortSignal): Promise<Map<number, OffsetAnswer>> {
    const answers = await this.askOffsets(asked, isolation, signal);
    let open = asked.filter(({ partition }) => answers.get(partition)?.error !== undefined);
    for (let look = 1; look <= LEADER_LOOKS && open.length > 0; look++) {
      if (look > 1) await pause(BETWEEN_LOOKS_MS, signal);
      await this.refresh(signal);
      const moved = open.filter(({ partition }) => {
        const { disowned, leader } = answers.get(partition)!;
        return disowned || leader !== this.leader(partition);
      });
      for (const [partition, answer] of await this.askOffsets(moved, isolation, signal)) answers.set(partition, answer);
      open = moved.filter(({ partition }) => answers.get(partition)?.disowned);
    }
    return answers;
  }

  private async askOffsets(
    asked: readonly Question[],
    isolation: 0 | 1,
    signal: AbortSignal,
  ): Promise<Map<number, Asked>> {
    const answers = new Map<number, Asked>();
    const askLeader = async (leader: number | null, partitions: Question[]): Promise<void> => {
      const failed = (partition: number, error: string, disowned: boolean, tooOld = false) =>
        answers.set(partition, { offset: undefined, timestamp: -1, error, leader, disowned, tooOld });
      try {
        const node = leader === null ? undefined : await this.connection.broker(leader);
        const request = { isolation, topics: [{ topic: this.topic, partitions }] };
        const newest = partitions.some(({ timestamp }) => timestamp === MAX_TIMESTAMP);
        const response = await node?.request(newest ? newestOffsetsMessage : listOffsetsMessage, request, { signal });
        for (const { partition } of partitions) failed(partition, this.refusal(partition, 5), false);
        for (const { partition, errorCode, offset, timestamp } of response?.topics.flatMap((t) => t.partitions) ?? [])
          if (errorCode !== 0)
            failed(
              partition,
              this.refusal(partition, errorCode),
              errorCode === UNKNOWN_TOPIC || NOT_THE_LEADER.has(errorCode),
              errorCode === UNKNOWN_VALUE,
            );
          else {
            const found = offset < 0 ? undefined : offset;
            answers.set(partition, { offset: found, timestamp, error: undefined, leader, disowned: false });
          }
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof KafkaError)) throw error;
        const tooOld = error.kind === 'unsupported-version';
        for (const { partition } of partitions) failed(partition, messageOf(error), false, tooOld);
      }
    };
    const byLeader = groupBy(asked, ({ partition }) => this.leader(partition));
    await Promise.all([...byLeader].map(([leader, partitions]) => askLeader(leader, partitions)));
    return answers;
  }

  private refusal(partition: number, code: number): string {
    if (code === UNKNOWN_VALUE) return l10n.t('The broker of P{0} is too old for this question.', partition);
    if (code === 29) return kafkaErrorSentence(code, this.needed);
    if (code === UNKNOWN_TOPIC || code === 5)
      return l10n.t('P{0} of {1} has no leader: start the broker that leads it.', partition, this.topic);
    return `P${partition}: ${kafkaErrorSentence(code)}`;
  }
}
