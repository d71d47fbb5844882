import type { CallOptions, GroupSummary } from '../clusterClient.ts';
import { describeShareGroupOffsets } from '../protocol/describeShareGroupOffsets.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { offsetFetch, offsetFetchOne, type GroupCommits } from '../protocol/offsetFetch.ts';
import type { BrokerConnection } from '../transport/connection.ts';
import { isMoving } from './whileMoving.ts';

/** What one group committed: topic -> partition -> offset; the start offset for a share group. */
export interface Commits {
  offsets: Map<string, Map<number, { offset: number } | { error: string }>>;
  error?: string;
  /** The error passes by itself: ask the coordinator again. */
  moving?: true;
}

/** Commits of many groups at their coordinator, in one request (one per group before Kafka 3.0). */
export async function fetchCommits(
  broker: BrokerConnection,
  groups: readonly GroupSummary[],
  options: CallOptions,
): Promise<Map<string, Commits>> {
  const ids = groups.map((g) => g.group);
  if ((broker.versions.get(offsetFetch.apiKey)?.max ?? 0) >= offsetFetch.minVersion) {
    const answer = await broker.request(offsetFetch, { groups: ids }, options);
    return new Map(answer.groups.map((g) => [g.group, toCommits(g)]));
  }
  const answers = await Promise.all(
    ids.map(async (group): Promise<[string, Commits]> => {
      const answer = await broker.request(offsetFetchOne, { group }, options);
      return [group, toCommits({ group, ...answer })];
    }),
  );
  return new Map(answers);
}

/** Start offsets of share groups, which commit none. */
export async function fetchShareStarts(
  broker: BrokerConnection,
  groups: readonly GroupSummary[],
  options: CallOptions,
): Promise<Map<string, Commits>> {
  const answer = await broker.request(describeShareGroupOffsets, { groups: groups.map((g) => g.group) }, options);
  return new Map(
    answer.groups.map((g) => [
      g.group,
      toCommits({
        ...g,
        topics: g.topics.map(({ topic, partitions }) => ({
          topic,
          partitions: partitions.map((p) => ({ ...p, offset: p.startOffset, metadata: null })),
        })),
      }),
    ]),
  );
}

function toCommits({ errorCode, topics }: GroupCommits): Commits {
  const offsets: Commits['offsets'] = new Map();
  for (const { topic, partitions } of topics) {
    const known = new Map<number, { offset: number } | { error: string }>();
    for (const p of partitions) {
      if (p.errorCode !== 0) known.set(p.partition, { error: kafkaErrorSentence(p.errorCode) });
      else if (p.offset >= 0) known.set(p.partition, { offset: p.offset });
    }
    if (known.size > 0) offsets.set(topic, known);
  }
  if (errorCode === 0) return { offsets };
  return { offsets, error: kafkaErrorSentence(errorCode), ...(isMoving(errorCode) && { moving: true }) };
}
