import * as l10n from '@vscode/l10n';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { listOffsetsMessage } from '../protocol/listOffsets.ts';
import { metadataMessage } from '../protocol/metadata.ts';
import { KafkaError } from '../transport/kafkaError.ts';
import type { BrokerConnection, KafkaConnection } from '../transport/connection.ts';
import { onAnyBroker } from '../transport/onAnyBroker.ts';

export interface OffsetAnswer {
  /** undefined: no record at or after the timestamp, or an error. */
  offset: number | undefined;
  timestamp: number;
  error: string | undefined;
}

const UNKNOWN_TOPIC = 3;
const NOT_LEADER = new Set([3, 5, 6, 74, 75]);
const UNKNOWN_VALUE = 35;
/** A topic just created or deleted is unknown to some brokers for a moment: so many looks before it counts as deleted. */
const LOOKS = 3;

/** One topic's partitions, leaders and offsets, as the cluster tells them. */
export class TopicLog {
  private readonly connection: KafkaConnection;
  private readonly topic: string;
  private leaders = new Map<number, number | null>();
  private id: string | undefined;
  private missing = 0;
  /** ms since the epoch. */
  refreshedAt = 0;

  constructor(connection: KafkaConnection, topic: string) {
    this.connection = connection;
    this.topic = topic;
  }

  /** The same topic over other sockets: another one of its name is still told apart. Leaders are to be asked for first. */
  over(connection: KafkaConnection): TopicLog {
    const log = new TopicLog(connection, this.topic);
    log.id = this.id;
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
    if (topic.errorCode === 29)
      throw new KafkaError(
        'kafka',
        l10n.t('You may not read {0}: ask for the rights DESCRIBE and READ on this topic.', this.topic),
        {
          code: 29,
        },
      );
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
   * request per leader. Partitions whose leader has moved are asked again once.
   */
  async offsets(
    asked: readonly { partition: number; timestamp: number }[],
    isolation: 0 | 1,
    signal: AbortSignal,
  ): Promise<Map<number, OffsetAnswer>> {
    const answers = await this.askOffsets(asked, isolation, signal);
    const moved = asked.filter(({ partition }) => NOT_LEADER.has(answers.get(partition)?.code ?? 0));
    if (moved.length > 0) {
      await this.refresh(signal);
      for (const [partition, answer] of await this.askOffsets(moved, isolation, signal)) answers.set(partition, answer);
    }
    return answers;
  }

  private async askOffsets(
    asked: readonly { partition: number; timestamp: number }[],
    isolation: 0 | 1,
    signal: AbortSignal,
  ): Promise<Map<number, OffsetAnswer & { code: number }>> {
    const answers = new Map<number, OffsetAnswer & { code: number }>();
    const byLeader = new Map<number | null, { partition: number; timestamp: number }[]>();
    for (const question of asked) {
      const leader = this.leader(question.partition);
      const questions = byLeader.get(leader);
      if (questions) questions.push(question);
      else byLeader.set(leader, [question]);
    }
    await Promise.all(
      [...byLeader].map(async ([leader, partitions]) => {
        if (leader === null) {
          for (const { partition } of partitions) answers.set(partition, this.failed(partition, 5));
          return;
        }
        const node = await this.connection.broker(leader);
        const request = { isolation, topics: [{ topic: this.topic, partitions }] };
        const response = await node.request(listOffsetsMessage, request, { signal });
        for (const p of response.topics.flatMap((t) => t.partitions)) {
          const found = {
            offset: p.offset < 0 ? undefined : p.offset,
            timestamp: p.timestamp,
            error: undefined,
            code: 0,
          };
          answers.set(p.partition, p.errorCode === 0 ? found : this.failed(p.partition, p.errorCode));
        }
      }),
    );
    return answers;
  }

  private failed(partition: number, code: number): OffsetAnswer & { code: number } {
    let error: string;
    if (code === UNKNOWN_VALUE) error = l10n.t('The broker of P{0} is too old for this question.', partition);
    else if (code === 29)
      error = l10n.t('You may not read {0}: ask for the rights DESCRIBE and READ on this topic.', this.topic);
    else if (NOT_LEADER.has(code))
      error = l10n.t('P{0} of {1} has no leader: start the broker that leads it.', partition, this.topic);
    else error = l10n.t('The broker of P{0} answers with error {1}.', partition, code);
    return { offset: undefined, timestamp: -1, error, code };
  }
}
