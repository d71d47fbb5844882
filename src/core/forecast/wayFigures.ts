import { partitionStart } from '../dapr/delivery/start.ts';
import type { InitialOffset } from '../dapr/delivery/initialOffset.ts';
import type { ReplayTarget } from '../../shared/replayPage.ts';
import type { PartitionForecast } from './result.ts';
import { untoldTopics, type Situation } from './way.ts';

/** What a way delivers right after the start, and how much of it this group handled before. null: not known. */
export interface Figures {
  delivered: number | null;
  twice: number | null;
}

/** The group's commit on a partition; null: not known. */
export function commitOn({ commitOf, fresh }: Situation, p: PartitionForecast, topic: string): number | 'none' | null {
  if (fresh === true) return 'none';
  return commitOf === undefined ? (p.committed ?? 'none') : commitOf(topic, p.partition);
}

/** Partitions with the names of their topics on the broker. */
export function partitionsOf({ component }: Situation): { p: PartitionForecast; topic: string }[] {
  return component.topics.flatMap(({ topic, brokerTopic, partitions }) =>
    partitions.map((p) => ({ p, topic: brokerTopic ?? topic })),
  );
}

/** It is known that nothing is kept. */
export const isEmpty = ({ logStart, highWatermark }: PartitionForecast): boolean =>
  logStart !== null && logStart === highWatermark;

/** As the component would start with this initialOffset, in its own group or in one without commits. */
export function started(situation: Situation, initialOffset: InitialOffset, group: 'own' | 'new'): Figures {
  return outcome(situation, (p, topic) => {
    const committed = group === 'new' ? 'none' : commitOn(situation, p, topic);
    return partitionStart({ ...p, committed }, initialOffset).first;
  });
}

/** As the component would start after a reset of its group. */
export function afterReset(situation: Situation, to: ReplayTarget): Figures {
  return outcome(situation, (p, topic) => resetTo(situation, to, p, topic));
}

/** Sums over the partitions, from where each would start. */
function outcome(situation: Situation, start: (p: PartitionForecast, topic: string) => number | null): Figures {
  // As in the forecast: what a topic without partitions holds is not known.
  if (situation.component.topics.length === 0 || untoldTopics(situation).length > 0)
    return { delivered: null, twice: null };
  let delivered: number | null = 0;
  let twice: number | null = 0;
  for (const { p, topic } of partitionsOf(situation)) {
    const first = start(p, topic);
    const end = p.highWatermark;
    const commit = commitOn(situation, p, topic);
    delivered = delivered === null || first === null || end === null ? null : delivered + Math.max(0, end - first);
    if (twice === null || first === null || end === null || commit === null) twice = null;
    // What an earlier start handled under another name, nobody can tell.
    else if (situation.fresh === true) twice = first === end ? twice : null;
    else if (commit !== 'none') twice += Math.max(0, Math.min(commit, end) - first);
  }
  return { delivered, twice };
}

/** As the reset does it: never outside of the log. */
export function resetTo(
  { offsetAt }: Situation,
  to: ReplayTarget,
  { partition, logStart, highWatermark }: PartitionForecast,
  topic: string,
): number | null {
  if (logStart === null || highWatermark === null) return null;
  const within = (offset: number) => Math.min(Math.max(offset, logStart), highWatermark);
  switch (to.kind) {
    case 'earliest':
      return logStart;
    case 'latest':
      return highWatermark;
    case 'offset':
      return within(to.offset);
    case 'time': {
      // No message has a time there.
      if (logStart === highWatermark) return highWatermark;
      const found = offsetAt?.(topic, partition, to.timestamp) ?? null;
      return found === null ? null : within(found);
    }
  }
}
