import { expect, test } from 'vitest';
import {
  branch,
  client,
  everything,
  type Facts,
  partition,
  profile,
  rows,
  session,
  topic,
} from './explorerTree.fixture.ts';
import { ClusterSession } from './clusterSession.ts';
import { clusterNode } from './nodes/clusterNode.ts';

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

test('a cluster that something else than the tree has connected to, say a forecast, is shown as connected', async () => {
  let described = 0;
  let learned = (): void => undefined;
  const told = new Promise<void>((resolve) => (learned = resolve));
  const s = new ClusterSession(
    profile,
    () => {
      const made = client({});
      return Promise.resolve({ ...made, describe: () => (described++, made.describe()) });
    },
    () => learned(),
  );
  expect(clusterNode(s, everything)).toMatchObject({ context: 'cluster idle', icon: { codicon: 'circle-outline' } });
  await s.client();
  await s.client();
  await told;
  expect(clusterNode(s, everything)).toMatchObject({
    context: 'cluster connected',
    description: '4.1 · 2 brokers · PLAINTEXT',
    icon: { codicon: 'circle-filled' },
  });
  expect(described).toBe(1);
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

test('brokers: who controls them, and silence where the cluster does not tell', async () => {
  const shown = async (controller: number | string | null) => {
    const s = session({ controller });
    const rows = await branch(s, 'Brokers');
    const tooltip = clusterNode(s, everything)
      .tooltip?.split('\n')
      .filter((line) => line.startsWith('Controller'));
    return [...rows.filter((row) => /^ {2}Broker \d/.test(row)), ...(tooltip ?? [])];
  };
  const rows = (...ends: [string, string]) => [
    '  Broker 1 | b1:9092 · rack r1' + ends[0],
    '  Broker 2 | b2:9093' + ends[1],
  ];
  expect(await shown(1)).toEqual([...rows(' · controller', ''), 'Controller: broker 1']);
  expect(await shown(2)).toEqual([...rows('', ' · controller'), 'Controller: broker 2']);
  expect(await shown(3000)).toEqual([...rows('', ''), 'Controller: node 3000, which is not a broker']);
  expect(await shown(null)).toEqual(rows('', ''));
  expect(await shown('Broker 1 did not answer DescribeQuorum within 3 s.')).toEqual(rows('', ''));
});

test('a controller that nobody tells any more is shown no more', async () => {
  const facts: Facts = { controller: 2 };
  const s = session(facts);
  expect((await branch(s, 'Brokers')).join()).toContain('controller');
  facts.controller = 'Broker 1 did not answer DescribeQuorum within 3 s.';
  await s.refreshBrokers();
  expect((await branch(s, 'Brokers')).join()).not.toContain('controller');
});
