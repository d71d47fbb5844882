import { timeAt, type TimePoint } from '../kafka/read/timePoint.ts';
import { downtimeBudget, SMALL_BUDGET, type DowntimeBudget } from './downtime.ts';
import type { Facts } from './facts.ts';
import { pace, type TopicHistory } from './history.ts';
import type { ComponentForecast, PartitionForecast, TopicForecast } from './result.ts';

/** How long a component may be away before it misses a message of one topic; `small`: worth a warning. */
export function topicDowntime(
  { group, initialOffset }: Pick<ComponentForecast, 'group' | 'initialOffset'>,
  { partitions }: Pick<TopicForecast, 'partitions'>,
  history: TopicHistory,
  facts: Facts,
): DowntimeBudget & { small: boolean } {
  const budget = downtimeBudget({
    now: history.at,
    ...history.limits,
    initialOffset,
    running: group !== null && (facts.groups.get(group)?.members.length ?? 0) > 0,
    partitions: partitions.map((p) => ({
      partition: p.partition,
      rule: p.rule,
      first: p.first,
      highWatermark: p.highWatermark,
      writtenAt: writtenAt(history.times.get(p.partition), p, p.first),
      ...pace(history, p),
    })),
  });
  return { ...budget, small: budget.ms !== null && budget.ms < SMALL_BUDGET };
}

/** ms since the epoch; null: there is no message at the offset, or its time is not known. */
export function writtenAt(
  points: readonly TimePoint[] | undefined,
  { logStart, highWatermark }: PartitionForecast,
  offset: number | null,
): number | null {
  if (offset === null || logStart === null || highWatermark === null) return null;
  if (offset < logStart || offset >= highWatermark) return null;
  return timeAt(points ?? [], offset);
}
