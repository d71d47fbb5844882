import * as l10n from '@vscode/l10n';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { CallOptions, PartitionWithOffsets, Topic, TopicWithOffsets } from '../clusterClient.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { onTopic } from '../protocol/rights.ts';
import { BETWEEN_LOOKS_MS, LEADER_LOOKS, NOT_THE_LEADER } from '../protocol/leaderErrors.ts';
import { EARLIEST, LATEST, listOffsetsMessage, type ListedOffset } from '../protocol/listOffsets.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { KafkaError, messageOf } from '../transport/kafkaError.ts';
import { inSlices } from './inSlices.ts';
import { listTopics } from './listTopics.ts';

/** What one partition answered, or why it did not. */
type Answer = ListedOffset | { failed: string };
/** topic -> partition -> answer. */
type Answers = Map<string, Map<number, Answer>>;

/**
 * Log start and high watermark of every partition: two requests per leader, whatever the number of topics. A leader
 * that does not answer costs its own partitions only. Partitions whose leader has moved since `topics` were listed are
 * looked up anew and asked for again, until the brokers agree on who leads (two seconds at most).
 */
export async function partitionOffsets(
  connection: KafkaConnection,
  topics: readonly Topic[],
  options: CallOptions,
): Promise<TopicWithOffsets[]> {
  let found = await offsetsAt(connection, topics, options);
  for (let look = 1; look <= LEADER_LOOKS && found.some((t) => t.stale.size > 0); look++) {
    if (look > 1) await setTimeout(BETWEEN_LOOKS_MS, undefined, options);
    const moved = await movedPartitions(connection, found, options);
    found = withBetter(found, await offsetsAt(connection, moved, options));
    if (found.every((t) => t.disowned.size === 0)) break;
  }
  return found.map((t) => t.topic);
}

/** The first answers with those of the second in their place. */
function withBetter(first: readonly Round[], second: readonly Round[]): Round[] {
  const again = new Map(second.map((t) => [t.topic.name, t]));
  return first.map((round) => {
    const fresh = again.get(round.topic.name);
    if (!fresh) return round;
    const better = new Map(fresh.topic.partitions.map((p) => [p.partition, p]));
    const notAsked = (set: ReadonlySet<number>) => [...set].filter((p) => !better.has(p));
    return {
      topic: { ...round.topic, partitions: round.topic.partitions.map((p) => better.get(p.partition) ?? p) },
      stale: new Set([...notAsked(round.stale), ...fresh.stale]),
      disowned: new Set([...notAsked(round.disowned), ...fresh.disowned]),
    };
  });
}

interface Round {
  topic: TopicWithOffsets;
  /** Partitions whose leader seems to have moved: it says so, or does not answer. */
  stale: Set<number>;
  /** Those where it says so: another one leads, or the one that was asked does not know yet that it does. */
  disowned: Set<number>;
}

/** The stale partitions that have another leader by now, and those that are to be asked for again anyway. */
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
      (p) =>
        before?.disowned.has(p.partition) || (before?.stale.has(p.partition) && leaders.get(p.partition) !== p.leader),
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
    const disowned = new Set<number>();
    const partitions = topic.partitions.map((p) => {
      const start = earliest.get(topic.name)?.get(p.partition);
      const end = latest.get(topic.name)?.get(p.partition);
      if (isStale(start) || isStale(end)) stale.add(p.partition);
      if (isDisowned(start) || isDisowned(end)) disowned.add(p.partition);
      return withOffsets(topic.name, p, start, end);
    });
    return { topic: { ...topic, partitions }, stale, disowned };
  });
}

const isDisowned = (answer: Answer | undefined): boolean =>
  answer !== undefined && 'errorCode' in answer && NOT_THE_LEADER.has(answer.errorCode);
const isStale = (answer: Answer | undefined): boolean =>
  isDisowned(answer) || (answer !== undefined && 'failed' in answer);

/**
 * leader -> topic -> partitions; partitions without a leader cannot be asked for. By hand: a grouping
 * of each topic takes the extension host 30 ms of ten thousand.
 */
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
  topic: string,
  partition: Topic['partitions'][number],
  earliest: Answer | undefined,
  latest: Answer | undefined,
): PartitionWithOffsets {
  const error = partition.error ?? problem(topic, earliest) ?? problem(topic, latest);
  const offsets = { ...partition, logStart: offsetIn(earliest), highWatermark: offsetIn(latest) };
  return error === undefined ? offsets : { ...offsets, error };
}

function problem(topic: string, answer: Answer | undefined): string | undefined {
  if (!answer) return l10n.t('The leader left this partition out of its answer. Refresh.');
  if ('failed' in answer) return answer.failed;
  return answer.errorCode === 0 ? undefined : kafkaErrorSentence(answer.errorCode, [onTopic('Describe', topic)]);
}

function offsetIn(answer: Answer | undefined): number | null {
  return answer && 'offset' in answer && answer.errorCode === 0 && answer.offset >= 0 ? answer.offset : null;
}
