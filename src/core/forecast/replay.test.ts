import { describe, expect, it } from 'vitest';
import type { Group, TopicWithOffsets } from '../kafka/clusterClient.ts';
import type { ForecastCluster } from './facts.ts';
import { ReplayModel, startsOn } from './replay.ts';

const component = (name: string, broker: string, extra = '') => ({
  path: `${name}.yaml`,
  text: `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "${broker}"
  - name: authType
    value: "none"
${extra}scopes:
- app-${name}
---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: s-${name}
spec:
  pubsubname: ${name}
  topic: orders
  routes:
    default: /orders
`,
});
const files = [
  component('here', 'k:9092'),
  component('old', 'k:9092', '  - name: initialOffset\n    value: oldest\n'),
  component('there', 'x:9092'),
];

const orders: TopicWithOffsets = {
  name: 'orders',
  internal: false,
  partitions: [0, 1].map((partition) => ({
    partition,
    leader: 1,
    replicas: [1],
    isr: [1],
    logStart: 10,
    highWatermark: 100,
  })),
};
const group = (id: string): Group => ({
  group: id,
  type: 'classic',
  state: id === 'app-here' ? 'Empty' : 'Dead',
  protocolType: 'consumer',
  coordinator: 1,
  assignor: null,
  members: [],
  offsets:
    id === 'app-here'
      ? [{ topic: 'orders', partition: 1, committed: 40, logStart: 10, highWatermark: 100, lag: 60, gone: 0, ahead: 0 }]
      : [],
});

/** Counts what is asked of it. */
function fakeCluster(): ForecastCluster & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    topics: () => (asked.push('topics'), Promise.resolve([orders])),
    offsets: () => (asked.push('offsets'), Promise.resolve([orders])),
    describeGroups: (ids = []) => (asked.push(`groups ${ids.join(',')}`), Promise.resolve(ids.map(group))),
  };
}

describe('startsOn', () => {
  it('tells where each component of this cluster would start, by partition', async () => {
    const starts = await startsOn(files, fakeCluster(), 'orders', (brokers) => brokers.includes('k:9092'));
    expect(starts).toEqual([
      { component: 'here', group: 'app-here', offsets: { 0: 100, 1: 40 } },
      { component: 'old', group: 'app-old', offsets: { 0: 10, 1: 10 } },
    ]);
  });
});

describe('ReplayModel', () => {
  it('answers a what-if about a known group without asking the cluster', async () => {
    const cluster = fakeCluster();
    const model = new ReplayModel(files);
    const reader = { component: 'here', app: 'app-here' };
    const asIs = await model.replay(cluster, reader, {});
    expect(asIs.now.summary).toEqual({ backlog: 60, skipped: 90, gone: 0, replayed: 0 });
    expect(asIs.then).toBeUndefined();
    const before = cluster.asked.length;
    const oldest = await model.replay(cluster, reader, { initialOffset: 'oldest' });
    expect(oldest.then?.summary).toEqual({ backlog: 150, skipped: 0, gone: 0, replayed: 0 });
    expect(cluster.asked.length).toBe(before);
    const fresh = await model.replay(cluster, reader, { initialOffset: 'oldest', consumerGroup: 'fresh' });
    expect(fresh.then?.summary).toEqual({ backlog: 180, skipped: 0, gone: 0, replayed: 0 });
    expect(cluster.asked.length).toBe(before + 3);
  });

  it('lists the ways to a wish, with what a button may do', async () => {
    const model = new ReplayModel(files);
    const ways = await model.ways(fakeCluster(), { component: 'here', app: 'app-here' }, { kind: 'everything' });
    const actions = ways.flatMap((way) => way.steps.map((step) => step.action));
    expect(actions).toContainEqual({ kind: 'reset', group: 'app-here' });
    expect(actions).toContainEqual({ kind: 'read', topic: 'orders' });
    expect(actions.some((action) => action?.kind === 'try' && action.whatIf.initialOffset === 'oldest')).toBe(true);
    expect(ways.every((way) => way.title !== '' && way.steps.every((step) => step.text !== ''))).toBe(true);
  });

  it('says so when the component is no longer there', async () => {
    const model = new ReplayModel(files);
    await expect(model.replay(fakeCluster(), { component: 'gone', app: 'a' }, {})).rejects.toThrow(
      'gone is no longer in the files of this workspace.',
    );
  });
});
