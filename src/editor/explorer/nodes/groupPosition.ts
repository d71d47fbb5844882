import * as l10n from '@vscode/l10n';
import type { Group, GroupOffset } from '../../../core/kafka/clusterClient.ts';
import { formatCount, joined } from './node.ts';
import { partitionList } from './words.ts';

/** Where a group stands, added up over some of its partitions. Unknown parts are counted apart, never as 0. */
export interface GroupPosition {
  /** Sum of the known lags, null when none is known. */
  lag: number | null;
  /** Partitions with a lag above 0. */
  behind: GroupOffset[];
  neverCommitted: GroupOffset[];
  /** Records deleted before the group read them. */
  gone: number;
  ahead: GroupOffset[];
  errors: GroupOffset[];
}

export function groupPosition(offsets: readonly GroupOffset[]): GroupPosition {
  const known = offsets.filter((o) => o.lag !== null);
  return {
    lag: known.length > 0 ? known.reduce((sum, o) => sum + (o.lag ?? 0), 0) : null,
    behind: known.filter((o) => (o.lag ?? 0) > 0),
    neverCommitted: offsets.filter((o) => o.committed === null && o.error === undefined),
    gone: offsets.reduce((sum, o) => sum + (o.gone ?? 0), 0),
    ahead: offsets.filter((o) => (o.ahead ?? 0) > 0),
    errors: offsets.filter((o) => o.error !== undefined),
  };
}

/** One line: lag, and everything about it that a bare number would hide. */
export function positionText(position: GroupPosition): string {
  const only = position.behind.length === 1 ? position.behind[0] : undefined;
  return joined(
    lagText(position, only),
    position.neverCommitted.length > 0
      ? l10n.t('{0} never committed', partitionsOf(position.neverCommitted))
      : undefined,
    position.gone > 0
      ? l10n.t('{0} already deleted by Kafka before it read them', formatCount(position.gone))
      : undefined,
    position.ahead.length > 0 ? l10n.t('{0} ahead of the log', partitionsOf(position.ahead)) : undefined,
    position.errors.length > 0 ? l10n.t('{0} unknown', partitionsOf(position.errors)) : undefined,
  );
}

/** True where the words hide a loss or a doubt that a person should look at. */
export function needsAttention(position: GroupPosition): boolean {
  return (
    position.gone > 0 || position.neverCommitted.length > 0 || position.ahead.length > 0 || position.errors.length > 0
  );
}

function lagText(position: GroupPosition, only: GroupOffset | undefined): string | undefined {
  if (position.lag === null) return undefined;
  const lag = formatCount(position.lag);
  return only ? l10n.t('lag {0} on P{1}', lag, only.partition) : l10n.t('lag {0}', lag);
}

/** `P0, P1`; with the topic where there are several. */
function partitionsOf(offsets: readonly GroupOffset[]): string {
  const topics = [...new Set(offsets.map((o) => o.topic))];
  if (topics.length === 1) return partitionList(offsets.map((o) => o.partition));
  return topics
    .map((topic) => `${topic} ${partitionList(offsets.filter((o) => o.topic === topic).map((o) => o.partition))}`)
    .join(', ');
}

/** The members that hold a partition now, by client id: one at most, but in a share group several hold it together. */
export function ownersOf(group: Group, topic: string, partition: number): Group['members'] {
  return group.members
    .filter((m) => m.assignment.some((a) => a.topic === topic && a.partitions.includes(partition)))
    .sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
}

/** Topics on which the group has a commit or an assignment. */
export function topicsOf(group: Group): string[] {
  const assigned = group.members.flatMap((m) => m.assignment.map((a) => a.topic));
  return [...new Set([...assigned, ...group.offsets.map((o) => o.topic)])].sort();
}
