import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient, Group, PartitionWithOffsets } from '../kafka/clusterClient.ts';

/** The part of a cluster that a forecast asks. */
export type ForecastCluster = Pick<
  ClusterClient,
  'describe' | 'topics' | 'offsets' | 'describeGroups' | 'brokerSettings' | 'brokerVersions'
>;

/** What a forecast knows of a cluster at one moment: a "what if" about the same topics and groups needs no request. */
export interface Facts {
  /** By name on the broker. */
  topics: ReadonlyMap<string, TopicFacts>;
  groups: ReadonlyMap<string, GroupFacts>;
  /** Absent: not asked. */
  broker?: BrokerFacts;
  /**
   * Node id -> API key -> the lowest version of it that this broker still serves, of those that lead the topics and
   * coordinate the groups: in the middle of an upgrade they differ. One that is absent was not reached.
   */
  served?: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** What the brokers allow and do, as one of them tells; null: not known. */
export interface BrokerFacts {
  /** ms; a member that asks for less or for more may not join. */
  minSessionTimeout: number | null;
  maxSessionTimeout: number | null;
  /** A topic that is asked for comes into being. */
  createsTopics: boolean | null;
  /** Why something is not known: a sentence. */
  error?: string;
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
  /** Node id; null: not known. */
  coordinator: number | null;
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
 * order a commit of a running group is never above the end) beside the settings of one broker, which are asked once.
 * A cluster that answers partly gives partial facts.
 * @param wanted.broker what was learned of the brokers before
 */
export async function gatherFacts(
  cluster: ForecastCluster,
  wanted: { topics: readonly string[]; groups: readonly string[]; broker?: BrokerFacts | undefined },
  options: CallOptions = {},
): Promise<Facts> {
  if (wanted.topics.length === 0) return NO_FACTS;
  const topics = await cluster.topics([...new Set(wanted.topics)], options);
  const ids = [...new Set(wanted.groups)];
  const groups = ids.length === 0 ? [] : await cluster.describeGroups(ids, options);
  // The one that would let the component join is the coordinator; where there is no group, all are as good.
  const id =
    groups.find(({ coordinator }) => coordinator !== null)?.coordinator ??
    topics.flatMap(({ partitions }) => partitions).find(({ leader }) => leader !== null)?.leader;
  const [withOffsets, broker] = await Promise.all([
    cluster.offsets(
      topics.filter((topic) => topic.error === undefined),
      options,
    ),
    wanted.broker ?? brokerFacts(cluster, id, options),
  ]);
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
  const served = await lowestVersions(cluster, [
    ...groups.map(({ coordinator }) => coordinator),
    ...withOffsets.flatMap((t) => t.partitions.map((p) => (p.highWatermark === null ? null : p.leader))),
  ]);
  return { topics: facts, groups: new Map(groups.map((group) => [group.group, groupFacts(group)])), broker, served };
}

/** An extra: a broker that does not tell its settings, say because this user may not see them, takes no figure away. */
async function brokerFacts(
  cluster: ForecastCluster,
  known: number | null | undefined,
  options: CallOptions,
): Promise<BrokerFacts> {
  const facts: BrokerFacts = {
    minSessionTimeout: null,
    maxSessionTimeout: null,
    createsTopics: null,
  };
  try {
    const id = known ?? (await cluster.describe(options)).brokers[0]?.id;
    if (id === undefined)
      return { ...facts, error: l10n.t('No broker is known that could be asked for its settings.') };
    const settings = await cluster.brokerSettings(id, options);
    const value = (name: string) => settings.find((setting) => setting.name === name)?.value ?? null;
    const ms = (name: string) => (/^\d+$/.test(value(name) ?? '') ? Number(value(name)) : null);
    const creates = value('auto.create.topics.enable');
    return {
      ...facts,
      minSessionTimeout: ms('group.min.session.timeout.ms'),
      maxSessionTimeout: ms('group.max.session.timeout.ms'),
      createsTopics: creates === null ? null : creates !== 'false',
      ...(creates === null ? { error: l10n.t('The broker does not tell auto.create.topics.enable.') } : {}),
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { ...facts, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Of brokers that have just answered: what they serve they told when they were connected to, which costs no request. */
async function lowestVersions(
  cluster: ForecastCluster,
  brokers: readonly (number | null)[],
): Promise<Map<number, Map<number, number>>> {
  const ids = new Set(brokers.filter((id) => id !== null));
  const told = await Promise.all(
    [...ids].map(async (id) => {
      // One that went away meanwhile is not known, and takes nothing else away.
      const versions = await cluster.brokerVersions(id).catch(() => undefined);
      return versions && ([id, new Map([...versions].map(([apiKey, { min }]) => [apiKey, min]))] as const);
    }),
  );
  return new Map(told.filter((entry) => entry !== undefined));
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
    coordinator: group.coordinator,
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
  // Of a binding that names no group: nobody can commit in it.
  if (group === '') return 'none';
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
