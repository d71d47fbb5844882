import { expect, test } from 'vitest';
import type { ClusterClient, Group, Topic } from '../../core/kafka/clusterClient.ts';
import { ClusterFacts } from './clusterFacts.ts';
import { ClusterSession } from './clusterSession.ts';

const part = (partition: number) => ({ partition, leader: 1, replicas: [1], isr: [1] });
const orders: Topic = { name: 'orders', internal: false, partitions: [part(0), part(1)] };

/** P0 holds 10 … 99, P1 holds 0 … 49. */
async function session(groups: Group[], bootstrap = 'kafka:9092'): Promise<ClusterSession> {
  const client: ClusterClient = {
    describe: () => Promise.resolve({ clusterId: null, version: '4.1', brokers: [] }),
    controller: () => Promise.resolve(null),
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
    brokerVersions: () => Promise.resolve(new Map()),
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

test('names for completion', async () => {
  const connected = await session([shop([1, 1])]);
  const known = new ClusterFacts(() => [connected, connected]);
  expect([known.topics(), known.groups()]).toEqual([['orders'], ['shop']]);
});
