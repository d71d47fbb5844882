import * as l10n from '@vscode/l10n';
import type { GroupMember, GroupOffset, TopicWithOffsets } from '../clusterClient.ts';
import type { Commits } from './commits.ts';

/** Where a commit stands in a log. Null in, null out. */
export function standing(
  committed: number | null,
  logStart: number | null,
  highWatermark: number | null,
): Pick<GroupOffset, 'lag' | 'gone' | 'ahead'> {
  if (committed === null || logStart === null || highWatermark === null) return { lag: null, gone: null, ahead: null };
  return {
    lag: Math.max(0, highWatermark - Math.max(committed, logStart)),
    gone: Math.max(0, logStart - committed),
    ahead: Math.max(0, committed - highWatermark),
  };
}

/** The topics that a group has a commit on or a member for. */
export function topicsOf(commits: Commits | undefined, members: readonly GroupMember[]): string[] {
  const assigned = members.flatMap((m) => m.assignment.map((a) => a.topic));
  return [...new Set([...(commits?.offsets.keys() ?? []), ...assigned])].sort();
}

/**
 * Every partition of those topics as the group stands on it; also those with a commit or a member that are no more, or
 * may not be seen. `topics` holds what the cluster tells of them now.
 */
export function groupOffsets(
  names: readonly string[],
  commits: Commits | undefined,
  topics: ReadonlyMap<string, TopicWithOffsets>,
  members: readonly GroupMember[] = [],
): GroupOffset[] {
  return names.flatMap((name) => {
    const topic = topics.get(name);
    const committed = commits?.offsets.get(name);
    const existing = new Map(topic?.partitions.map((p) => [p.partition, p]));
    const assigned = members.flatMap((m) => m.assignment.flatMap((a) => (a.topic === name ? a.partitions : [])));
    const all = [...new Set([...existing.keys(), ...(committed?.keys() ?? []), ...assigned])].sort((a, b) => a - b);
    return all.map((partition): GroupOffset => {
      const log = existing.get(partition);
      const commit = committed?.get(partition);
      const offset = commit && 'offset' in commit ? commit.offset : null;
      const logStart = log?.logStart ?? null;
      const highWatermark = log?.highWatermark ?? null;
      const error =
        (commit && 'error' in commit ? commit.error : undefined) ??
        commits?.error ??
        (log
          ? log.error
          : (topic?.error ?? l10n.t('Partition {0} of topic {1} does not exist any more.', partition, name)));
      const row = {
        topic: name,
        partition,
        committed: offset,
        logStart,
        highWatermark,
        ...standing(offset, logStart, highWatermark),
        ...(commit && 'lag' in commit && { lag: commit.lag ?? null }),
      };
      return error === undefined ? row : { ...row, error };
    });
  });
}
