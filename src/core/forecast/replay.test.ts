import { describe, expect, it, vi } from 'vitest';
import type { Group, TopicWithOffsets } from '../kafka/clusterClient.ts';
import type { WhatIf } from '../../shared/replayPage.ts';
import type { ForecastCluster } from './facts.ts';
import { HISTORY_LASTS } from './history.ts';
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

const reading: Group = {
  ...group('app-here'),
  state: 'Stable',
  members: [
    { memberId: 'm', clientId: 'c-1', host: '10.0.0.5', assignment: [{ topic: 'orders', partitions: [1, 0] }] },
    { memberId: 'n', clientId: 'c-2', host: '10.0.0.6', assignment: [] },
  ],
};

const CREATES = {
  name: 'auto.create.topics.enable',
  value: 'false',
  readOnly: true,
  source: 'default',
  sensitive: false,
  documentation: null,
} as const;

/** Counts what is asked of it. */
function fakeCluster(groups: (id: string) => Group = group): ForecastCluster & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    topics: () => (asked.push('topics'), Promise.resolve([orders])),
    offsets: () => (asked.push('offsets'), Promise.resolve([orders])),
    describe: () => Promise.reject(new Error('nobody answers')),
    brokerVersions: () => Promise.resolve(new Map()),
    brokerSettings: (id) => (asked.push(`settings ${id}`), Promise.resolve([CREATES])),
    describeGroups: (ids = []) => (asked.push(`groups ${ids.join(',')}`), Promise.resolve(ids.map(groups))),
  };
}

describe('startsOn', () => {
  it('tells where each component of this cluster would start, by partition', async () => {
    const starts = await startsOn(new ReplayModel(files), fakeCluster(), 'orders', (brokers) =>
      brokers.includes('k:9092'),
    );
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
    // P1 was handled from 10 to 40 by the file's group: for the app that comes again.
    expect(fresh.then?.summary).toEqual({ backlog: 180, skipped: 0, gone: 0, replayed: 30 });
    expect(fresh.then?.handover).toBe('30 already handled by app-here, 0 handled by nobody, 30 twice');
    expect(cluster.asked.length).toBe(before + 3);
    const skipping = await model.replay(cluster, reader, { consumerGroup: 'fresh' });
    expect(skipping.then?.summary).toEqual({ backlog: 0, skipped: 180, gone: 0, replayed: 0 });
    expect(skipping.then?.handover).toBe('30 already handled by app-here, 150 handled by nobody, 0 twice');
    expect([asIs.now.handover, oldest.then?.handover]).toEqual([undefined, undefined]);
    expect(cluster.asked.length).toBe(before + 3);
  });

  it('says that a group of a new name has no commit, and shares nothing out of a topic that is not there', async () => {
    const model = new ReplayModel(files);
    const reader = { component: 'here', app: 'app-here' };
    const { then: uuid } = await model.replay(fakeCluster(), reader, { consumerGroup: '{uuid}' });
    expect(uuid?.topics[0]?.partitions.map(({ committed, rule }) => [committed, rule])).toEqual([
      ['none', 'F-17'],
      ['none', 'F-17'],
    ]);
    const { then: nowhere } = await model.replay(fakeCluster(), reader, { topic: 'nowhere' });
    expect([nowhere?.topics[0]?.partitions, nowhere?.sharing.shares]).toEqual([[], []]);
  });

  it('shows who reads, and how more instances would share the partitions, without asking', async () => {
    const cluster = fakeCluster(() => reading);
    const model = new ReplayModel(files);
    const reader = { component: 'here', app: 'app-here' };
    const { now } = await model.replay(cluster, reader, {});
    expect(now.members).toEqual([
      { clientId: 'c-1', host: '10.0.0.5', partitions: [{ topic: 'orders', partitions: [0, 1] }] },
      { clientId: 'c-2', host: '10.0.0.6', partitions: [] },
    ]);
    expect(now.sharing.instances).toBe(2);
    expect(now.notes).toEqual([
      'A restart in order repeats nothing: the message in hand is finished and committed. After a crash up to 2 messages in hand (one for each partition that is read) come again, and what was acknowledged in the last second.',
      'orders: P0 is being read, but nothing was committed there yet: should its first message keep failing, the next start with newest skips it and everything behind it (F-11).',
    ]);
    const before = cluster.asked.length;
    const { then } = await model.replay(cluster, reader, { instances: 3 });
    expect(then?.sharing).toEqual({
      instances: 3,
      assignor: 'range',
      groups: 'one',
      shares: [
        { count: 1, partitions: [{ topic: 'orders', partitions: [0] }] },
        { count: 1, partitions: [{ topic: 'orders', partitions: [1] }] },
        { count: 0, partitions: [] },
      ],
    });
    const own = await model.replay(cluster, reader, { consumerGroup: 'g-{uuid}', instances: 2 });
    expect(own.then?.sharing.shares.map((share) => share.count)).toEqual([2, 2]);
    expect(cluster.asked.length).toBe(before);
  });

  it('asks again for times and limits when they are old: ages and rates move on while a page stays open', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
    try {
      const asked: string[] = [];
      const told = <T>(what: string, answer: T) => (asked.push(what), Promise.resolve(answer));
      const cluster = {
        ...fakeCluster(),
        timePoints: () => told('times', new Map()),
        topicSettings: () => told('settings', []),
        brokerSettings: () => told('broker', [CREATES]),
        logDirectories: () => told('logs', []),
      };
      const reader = { component: 'here', app: 'app-here' };
      const first = new ReplayModel(files);
      expect((await first.replay(cluster, reader, {})).pending).toBe(true);
      await first.learnHistory(cluster, reader, {});
      expect((await first.replay(cluster, reader, {})).pending).toBe(false);
      const before = asked.length;
      vi.setSystemTime(1_000_000 + HISTORY_LASTS);
      const soon = first.again();
      expect((await soon.replay(cluster, reader, {})).pending).toBe(false);
      vi.setSystemTime(1_000_001 + HISTORY_LASTS);
      const later = soon.again();
      const { pending, now } = await later.replay(cluster, reader, {});
      // What was known stays until the answer is there.
      expect([pending, now.topics[0]?.downtime === undefined]).toEqual([true, false]);
      await later.learnHistory(cluster, reader, {});
      expect((await later.replay(cluster, reader, {})).pending).toBe(false);
      // All but the settings of the brokers.
      expect(asked.length).toBe(before + before - 1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('asks a broker for its settings once, and again only where it did not tell them', async () => {
    const cluster = fakeCluster();
    const { brokerSettings } = cluster;
    const reader = { component: 'here', app: 'app-here' };
    cluster.brokerSettings = () => Promise.reject(new Error('Broker 1 is down.'));
    const first = new ReplayModel(files);
    await first.replay(cluster, reader, {});
    cluster.brokerSettings = brokerSettings;
    const second = first.again();
    await second.replay(cluster, reader, {});
    await second.again().replay(cluster, reader, {});
    expect(cluster.asked.filter((what) => what.startsWith('settings'))).toEqual(['settings 1']);
  });

  it('tells a first start from one after the group was deleted: what was handled is not missed, or comes again', async () => {
    const cluster = fakeCluster();
    const model = new ReplayModel(files);
    const reader = { component: 'here', app: 'app-here' };
    const then = async (whatIf: WhatIf) => (await model.replay(cluster, reader, whatIf)).then;
    expect((await then({ moment: 'first-start' }))?.summary).toEqual({
      backlog: 0,
      skipped: 180,
      gone: 0,
      replayed: 0,
    });
    // P1 was handled from 10 to 40.
    const deleted = await then({ moment: 'group-deleted' });
    expect(deleted?.summary).toEqual({ backlog: 0, skipped: 150, gone: 0, replayed: 0 });
    expect(deleted?.topics[0]?.partitions[1]).toMatchObject({
      committed: 'none',
      first: 100,
      skipped: 60,
      rule: 'F-03',
      sentence: 'No commit any more, newest: starts at 100; of what came since the last commit, 60 never received.',
    });
    const oldest = await then({ moment: 'group-deleted', initialOffset: 'oldest' });
    expect(oldest?.summary).toEqual({ backlog: 180, skipped: 0, gone: 0, replayed: 30 });
    expect(oldest?.topics[0]?.partitions[1]?.sentence).toBe(
      'No commit any more, oldest: starts at 10; everything Kafka still keeps, 90, will be delivered, 30 of it handled before.',
    );
    expect(cluster.asked.length).toBe(4);
  });

  it('lists the ways to a wish, with what a button may do', async () => {
    const model = new ReplayModel(files);
    const ways = await model.ways(fakeCluster(), { component: 'here', app: 'app-here' }, { kind: 'everything' });
    const actions = ways.flatMap((way) => way.steps.flatMap((step) => step.actions));
    expect(actions).toContainEqual({ kind: 'reset', group: 'app-here', topics: ['orders'], to: { kind: 'earliest' } });
    expect(actions).toContainEqual({ kind: 'read', topic: 'orders', from: { kind: 'earliest' } });
    expect(actions).toContainEqual({ kind: 'edit', edit: { consumerGroup: 'app-here-v2', initialOffset: 'oldest' } });
    expect(actions).toContainEqual({ kind: 'try', whatIf: { consumerGroup: 'app-here-v2', initialOffset: 'oldest' } });
    expect(ways.every((way) => way.title !== '' && way.steps.every((step) => step.text !== ''))).toBe(true);
  });

  it('forecasts an input binding: its topics, its group or none, the path of its name', async () => {
    const binding = (items: string) => ({
      path: 'b.yaml',
      text: `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: inbox
spec:
  type: bindings.kafka
  version: v1
  metadata:
  - name: brokers
    value: "k:9092"
  - name: authType
    value: "none"
  - name: topics
    value: "orders"
${items}scopes:
- app
`,
    });
    const of = { component: 'inbox', app: 'app' };
    const item = (name: string, value: string) => `  - name: ${name}\n    value: "${value}"\n`;
    const named = new ReplayModel([binding(item('consumerGroup', 'app-here'))]);
    const { now } = await named.replay(fakeCluster(), of, {});
    expect([now.group, now.summary]).toEqual(['app-here', { backlog: 60, skipped: 90, gone: 0, replayed: 0 }]);
    expect(named.compare(of, {}, { reset: 'latest', autoCommit: false, seek: { kind: 'no' } }).rows[5]?.dapr[0]).toBe(
      'app.post("/inbox", (request, response) => {',
    );
    const ways = await named.ways(fakeCluster(), of, { kind: 'second-reader' });
    expect(ways[0]?.steps[1]?.text).toBe('Answer the path of the new binding in the second app.');
    const nameless = await new ReplayModel([binding('')]).replay(fakeCluster(), of, {});
    expect(nameless.now.topics[0]?.partitions[0]).toMatchObject({ first: null, rule: 'F-00' });
    expect(nameless.problems).toContain(
      'inbox: the binding has neither consumerGroup nor consumerID: its group is empty and nothing is delivered.',
    );
    const output = new ReplayModel([binding(item('consumerGroup', 'g') + item('direction', 'output'))]);
    expect((await output.replay(fakeCluster(), of, {})).now.topics).toEqual([]);
  });

  it('says which files were not read, once, beside what the others give', async () => {
    const skipped = ['huge.yaml is not read.', 'locked.yaml is not read.'];
    const model = new ReplayModel(files, {}, skipped);
    const [of] = model.readers();
    if (!of) throw new Error('nothing reads');
    const told = async (asked: ReplayModel, whatIf: WhatIf) =>
      (await asked.replay(fakeCluster(), of, whatIf)).problems.filter((problem) => problem.includes('not read'));
    expect(await told(model, {})).toEqual(skipped);
    expect(await told(model, { initialOffset: 'oldest' })).toEqual(skipped);
    expect(await told(model.again(), {})).toEqual(skipped);
  });

  it('tries the delivery by the protocol that the app speaks', async () => {
    const run = (protocol: string) => ({
      path: 'dapr.yaml',
      text: `version: 1\napps:\n- appID: app-here\n  appProtocol: ${protocol}\n`,
    });
    const http = async (...more: typeof files) => {
      const model = new ReplayModel([...files, ...more]);
      await model.replay(fakeCluster(), { component: 'here', app: 'app-here' }, {});
      return model.delivery({ component: 'here', app: 'app-here' }, {}, 'orders')?.http;
    };
    expect([await http(), await http(run('http')), await http(run('grpc'))]).toEqual([true, true, false]);
  });

  it('gives the file as an edit makes it', () => {
    const edit = { initialOffset: 'oldest', consumerGroup: 'g' };
    const { path, before, after } = new ReplayModel(files).edited({ component: 'here', app: 'app-here' }, edit);
    expect([path, before]).toEqual(['here.yaml', files[0]?.text]);
    expect(after).toBe(
      before.replace(
        'scopes:',
        '  - name: initialOffset\n    value: "oldest"\n  - name: consumerGroup\n    value: "g"\nscopes:',
      ),
    );
  });

  it('says so when the component is no longer there', async () => {
    const model = new ReplayModel(files);
    await expect(model.replay(fakeCluster(), { component: 'gone', app: 'a' }, {})).rejects.toThrow(
      'gone is no longer in the files of this workspace.',
    );
  });
});
