import * as l10n from '@vscode/l10n';
import { setImmediate } from 'node:timers/promises';
import type { CallOptions, PartitionWithOffsets, Topic, TopicWithOffsets } from '../clusterClient.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { EARLIEST, LATEST, listOffsetsMessage, type ListedOffset } from '../protocol/listOffsets.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { KafkaError, messageOf } from '../transport/kafkaError.ts';
import { inSlices } from './inSlices.ts';
import { listTopics } from './listTopics.ts';

/** What one partition answered, or why it did not. */
type Answer = ListedOffset | { failed: string };
/** topic -> partition -> answer. */
type Answers = Map<string, Map<number, Answer>>;

/** "Ask somebody else": the leader moved since the topics were listed. */
const STALE_LEADER = new Set([5, 6, 74, 75]);

/**
 * Log start and high watermark of every partition: two requests per leader, whatever the number of topics. A leader
 * that does not answer costs its own partitions only. Partitions whose leader has moved since `topics` were listed are
 * looked up anew and asked for once more.
 */
export async function partitionOffsets(
  connection: KafkaConnection,
  topics: readonly Topic[],
  options: CallOptions,
): Promise<TopicWithOffsets[]> {
  const first = await offsetsAt(connection, topics, options);
  const moved = await movedPartitions(connection, first, options);
  if (moved.length === 0) return first.map((t) => t.topic);
  const second = new Map((await offsetsAt(connection, moved, options)).map((t) => [t.topic.name, t.topic]));
  return first.map(({ topic }) => {
    const better = new Map(second.get(topic.name)?.partitions.map((p) => [p.partition, p]));
    return { ...topic, partitions: topic.partitions.map((p) => better.get(p.partition) ?? p) };
  });
}

interface Round {
  topic: TopicWithOffsets;
  /** Partitions whose leader seems to have moved. */
  stale: Set<number>;
}

/** The stale partitions that have another leader by now. */
async function movedPartitions(
  connection: KafkaConnection,
  round: readonly Round[],
  options: CallOptions,
): Promise<Topic[]> {
  const stale = new Map(round.filter((t) => t.stale.size > 0).map((t) => [t.topic.name, t]));
  if (stale.size === 0) return [];
  let fresh: Topic[];
  try {
    fresh = await listTopics(connection, [...stale.keys()], options);
  } catch (error) {
    // Nobody answers any more: each partition already says why its own leader did not.
    if (error instanceof KafkaError && error.kind !== 'cancelled') return [];
    throw error;
  }
  return fresh.map((topic) => {
    const before = stale.get(topic.name);
    const leaders = new Map(before?.topic.partitions.map((p) => [p.partition, p.leader]));
    const moved = topic.partitions.filter(
      (p) => before?.stale.has(p.partition) && leaders.get(p.partition) !== p.leader,
    );
    return { ...topic, partitions: moved };
  });
}

/** Offsets from the leaders as `topics` has them. */
async function offsetsAt(
  connection: KafkaConnection,
  topics: readonly Topic[],
  options: CallOptions,
): Promise<Round[]> {
  const earliest: Answers = new Map();
  const latest: Answers = new Map();
  const requests = [...byLeader(topics)].flatMap(([leader, parts]) => [
    { leader, parts, timestamp: EARLIEST, answers: earliest },
    { leader, parts, timestamp: LATEST, answers: latest },
  ]);
  await Promise.all(
    requests.map(async ({ leader, parts, timestamp, answers }, turn) => {
      // Each encodes thousands of partitions: not all of them in one turn of the event loop.
      for (let i = 0; i < turn; i++) await setImmediate();
      await ask(connection, leader, parts, timestamp, answers, options);
    }),
  );
  return inSlices(topics, (topic) => {
    const stale = new Set<number>();
    const partitions = topic.partitions.map((p) => {
      const start = earliest.get(topic.name)?.get(p.partition);
      const end = latest.get(topic.name)?.get(p.partition);
      if (isStale(start) || isStale(end)) stale.add(p.partition);
      return withOffsets(p, start, end);
    });
    return { topic: { ...topic, partitions }, stale };
  });
}

const isStale = (answer: Answer | undefined): boolean =>
  answer !== undefined && ('failed' in answer || STALE_LEADER.has(answer.errorCode));

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
  connection: KafkaConnection,
  leader: number,
  parts: ReadonlyMap<string, number[]>,
  timestamp: number,
  into: Answers,
  options: CallOptions,
): Promise<void> {
  const topics = [...parts].map(([topic, partitions]) => ({
    topic,
    partitions: partitions.map((partition) => ({ partition, timestamp })),
  }));
  try {
    const broker = await connection.broker(leader);
    const answer = await broker.request(listOffsetsMessage, { isolation: 0, topics }, options);
    await inSlices(answer.topics, ({ topic, partitions }) => {
      for (const p of partitions) put(into, topic, p.partition, p);
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    for (const [topic, partitions] of parts) {
      for (const partition of partitions) put(into, topic, partition, { failed: messageOf(error) });
    }
  }
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
