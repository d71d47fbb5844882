import * as l10n from '@vscode/l10n';
import type { CallOptions, PartitionWithOffsets, Topic, TopicWithOffsets } from '../clusterClient.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { EARLIEST, LATEST, listOffsetsMessage, type ListedOffset } from '../protocol/listOffsets.ts';
import type { BrokerConnection, KafkaConnection } from '../transport/connection.ts';
import { messageOf } from '../transport/kafkaError.ts';

/** What one partition answered, or why it did not. */
type Answer = ListedOffset | { failed: string };
/** topic -> partition -> answer. */
type Answers = Map<string, Map<number, Answer>>;

/**
 * Log start and high watermark of every partition: two requests per leader, whatever the number of topics. A leader
 * that does not answer costs its own partitions only.
 */
export async function partitionOffsets(
  connection: KafkaConnection,
  topics: readonly Topic[],
  options: CallOptions,
): Promise<TopicWithOffsets[]> {
  const earliest: Answers = new Map();
  const latest: Answers = new Map();
  await Promise.all(
    [...byLeader(topics)].map(async ([leader, parts]) => {
      try {
        const broker = await connection.broker(leader);
        await Promise.all([
          ask(broker, parts, EARLIEST, earliest, options),
          ask(broker, parts, LATEST, latest, options),
        ]);
      } catch (error) {
        options.signal?.throwIfAborted();
        for (const [topic, partitions] of parts) {
          for (const partition of partitions) put(earliest, topic, partition, { failed: messageOf(error) });
        }
      }
    }),
  );
  return topics.map((topic) => ({
    ...topic,
    partitions: topic.partitions.map((p) =>
      withOffsets(p, earliest.get(topic.name)?.get(p.partition), latest.get(topic.name)?.get(p.partition)),
    ),
  }));
}

/** leader -> topic -> partitions; partitions without a leader cannot be asked for. */
function byLeader(topics: readonly Topic[]): Map<number, Map<string, number[]>> {
  const leaders = new Map<number, Map<string, number[]>>();
  for (const topic of topics) {
    for (const { leader, partition } of topic.partitions) {
      if (leader === null) continue;
      const parts = leaders.get(leader) ?? new Map<string, number[]>();
      leaders.set(leader, parts);
      const partitions = parts.get(topic.name);
      if (partitions) partitions.push(partition);
      else parts.set(topic.name, [partition]);
    }
  }
  return leaders;
}

async function ask(
  broker: BrokerConnection,
  parts: ReadonlyMap<string, number[]>,
  timestamp: number,
  into: Answers,
  options: CallOptions,
): Promise<void> {
  const topics = [...parts].map(([topic, partitions]) => ({
    topic,
    partitions: partitions.map((partition) => ({ partition, timestamp })),
  }));
  const answer = await broker.request(listOffsetsMessage, { isolation: 0, topics }, options);
  for (const { topic, partitions } of answer.topics) for (const p of partitions) put(into, topic, p.partition, p);
}

function put(answers: Answers, topic: string, partition: number, answer: Answer): void {
  const partitions = answers.get(topic) ?? new Map<number, Answer>();
  answers.set(topic, partitions);
  partitions.set(partition, answer);
}

function withOffsets(
  partition: Topic['partitions'][number],
  earliest: Answer | undefined,
  latest: Answer | undefined,
): PartitionWithOffsets {
  const error = partition.error ?? problem(earliest) ?? problem(latest);
  const offsets = { ...partition, logStart: offsetIn(earliest), highWatermark: offsetIn(latest) };
  return error === undefined ? offsets : { ...offsets, error };
}

function problem(answer: Answer | undefined): string | undefined {
  if (!answer) return l10n.t('The leader left this partition out of its answer. Refresh.');
  if ('failed' in answer) return answer.failed;
  return answer.errorCode === 0 ? undefined : kafkaErrorSentence(answer.errorCode);
}

function offsetIn(answer: Answer | undefined): number | null {
  return answer && 'offset' in answer && answer.errorCode === 0 && answer.offset >= 0 ? answer.offset : null;
}
