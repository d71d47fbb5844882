import type {
  ClusterClient,
  Group,
  GroupOffset,
  Topic,
  TopicPartition,
  TopicWithOffsets,
} from '../../core/kafka/clusterClient.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { TopicSize } from '../../core/kafka/topics/topicSizes.ts';
import type { Setting } from '../../core/kafka/topics/settings.ts';
import { ClusterSession } from './clusterSession.ts';
import { clusterNode } from './nodes/clusterNode.ts';
import type { ExplorerNode } from './nodes/node.ts';
import type { TopicView } from './nodes/topicNodes.ts';

// The explorer's tree over a client that answers from memory, for what a person reads in each state of a cluster.

export const profile: ClusterProfile = { id: 'c1', name: 'local', bootstrap: ['localhost:9092'] };
export const everything: TopicView = { matches: () => true, showInternal: false, favourites: new Set() };

export const partition = (n: number, more: Partial<TopicPartition> = {}): TopicPartition => ({
  partition: n,
  leader: 1,
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  ...more,
});
export const topic = (name: string, partitions: TopicPartition[], more: Partial<Topic> = {}): Topic => ({
  name,
  internal: false,
  partitions,
  ...more,
});
export const group = (id: string, more: Partial<Group> = {}): Group => ({
  group: id,
  type: 'classic',
  state: 'Empty',
  protocolType: 'consumer',
  coordinator: 1,
  assignor: null,
  members: [],
  offsets: [],
  ...more,
});
export const offset = (o: Partial<GroupOffset> & { topic: string; partition: number }): GroupOffset => ({
  committed: null,
  logStart: 0,
  highWatermark: 100,
  lag: null,
  gone: null,
  ahead: null,
  ...o,
});

const SETTINGS: Setting[] = [
  {
    name: 'cleanup.policy',
    value: 'delete',
    source: 'default',
    readOnly: false,
    sensitive: false,
    documentation: null,
  },
  {
    name: 'retention.ms',
    value: '1000',
    source: 'topic',
    readOnly: false,
    sensitive: false,
    documentation: 'How long.',
  },
];

/** What the cluster is made of; what is left out is empty. */
export interface Facts {
  topics?: Topic[];
  /** Why groups are not told about at the moment. */
  down?: () => Error | undefined;
  /** What the cluster says of a topic that is asked for by its name and is not in the list. */
  unlisted?: string;
  /** `topic/partition` -> [log start, high watermark] */
  logs?: Record<string, [number, number]>;
  /** What the brokers tell of their disks; a string: why they do not. */
  sizes?: Record<string, TopicSize> | string;
  groups?: Group[];
  /** The component files that read in each group. */
  componentFiles?: Record<string, string[]>;
  brokerErrors?: { broker: number; message: string }[];
  /** Node id of the active controller; a string: why nobody tells. */
  controller?: number | null | string;
}

export function client(facts: Facts): ClusterClient {
  const groups = facts.groups ?? [];
  const withOffsets = (t: Topic): TopicWithOffsets => ({
    ...t,
    partitions: t.partitions.map((p) => {
      const log = facts.logs?.[`${t.name}/${p.partition}`];
      return { ...p, logStart: log?.[0] ?? null, highWatermark: log?.[1] ?? null };
    }),
  });
  return {
    describe: () =>
      Promise.resolve({
        clusterId: 'x',
        version: '4.1',
        brokers: [
          { id: 1, host: 'b1', port: 9092, rack: 'r1' },
          { id: 2, host: 'b2', port: 9093, rack: null },
        ],
      }),
    controller: () =>
      typeof facts.controller === 'string'
        ? Promise.reject(new Error(facts.controller))
        : Promise.resolve(facts.controller ?? null),
    topics: (names) => {
      const listed = facts.topics ?? [];
      const error = facts.unlisted ?? 'does not exist';
      const named = (name: string): Topic =>
        listed.find((t) => t.name === name) ?? { name, internal: false, partitions: [], error };
      return Promise.resolve(names ? names.map(named) : listed);
    },
    offsets: (topics) => Promise.resolve(topics.map(withOffsets)),
    groups: () => Promise.resolve({ groups, errors: facts.brokerErrors ?? [] }),
    describeGroups: (ids) => {
      const down = facts.down?.();
      const named = (id: string): Group =>
        groups.find((g) => g.group === id) ?? group(id, { state: 'Dead', error: `Group ${id} does not exist.` });
      return down ? Promise.reject(down) : Promise.resolve(ids ? ids.map(named) : [...groups]);
    },
    groupsOfTopic: () => Promise.resolve([]),
    timePoints: () => Promise.resolve(new Map()),
    topicSettings: () => Promise.resolve(SETTINGS),
    brokerSettings: () => Promise.resolve([]),
    brokerVersions: () => Promise.resolve(new Map()),
    topicSizes: () =>
      typeof facts.sizes === 'string'
        ? Promise.reject(new Error(facts.sizes))
        : Promise.resolve(new Map(Object.entries(facts.sizes ?? {}))),
    logDirectories: () => Promise.resolve([]),
    connection: undefined as never,
    close: () => Promise.resolve(),
  };
}

export function session(facts: Facts): ClusterSession {
  return new ClusterSession(
    profile,
    () => Promise.resolve(client(facts)),
    () => undefined,
    (group) => facts.componentFiles?.[group] ?? [],
  );
}

/** Rows as `label | description`, children indented; waits for what fills in later by reading the branch twice. */
export async function rows(nodes: readonly ExplorerNode[], depth = 0): Promise<string[]> {
  const lines: string[] = [];
  for (const node of nodes) {
    lines.push(`${'  '.repeat(depth)}${node.label}${node.description ? ` | ${node.description}` : ''}`);
    lines.push(...(await rows((await node.children?.()) ?? [], depth + 1)));
  }
  return lines;
}

/** The rows of one branch of the cluster, such as `Topics`. */
export async function branch(s: ClusterSession, name: string, view = everything): Promise<string[]> {
  const load = async () => (await clusterNode(s, view).children?.()) ?? [];
  await rows(await load());
  return rows((await load()).filter((n) => n.label === name));
}
