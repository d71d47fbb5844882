import { expect, test } from 'vitest';
import {
  branch,
  client,
  everything,
  type Facts,
  group,
  offset,
  partition,
  profile,
  session,
  topic,
} from './explorerTree.fixture.ts';
import { ClusterSession } from './clusterSession.ts';
import { clusterNode } from './nodes/clusterNode.ts';
import type { TopicView } from './nodes/topicNodes.ts';

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
