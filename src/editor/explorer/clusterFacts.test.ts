import { expect, test } from 'vitest';
import { readersOf } from '../../core/dapr/delivery/readers.ts';
import { createLinter } from '../../core/dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../../core/dapr/workspace.ts';
import type { ClusterClient, Group, Topic } from '../../core/kafka/clusterClient.ts';
import { ClusterFacts } from './clusterFacts.ts';
import { ClusterSession } from './clusterSession.ts';

const COMPONENT = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata: {name: pubsub}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - {name: brokers, value: "kafka:9092"}
  - {name: authType, value: none}
  - {name: consumerGroup, value: shop}
`;
const SUBSCRIPTION = `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata: {name: orders}
spec: {pubsubname: pubsub, topic: orders, routes: {default: /orders}}
`;

function reader() {
  const linter = createLinter(DEFAULT_LINT_OPTIONS);
  linter.set('components/pubsub.yaml', COMPONENT);
  linter.set('components/orders.yaml', SUBSCRIPTION);
  const found = readersOf(linter.workspace, { namespace: null })[0];
  if (!found) throw new Error('no reader');
  return found;
}

const part = (partition: number) => ({ partition, leader: 1, replicas: [1], isr: [1] });
const orders: Topic = { name: 'orders', internal: false, partitions: [part(0), part(1)] };

/** P0 holds 10 … 99, P1 holds 0 … 49. */
async function session(groups: Group[], bootstrap = 'kafka:9092'): Promise<ClusterSession> {
  const client: ClusterClient = {
    describe: () => Promise.resolve({ clusterId: null, controllerId: null, version: '4.1', brokers: [] }),
    topics: () => Promise.resolve([orders]),
    offsets: () =>
      Promise.resolve([
        {
          ...orders,
          partitions: [
            { ...part(0), logStart: 10, highWatermark: 100 },
            { ...part(1), logStart: 0, highWatermark: 50 },
          ],
        },
      ]),
    groups: () => Promise.resolve({ groups, errors: [] }),
    describeGroups: () => Promise.resolve(groups),
    groupsOfTopic: () => Promise.resolve([]),
    timePoints: () => Promise.resolve(new Map()),
    topicSettings: () => Promise.resolve([]),
    brokerSettings: () => Promise.resolve([]),
    topicSizes: () => Promise.resolve(new Map()),
    logDirectories: () => Promise.resolve([]),
    connection: undefined as never,
    close: () => Promise.resolve(),
  };
  const made = new ClusterSession(
    { id: 'c', name: 'local', bootstrap: [bootstrap] },
    () => Promise.resolve(client),
    () => undefined,
  );
  await Promise.all([made.description.load(), made.offsets.load(), made.groups.load(), made.groupListing.load()]);
  return made;
}
const facts = (sessions: ClusterSession[]) =>
  new ClusterFacts({
    sessions: () => sessions,
    matching: (brokers, profiles) => profiles.filter((p) => p.bootstrap.some((b) => brokers.includes(b))),
  });
const shop = (committed: (number | null)[]): Group => ({
  group: 'shop',
  type: 'classic',
  state: 'Empty',
  protocolType: 'consumer',
  coordinator: 1,
  assignor: null,
  members: [],
  offsets: committed.map((c, partition) => ({
    topic: 'orders',
    partition,
    committed: c,
    logStart: null,
    highWatermark: null,
    lag: null,
    gone: null,
    ahead: null,
  })),
});

test('a group that never committed starts at the newest: everything that is kept is never received', async () => {
  expect(facts([await session([])]).missed(reader())).toEqual({
    neverReceived: 140,
    topics: ['orders'],
    cluster: 'local',
  });
});

test('a commit on one partition leaves the other one', async () => {
  expect(facts([await session([shop([20, null])])]).missed(reader())?.neverReceived).toBe(50);
});

test('everything committed: nothing is missed', async () => {
  expect(facts([await session([shop([20, 50])])]).missed(reader())).toEqual({
    neverReceived: 0,
    topics: [],
    cluster: 'local',
  });
});

test('no answer where no cluster matches, or nothing was learned yet', async () => {
  expect(facts([await session([], 'other:9092')]).missed(reader())).toBeNull();
  const idle = new ClusterSession(
    { id: 'c', name: 'l', bootstrap: ['kafka:9092'] },
    () => Promise.reject(new Error('x')),
    () => undefined,
  );
  expect(facts([idle]).missed(reader())).toBeNull();
});

test('names for completion', async () => {
  const known = facts([await session([shop([1, 1])])]);
  expect([known.topics(), known.groups()]).toEqual([['orders'], ['shop']]);
});
