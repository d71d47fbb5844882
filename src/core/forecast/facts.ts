import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient, Group, PartitionWithOffsets } from '../kafka/clusterClient.ts';

/** The part of a cluster that a forecast asks. */
export type ForecastCluster = Pick<ClusterClient, 'topics' | 'offsets' | 'describeGroups'>;

/** What a forecast knows of a cluster at one moment: a "what if" about the same topics and groups needs no request. */
export interface Facts {
  /** By name on the broker. */
  topics: ReadonlyMap<string, TopicFacts>;
  groups: ReadonlyMap<string, GroupFacts>;
}

export interface TopicFacts {
  partitions: readonly PartitionWithOffsets[];
  /** Set when the topic does not exist or may not be seen: a sentence. */
  error?: string;
  missing?: true;
}

export interface GroupFacts {
  /** topic -> partition -> committed offset, `none`, or null when it could not be read. */
  commits: ReadonlyMap<string, ReadonlyMap<number, number | 'none' | null>>;
  /** It has a commit on some partition. */
  hasCommits: boolean;
  state: string;
  members: Group['members'];
  assignor: string | null;
  type: Group['type'];
  /** Of a classic group: `consumer`, `connect` …; empty where nobody is in it. */
  protocolType: string;
  /** The group could not be asked: its commits are not known. */
  error?: string;
}

/** No cluster: everything is unknown. */
export const NO_FACTS: Facts = { topics: new Map(), groups: new Map() };

/**
 * Three rounds whatever the number of components: metadata, the groups' commits, then the partitions' ends (in this
 * order a commit of a running group is never above the end). A cluster that answers partly gives partial facts.
 */
export async function gatherFacts(
  cluster: ForecastCluster,
  wanted: { topics: readonly string[]; groups: readonly string[] },
  options: CallOptions = {},
): Promise<Facts> {
  if (wanted.topics.length === 0) return NO_FACTS;
  const topics = await cluster.topics([...new Set(wanted.topics)], options);
  const ids = [...new Set(wanted.groups)];
  const groups = ids.length === 0 ? [] : await cluster.describeGroups(ids, options);
  const withOffsets = await cluster.offsets(
    topics.filter((topic) => topic.error === undefined),
    options,
  );
  const facts = new Map<string, TopicFacts>();
  for (const topic of topics)
    if (topic.error !== undefined)
      facts.set(topic.name, {
        partitions: [],
        error: topic.error,
        ...(topic.missing === true ? { missing: true } : {}),
      });
  for (const topic of withOffsets)
    facts.set(
      topic.name,
      topic.error === undefined
        ? { partitions: topic.partitions }
        : { partitions: topic.partitions, error: topic.error },
    );
  return { topics: facts, groups: new Map(groups.map((group) => [group.group, groupFacts(group)])) };
}

/** A group that does not exist has no commits, which is known; one that could not be asked is not. */
function groupFacts(group: Group): GroupFacts {
  const commits = new Map<string, Map<number, number | 'none' | null>>();
  let hasCommits = false;
  for (const offset of group.offsets) {
    const partitions = commits.get(offset.topic) ?? new Map<number, number | 'none' | null>();
    commits.set(offset.topic, partitions);
    // `error` with no commit: the broker would not tell. With one, the error is about the log.
    partitions.set(offset.partition, offset.committed ?? (offset.error === undefined ? 'none' : null));
    if (offset.committed !== null) hasCommits = true;
  }
  const facts: GroupFacts = {
    commits,
    hasCommits,
    state: group.state,
    members: group.members,
    assignor: group.assignor,
    type: group.type,
    protocolType: group.protocolType,
  };
  return group.error === undefined || group.state === 'Dead' ? facts : { ...facts, error: group.error };
}

/** A group's commit on one partition; null when it is not known. */
export function committedOf(
  facts: Facts,
  group: string | null,
  topic: string,
  partition: number,
): number | 'none' | null {
  if (group === null) return null;
  const known = facts.groups.get(group);
  if (known === undefined || known.error !== undefined) return null;
  const commits = known.commits.get(topic);
  if (commits === undefined) return 'none';
  const committed = commits.get(partition);
  return committed === undefined ? 'none' : committed;
}

/** The group runs and reads this topic, but no member has this partition. */
export function isUnclaimed(facts: Facts, group: string | null, topic: string, partition: number): boolean {
  const members = (group === null ? undefined : facts.groups.get(group))?.members ?? [];
  const assigned = members.flatMap((member) =>
    member.assignment.filter((a) => a.topic === topic).flatMap((a) => a.partitions),
  );
  return assigned.length > 0 && !assigned.includes(partition);
}

/** A sentence for a topic that the cluster did not tell about. */
export function missingTopic(topic: string, error: string | undefined): string {
  return l10n.t(
    'Topic {0}: {1} Where the broker does not create topics by itself, nothing is delivered for any topic of this component until it exists (F-19).',
    topic,
    error ?? l10n.t('the cluster did not tell about it.'),
  );
}
