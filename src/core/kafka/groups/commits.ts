import type { CallOptions, GroupSummary } from '../clusterClient.ts';
import { describeShareGroupOffsets } from '../protocol/describeShareGroupOffsets.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { offsetFetch, offsetFetchOne } from '../protocol/offsetFetch.ts';
import { onGroup, onTopic } from '../protocol/rights.ts';
import type { BrokerConnection } from '../transport/connection.ts';
import { isMoving } from './whileMoving.ts';

/** Where a group stands in a partition. `lag` where the coordinator tells it: it alone knows what a share group did beyond. */
export interface Commit {
  offset: number;
  lag?: number;
}

/** What one group committed: topic -> partition -> offset; the start offset for a share group. */
export interface Commits {
  offsets: Map<string, Map<number, Commit | { error: string }>>;
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
    return new Map(answer.groups.map((g) => [g.group, toCommits(g.group, g)]));
  }
  const answers = await Promise.all(
    ids.map(async (group): Promise<[string, Commits]> => {
      const answer = await broker.request(offsetFetchOne, { group }, options);
      return [group, toCommits(group, answer)];
    }),
  );
  return new Map(answers);
}

/**
 * Start offsets of share groups, which commit none. Messages behind the start may be done already, so the lag is the
 * broker's word (from version 1 of the message, Kafka 4.2).
 */
export async function fetchShareStarts(
  broker: BrokerConnection,
  groups: readonly GroupSummary[],
  options: CallOptions,
): Promise<Map<string, Commits>> {
  const answer = await broker.request(describeShareGroupOffsets, { groups: groups.map((g) => g.group) }, options);
  return new Map(
    answer.groups.map((g) => [
      g.group,
      toCommits(g.group, {
        ...g,
        topics: g.topics.map(({ topic, partitions }) => ({
          topic,
          partitions: partitions.map(({ partition, startOffset, lag, errorCode }) => ({
            partition,
            offset: startOffset,
            ...(lag >= 0 && { lag }),
            errorCode,
          })),
        })),
      }),
    ]),
  );
}

interface Answered {
  errorCode: number;
  /** Offset -1: none. */
  topics: { topic: string; partitions: { partition: number; offset: number; lag?: number; errorCode: number }[] }[];
}

function toCommits(group: string, { errorCode, topics }: Answered): Commits {
  const offsets: Commits['offsets'] = new Map();
  for (const { topic, partitions } of topics) {
    const known = new Map<number, Commit | { error: string }>();
    for (const p of partitions) {
      if (p.errorCode !== 0)
        known.set(p.partition, { error: kafkaErrorSentence(p.errorCode, [onTopic('Describe', topic)]) });
      else if (p.offset >= 0) known.set(p.partition, { offset: p.offset, ...(p.lag !== undefined && { lag: p.lag }) });
    }
    if (known.size > 0) offsets.set(topic, known);
  }
  if (errorCode === 0) return { offsets };
  const error = kafkaErrorSentence(errorCode, [onGroup('Describe', group)]);
  return { offsets, error, ...(isMoving(errorCode) && { moving: true }) };
}
