import { expect, test } from 'vitest';
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

// The tree's rows over a client that answers from memory: what a person reads in each state of a cluster.

const profile: ClusterProfile = { id: 'c1', name: 'local', bootstrap: ['localhost:9092'] };
const everything: TopicView = { matches: () => true, showInternal: false, favourites: new Set() };

const partition = (n: number, more: Partial<TopicPartition> = {}): TopicPartition => ({
  partition: n,
  leader: 1,
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  ...more,
});
const topic = (name: string, partitions: TopicPartition[], more: Partial<Topic> = {}): Topic => ({
  name,
  internal: false,
  partitions,
  ...more,
});
const group = (id: string, more: Partial<Group> = {}): Group => ({
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
const offset = (o: Partial<GroupOffset> & { topic: string; partition: number }): GroupOffset => ({
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

interface Facts {
  topics?: Topic[];
  /** `topic/partition` -> [log start, high watermark] */
  logs?: Record<string, [number, number]>;
  /** What the brokers tell of their disks; a string: why they do not. */
  sizes?: Record<string, TopicSize> | string;
  groups?: Group[];
  brokerErrors?: { broker: number; message: string }[];
}

function client(facts: Facts): ClusterClient {
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
        controllerId: 1,
        version: '4.1',
        brokers: [
          { id: 1, host: 'b1', port: 9092, rack: 'r1' },
          { id: 2, host: 'b2', port: 9093, rack: null },
        ],
      }),
    topics: () => Promise.resolve(facts.topics ?? []),
    offsets: (topics) => Promise.resolve(topics.map(withOffsets)),
    groups: () => Promise.resolve({ groups, errors: facts.brokerErrors ?? [] }),
    describeGroups: () => Promise.resolve(groups),
    groupsOfTopic: () => Promise.resolve([]),
    timePoints: () => Promise.resolve(new Map()),
    topicSettings: () => Promise.resolve(SETTINGS),
    brokerSettings: () => Promise.resolve([]),
    topicSizes: () =>
      typeof facts.sizes === 'string'
        ? Promise.reject(new Error(facts.sizes))
        : Promise.resolve(new Map(Object.entries(facts.sizes ?? {}))),
    logDirectories: () => Promise.resolve([]),
    connection: undefined as never,
    close: () => Promise.resolve(),
  };
}

function session(facts: Facts): ClusterSession {
  return new ClusterSession(
    profile,
    () => Promise.resolve(client(facts)),
    () => undefined,
  );
}

/** Rows as `label | description`, children indented; waits for what fills in later by reading the branch twice. */
async function rows(nodes: readonly ExplorerNode[], depth = 0): Promise<string[]> {
  const lines: string[] = [];
  for (const node of nodes) {
    lines.push(`${'  '.repeat(depth)}${node.label}${node.description ? ` | ${node.description}` : ''}`);
    lines.push(...(await rows((await node.children?.()) ?? [], depth + 1)));
  }
  return lines;
}

async function branch(s: ClusterSession, name: string, view = everything): Promise<string[]> {
  const load = async () => (await clusterNode(s, view).children?.()) ?? [];
  await rows(await load());
  return rows((await load()).filter((n) => n.label === name));
}

test('topics: counts, positions, health and readers', async () => {
  const facts: Facts = {
    topics: [
      topic('orders', [partition(0), partition(1, { leader: 2, isr: [2, 3] })]),
      topic('empty', [partition(0)]),
      topic('dead', [partition(0, { leader: null, isr: [], error: 'No leader.' })]),
      topic('__consumer_offsets', [partition(0)], { internal: true }),
    ],
    logs: { 'orders/0': [0, 4120], 'orders/1': [310, 4467], 'empty/0': [7, 7] },
    groups: [
      group('billing', {
        offsets: [
          offset({ topic: 'orders', partition: 0, committed: 4000, highWatermark: 4120, lag: 120, gone: 0, ahead: 0 }),
          offset({ topic: 'orders', partition: 1, highWatermark: 4467, logStart: 310 }),
        ],
      }),
    ],
  };
  expect(await branch(session(facts), 'Topics')).toEqual([
    'Topics | 3 · hides 1 internal',
    '  orders | 2 partitions · 8,277 messages · 1 group · 1 partition under-replicated',
    '    Partitions | 2',
    '      P0 | 0 … 4,119, next 4,120 · leader 1 · isr 1,2,3',
    '      P1 | 310 … 4,466, next 4,467 · leader 2 · isr 2,3 · under-replicated',
    '    Read by | 1',
    '      billing | lag 120 on P0 · P1 never committed · nobody reading',
    '        P0 | committed 4,000 of 4,120 · lag 120 · nobody reading',
    '        P1 | committed: none (never committed), log ends at 4,467 · nobody reading',
    '    Configuration | 1 set',
    '      retention.ms | 1000 · set on the topic',
    '      cleanup.policy | delete · default',
    '  empty | 1 partition · 0 messages · 0 groups',
    '    Partitions | 1',
    '      P0 | empty, next 7 · leader 1 · isr 1,2,3',
    '    Read by | 0',
    '    Configuration | 1 set',
    '      retention.ms | 1000 · set on the topic',
    '      cleanup.policy | delete · default',
    '  dead | 1 partition · 0 groups · 1 partition without a leader',
    '    Partitions | 1',
    '      P0 | no leader · isr none · under-replicated · No leader.',
    '    Read by | 0',
    '    Configuration | 1 set',
    '      retention.ms | 1000 · set on the topic',
    '      cleanup.policy | delete · default',
  ]);
});

test('sizes on disk: of the data, of all replicas, and why not', async () => {
  const topics = ['both', 'leaders', 'neither', 'small'].map((name) => topic(name, [partition(0)]));
  const disk = async (s: ClusterSession) => {
    await branch(s, 'Topics');
    const nodes = (await clusterNode(s, everything).children?.()) ?? [];
    const shown = (await nodes.find((n) => n.label === 'Topics')?.children?.()) ?? [];
    return shown.map((n) => [
      n.description,
      n.tooltip
        ?.split('\n')
        .filter((line) => line.startsWith('On disk'))
        .join(),
    ]);
  };
  const down = 'Nothing listens on b3:9092. Is the broker running?';
  const told = session({
    topics,
    sizes: {
      both: { leaders: 1_572_864, replicas: 4_718_593 },
      leaders: { leaders: 2048, replicas: null, error: down },
      neither: { leaders: null, replicas: null, error: down },
      small: { leaders: 0, replicas: 0 },
    },
  });
  expect(await disk(told)).toEqual([
    [
      '1 partition · 0 groups · 1.5 MiB',
      'On disk: 1.5 MiB (1,572,864 bytes); with all replicas 4.5 MiB (4,718,593 bytes).',
    ],
    ['1 partition · 0 groups · 2 KiB', `On disk: 2 KiB (2,048 bytes); with all replicas unknown. ${down}`],
    ['1 partition · 0 groups', `On disk: unknown. ${down}`],
    ['1 partition · 0 groups · 0 B', 'On disk: 0 B; with all replicas 0 B.'],
  ]);
  const refused = session({
    topics: topics.slice(0, 1),
    sizes: 'Not allowed. Ask for the right Describe on the cluster.',
  });
  expect(await disk(refused)).toEqual([
    ['1 partition · 0 groups', 'On disk: unknown. Not allowed. Ask for the right Describe on the cluster.'],
  ]);
});

test('sizes that are refused are asked for again by the person only, not in every round', async () => {
  let asked = 0;
  const facts: Facts = { topics: [topic('orders', [partition(0)])] };
  const s = new ClusterSession(
    profile,
    () =>
      Promise.resolve({
        ...client(facts),
        topicSizes: () => (asked++ === 0 ? Promise.reject(new Error('Not allowed.')) : Promise.resolve(new Map())),
      }),
    () => undefined,
  );
  await branch(s, 'Topics');
  await s.refreshTopics();
  expect(asked).toBe(1);
  await s.refresh();
  await s.refreshTopics();
  expect(asked).toBe(3);
});

test('groups: type, state, members, and every way an offset can be odd', async () => {
  const facts: Facts = {
    groups: [
      group('shop', {
        type: 'consumer',
        state: 'Stable',
        members: [
          { memberId: 'm1', clientId: 'C1', host: '/10.0.0.1', assignment: [{ topic: 'orders', partitions: [2, 0] }] },
          { memberId: 'm2', clientId: 'C2', host: '/10.0.0.2', assignment: [] },
        ],
        offsets: [offset({ topic: 'orders', partition: 0, committed: 100, lag: 0, gone: 0, ahead: 0 })],
      }),
      group('legacy', {
        offsets: [
          offset({
            topic: 'old',
            partition: 0,
            committed: 90,
            logStart: 300,
            highWatermark: 420,
            lag: 120,
            gone: 210,
            ahead: 0,
          }),
          offset({ topic: 'remade', partition: 0, committed: 500, highWatermark: 10, lag: 0, gone: 0, ahead: 490 }),
          offset({ topic: 'lost', partition: 3, committed: 5, highWatermark: null, error: 'The topic was deleted.' }),
        ],
      }),
    ],
    brokerErrors: [{ broker: 2, message: 'Broker 2 did not answer within 10 s. Its groups are missing here.' }],
  };
  expect(await branch(session(facts), 'Consumer groups')).toEqual([
    'Consumer groups | 2',
    '  Broker 2 did not answer within 10 s. | Its groups are missing here.',
    '  shop | running · new protocol (KIP-848) · 2 members · lag 0',
    '    Members | 2',
    '      C1 | orders P0, P2 · /10.0.0.1',
    '      C2 | idle: no partition assigned · /10.0.0.2',
    '    orders | lag 0',
    '      P0 | committed 100 of 100 · lag 0 · read by C1',
    '  legacy | nobody reading · lag 120 on P0 · 210 already deleted by Kafka before it read them · P0 ahead of the log · P3 unknown',
    '    Members | nobody reading',
    '    lost | P3 unknown',
    '      P3 | The topic was deleted. · nobody reading',
    '    old | lag 120 on P0 · 210 already deleted by Kafka before it read them',
    '      P0 | committed 90 of 420 · lag 120 · expired: 210 already deleted by Kafka · nobody reading',
    '    remade | lag 0 · P0 ahead of the log',
    '      P0 | committed 500 of 10 · lag 0 · 490 ahead of the end of the log · nobody reading',
  ]);
});

test('a cluster that cannot be reached is one row with cause and next step, and is tried again on refresh', async () => {
  let reachable = false;
  let attempts = 0;
  const s = new ClusterSession(
    profile,
    () => {
      attempts++;
      return reachable
        ? Promise.resolve(client({}))
        : Promise.reject(new Error('Nobody listens on localhost:9092. Start the broker or correct the port.'));
    },
    () => undefined,
  );
  expect(await rows([clusterNode(s, everything)])).toEqual([
    'local',
    '  Nobody listens on localhost:9092. | Start the broker or correct the port.',
  ]);
  const failed = clusterNode(s, everything);
  expect(failed.context).toBe('cluster failed');
  expect(failed.description).toBe('Nobody listens on localhost:9092. Start the broker or correct the port.');
  await s.refresh();
  expect(attempts).toBe(2);
  reachable = true;
  await s.refresh();
  expect(clusterNode(s, everything).description).toBe('4.1 · 2 brokers · PLAINTEXT');
});

test('what was known stays while a later answer fails', async () => {
  const facts: Facts = { topics: [topic('orders', [partition(0)])], logs: { 'orders/0': [0, 5] } };
  const working = client(facts);
  let fail = false;
  const s = new ClusterSession(
    profile,
    () =>
      Promise.resolve({
        ...working,
        offsets: (topics) =>
          fail ? Promise.reject(new Error('Timed out after 30 s. Try again.')) : working.offsets(topics),
      }),
    () => undefined,
  );
  await branch(s, 'Topics');
  fail = true;
  await s.refresh();
  expect((await branch(s, 'Topics')).slice(0, 3)).toEqual([
    'Topics | 1',
    '  Timed out after 30 s. | Try again.',
    '  orders | 1 partition · 5 messages · 0 groups',
  ]);
});

test('a session that is closed cancels what it waits for', async () => {
  let seen: AbortSignal | undefined;
  const s = new ClusterSession(
    profile,
    (_profile, signal) =>
      new Promise((_resolve, reject) => {
        seen = signal;
        signal.addEventListener('abort', () => reject(new Error('Cancelled.')));
      }),
    () => undefined,
  );
  const loading = s.description.load();
  await s.close();
  await loading;
  expect(seen?.aborted).toBe(true);
  expect(s.description.error).toBe('Cancelled.');
});

test('favourites come first; the filter and the toggle decide what else is there', async () => {
  const topics = [
    topic('a-orders', [partition(0)]),
    topic('b', [partition(0)]),
    topic('_x-orders', [], { internal: true }),
  ];
  const labels = async (view: Partial<TopicView>) => {
    const s = session({ topics });
    const nodes = (await clusterNode(s, { ...everything, ...view }).children?.()) ?? [];
    const folder = nodes.find((n) => n.context.startsWith('topics'));
    return (await folder?.children?.())?.map((n) => n.label);
  };
  expect(await labels({ favourites: new Set(['b']) })).toEqual(['b', 'a-orders']);
  expect(await labels({ matches: (n) => n.includes('orders') })).toEqual(['a-orders']);
  expect(await labels({ showInternal: true })).toEqual(['a-orders', 'b', '_x-orders']);
});

test('10,000 topics fold into folders; ids are unique and survive a refresh', async () => {
  const topics = Array.from({ length: 10_000 }, (_, i) => topic(`t${String(i).padStart(5, '0')}`, [partition(0)]));
  const s = session({ topics });
  const read = async () => {
    const nodes = (await clusterNode(s, everything).children?.()) ?? [];
    const folder = nodes.find((n) => n.context === 'topics');
    return (await folder?.children?.()) ?? [];
  };
  const folders = await read();
  expect(folders.length).toBe(50);
  expect(folders[0]?.label).toBe('t00000 … t00199');
  const leaves = (await Promise.all(folders.map(async (f) => f.children?.()))).flatMap((x) => x ?? []);
  expect(new Set(leaves.map((n) => n.id)).size).toBe(10_000);
  await s.refresh();
  expect((await read()).map((n) => n.id)).toEqual(folders.map((n) => n.id));
});
