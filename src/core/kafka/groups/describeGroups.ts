import type { CallOptions, Group, GroupListing, GroupSummary, GroupType, TopicWithOffsets } from '../clusterClient.ts';
import { listTopics } from '../topics/listTopics.ts';
import { partitionOffsets } from '../topics/partitionOffsets.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { messageOf } from '../transport/kafkaError.ts';
import { fetchCommits, fetchShareStarts, type Commits } from './commits.ts';
import { describeOfType, type GroupDescription } from './describe.ts';
import { groupOffsets, topicsOf } from './lag.ts';
import { listGroups } from './listGroups.ts';
import { groupNotFound } from './notFound.ts';
import { whileMoving } from './whileMoving.ts';

/** What is known of one group before the topics are looked at. */
interface Known {
  summary: GroupSummary;
  description: GroupDescription;
  commits: Commits;
}

/**
 * Groups with members and offsets. Requests grow with brokers: per coordinator one describe for each type that
 * occurs and one OffsetFetch; then one Metadata, and two ListOffsets per leader.
 */
export async function describeGroups(
  connection: KafkaConnection,
  ids: readonly string[] | undefined,
  options: CallOptions,
  wanted: (topics: readonly string[]) => boolean = () => true,
): Promise<Group[]> {
  const listing = await listGroups(connection, options);
  const summaries = ids ? listing.groups.filter((g) => ids.includes(g.group)) : listing.groups;
  const all = await knownOf(connection, summaries, options);
  const known = all
    .map((k) => ({ ...k, topics: topicsOf(k.commits, k.description.members) }))
    .filter((k) => wanted(k.topics));
  const topics = await topicsNamed(connection, [...new Set(known.flatMap((k) => k.topics))], options);
  const groups = known.map(({ summary, description, commits, topics: names }): Group => {
    const error = description.error ?? commits.error;
    const group = {
      ...summary,
      state: description.state === '' ? summary.state : description.state,
      assignor: description.assignor,
      members: description.members,
      offsets: groupOffsets(names, commits, topics, description.members),
    };
    return error === undefined ? group : { ...group, error };
  });
  const found = new Set(summaries.map((g) => g.group));
  groups.push(...[...new Set(ids ?? [])].filter((id) => !found.has(id)).map((id) => unknownGroup(id, listing)));
  return groups.sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0));
}

/** What the coordinators know; groups that are on the move between two are looked for again. */
async function knownOf(
  connection: KafkaConnection,
  summaries: readonly GroupSummary[],
  options: CallOptions,
): Promise<Known[]> {
  const known = new Map<string, Known>();
  const moving = () => [...known.values()].filter((k) => k.description.moving ?? k.commits.moving);
  await whileMoving(
    async () => {
      const again = new Set(moving().map((k) => k.summary.group));
      const groups =
        known.size === 0 ? summaries : (await listGroups(connection, options)).groups.filter((g) => again.has(g.group));
      const answers = await Promise.all(
        [...byCoordinator(groups)].map(([id, here]) => atCoordinator(connection, id, here, options)),
      );
      for (const answer of answers.flat()) known.set(answer.summary.group, answer);
    },
    () => moving().length > 0,
    options.signal,
  );
  return [...known.values()];
}

function byCoordinator(groups: readonly GroupSummary[]): Map<number, GroupSummary[]> {
  const coordinators = new Map<number, GroupSummary[]>();
  for (const group of groups) {
    if (group.coordinator === null) continue;
    const list = coordinators.get(group.coordinator);
    if (list) list.push(group);
    else coordinators.set(group.coordinator, [group]);
  }
  return coordinators;
}

async function atCoordinator(
  connection: KafkaConnection,
  coordinator: number,
  groups: readonly GroupSummary[],
  options: CallOptions,
): Promise<Known[]> {
  const types = [...new Set(groups.map((g) => g.type))];
  const perType = await Promise.all(
    types.map((type) =>
      ofType(
        connection,
        coordinator,
        type,
        groups.filter((g) => g.type === type),
        options,
      ),
    ),
  );
  return perType.flat();
}

async function ofType(
  connection: KafkaConnection,
  coordinator: number,
  type: GroupType,
  groups: readonly GroupSummary[],
  options: CallOptions,
): Promise<Known[]> {
  const attempt = async <T>(work: () => Promise<T>): Promise<T | { failed: string }> => {
    try {
      return await work();
    } catch (error) {
      options.signal?.throwIfAborted();
      return { failed: messageOf(error) };
    }
  };
  const [described, commits] = await Promise.all([
    attempt(async () => describeOfType(await connection.broker(coordinator), type, groups, options)),
    attempt(async () => {
      const broker = await connection.broker(coordinator);
      return type === 'share' ? fetchShareStarts(broker, groups, options) : fetchCommits(broker, groups, options);
    }),
  ]);
  return groups.map((summary) => ({
    summary,
    description: pick(described, summary.group) ?? { state: '', assignor: null, members: [], ...errorOf(described) },
    commits: pick(commits, summary.group) ?? { offsets: new Map(), ...errorOf(commits) },
  }));
}

const pick = <T>(answers: Map<string, T> | { failed: string }, id: string): T | undefined =>
  answers instanceof Map ? answers.get(id) : undefined;

const errorOf = (answers: Map<string, unknown> | { failed: string }): { error?: string } =>
  answers instanceof Map ? {} : { error: answers.failed };

/** What the cluster knows of those topics; a failure is an error on each, never of the whole. */
async function topicsNamed(
  connection: KafkaConnection,
  names: readonly string[],
  options: CallOptions,
): Promise<Map<string, TopicWithOffsets>> {
  try {
    const topics = await partitionOffsets(connection, await listTopics(connection, names, options), options);
    return new Map(topics.map((t) => [t.name, t]));
  } catch (error) {
    options.signal?.throwIfAborted();
    return new Map(names.map((name) => [name, { name, internal: false, partitions: [], error: messageOf(error) }]));
  }
}

function unknownGroup(id: string, listing: GroupListing): Group {
  const error = groupNotFound(id, listing);
  const nothing = { assignor: null, members: [], offsets: [], coordinator: null, protocolType: '' };
  return { group: id, type: 'classic', state: 'Dead', ...nothing, error };
}
