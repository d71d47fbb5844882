import { describe, expect, it } from 'vitest';
import type { ClusterDescription, Group, Topic, TopicWithOffsets } from '../kafka/clusterClient.ts';
import type { Setting } from '../kafka/topics/settings.ts';
import { failures, forecast, type ForecastCluster, type ForecastInput } from './forecast.ts';

const component = (items: Record<string, string> = {}, name = 'kafka-pubsub') =>
  [
    'apiVersion: dapr.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  type: pubsub.kafka',
    '  version: v1',
    '  metadata:',
    ...Object.entries({ brokers: 'localhost:9092', authType: 'none', ...items }).flatMap(([k, v]) => [
      `  - name: ${k}`,
      `    value: "${v}"`,
    ]),
    '',
  ].join('\n');
const subscription = (topic: string, pubsub = 'kafka-pubsub') =>
  `apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: s-${topic}\nspec:\n  pubsubname: ${pubsub}\n  topic: ${topic}\n  routes:\n    default: /${topic}\n`;

/** Topics as [logStart, highWatermark] per partition; commits per group and topic. Counts what it is asked. */
class FakeCluster implements ForecastCluster {
  requests: string[] = [];
  settings: Record<string, string> = {};
  lowestFetch = 4;
  readonly logs: Record<string, [number, number][]>;
  readonly commits: Record<string, Record<string, (number | null)[]>>;
  readonly members: Record<string, Group['members']>;
  constructor(logs: FakeCluster['logs'], commits: FakeCluster['commits'] = {}, members: FakeCluster['members'] = {}) {
    this.logs = logs;
    this.commits = commits;
    this.members = members;
  }
  topics(names: readonly string[] = []): Promise<Topic[]> {
    this.requests.push(`topics ${names.join(',')}`);
    return Promise.resolve(
      names.map((name) => ({
        name,
        internal: false,
        partitions: (this.logs[name] ?? []).map((_, partition) => ({ partition, leader: 1, replicas: [1], isr: [1] })),
        ...(this.logs[name] === undefined ? { error: 'does not exist.', missing: true } : {}),
      })),
    );
  }
  offsets(topics: readonly Topic[]): Promise<TopicWithOffsets[]> {
    this.requests.push(`offsets ${topics.map((t) => t.name).join(',')}`);
    return Promise.resolve(
      topics.map((t) => ({
        ...t,
        partitions: t.partitions.map((p) => ({
          ...p,
          logStart: this.logs[t.name]?.[p.partition]?.[0] ?? null,
          highWatermark: this.logs[t.name]?.[p.partition]?.[1] ?? null,
        })),
      })),
    );
  }
  describe(): Promise<ClusterDescription> {
    return Promise.reject(new Error('nobody answers'));
  }
  brokerSettings(id: number): Promise<Setting[]> {
    this.requests.push(`settings ${id}`);
    const rest = { readOnly: true, source: 'default', sensitive: false, documentation: null } as const;
    return Promise.resolve(Object.entries(this.settings).map(([name, value]) => ({ name, value, ...rest })));
  }
  brokerVersions() {
    return Promise.resolve(new Map([[1, { min: this.lowestFetch, max: 17 }]]));
  }
  describeGroups(ids: readonly string[] = []): Promise<Group[]> {
    this.requests.push(`groups ${ids.join(',')}`);
    return Promise.resolve(
      ids.map((group) => {
        const commits = this.commits[group];
        return {
          group,
          type: 'classic' as const,
          state: commits === undefined ? 'Dead' : 'Empty',
          protocolType: 'consumer',
          coordinator: 1,
          assignor: null,
          members: this.members[group] ?? [],
          offsets: Object.entries(commits ?? {}).flatMap(([topic, list]) =>
            list.map((committed, partition) => ({
              topic,
              partition,
              committed,
              logStart: null,
              highWatermark: null,
              lag: null,
              gone: null,
              ahead: null,
            })),
          ),
          ...(commits === undefined ? { error: 'does not exist' } : {}),
        };
      }),
    );
  }
}

const run = (files: string[], cluster: ForecastCluster | null, options: ForecastInput['options'] = {}) =>
  forecast({ files: files.map((text, i) => ({ path: `f${i}.yaml`, text })), cluster, options });

describe('forecast', () => {
  const orders = () =>
    new FakeCluster(
      {
        orders: [
          [0, 4120],
          [310, 4467],
          [0, 4253],
        ],
      },
      { 'orders-api': { orders: [null, null, 2100] } },
    );

  it('joins a component, its subscription and the group of its app id', async () => {
    const cluster = orders();
    const result = await run([component(), subscription('orders')], cluster, { appId: 'orders-api' });
    expect(result).toEqual({
      components: [
        {
          name: 'kafka-pubsub',
          app: 'orders-api',
          file: 'f0.yaml',
          line: 1,
          group: 'orders-api',
          groupSource: 'appId',
          initialOffset: 'newest',
          topics: [
            {
              topic: 'orders',
              brokerTopic: 'orders',
              partitions: [
                {
                  partition: 0,
                  logStart: 0,
                  highWatermark: 4120,
                  committed: null,
                  first: 4120,
                  backlog: 0,
                  skipped: 4120,
                  gone: 0,
                  replayed: 0,
                  rule: 'F-03',
                },
                {
                  partition: 1,
                  logStart: 310,
                  highWatermark: 4467,
                  committed: null,
                  first: 4467,
                  backlog: 0,
                  skipped: 4157,
                  gone: 0,
                  replayed: 0,
                  rule: 'F-03',
                },
                {
                  partition: 2,
                  logStart: 0,
                  highWatermark: 4253,
                  committed: 2100,
                  first: 2100,
                  backlog: 2153,
                  skipped: 0,
                  gone: 0,
                  replayed: 0,
                  rule: 'F-01',
                },
              ],
              summary: { backlog: 2153, skipped: 8277, gone: 0, replayed: 0 },
            },
          ],
        },
      ],
      problems: [],
      notStarting: [],
      unreadable: [],
      partly: false,
    });
    expect(cluster.requests).toEqual(['topics orders', 'groups orders-api', 'offsets orders', 'settings 1']);
  });

  it('asks three rounds, and one broker for its settings, for any number of components and topics', async () => {
    const logs = Object.fromEntries(
      Array.from({ length: 5 }, (_, t) => [`t${t}`, Array.from({ length: 12 }, (): [number, number] => [0, 10])]),
    );
    const cluster = new FakeCluster(logs);
    const files = Array.from({ length: 50 }, (_, c) =>
      [component({}, `c${c}`), ...Object.keys(logs).map((t) => subscription(t, `c${c}`))].join('---\n'),
    );
    const result = await run(files, cluster, { appId: 'app' });
    expect(result.components).toHaveLength(50);
    expect(result.components.every((c) => c.topics.length === 5)).toBe(true);
    expect(cluster.requests.map((r) => r.split(' ')[0])).toEqual(['topics', 'groups', 'offsets', 'settings']);
  });

  /** Of the first topic the partitions that have messages, what is said, and what closes a gate. */
  const told = (result: Awaited<ReturnType<typeof run>>) => {
    const [p0, , p2] = result.components[0]?.topics[0]?.partitions ?? [];
    return { p0, p2, problems: result.problems.map(({ message }) => message), closed: failures(result, ['gone']) };
  };

  it('delivers nothing of a component that Kafka does not let join, or that waits for a topic', async () => {
    const limits = { 'group.min.session.timeout.ms': '6000', 'group.max.session.timeout.ms': '1800000' };
    const timeout = async (value: string) => {
      const cluster = orders();
      cluster.settings = limits;
      const result = await run([component({ sessionTimeout: value }), subscription('orders')], cluster, {
        appId: 'orders-api',
      });
      return told(result);
    };
    const refused = await timeout('5s');
    expect(refused.p0).toMatchObject({ first: null, backlog: 0, skipped: 4120, replayed: 0, rule: 'F-18' });
    expect(refused.p2).toMatchObject({ first: null, backlog: 0, skipped: 2153, rule: 'F-18', committed: 2100 });
    expect(refused.problems).toEqual([
      'Group orders-api: Kafka refuses the join (another assignor or protocol, or sessionTimeout), and nothing is delivered (F-18). sessionTimeout is 5s, and the brokers allow 6s to 30m (group.min.session.timeout.ms, group.max.session.timeout.ms).',
    ]);
    expect(refused.closed).toEqual([
      'kafka-pubsub (orders-api): Kafka refuses the join, and nothing would be delivered (F-18).',
    ]);
    // A bare number is seconds.
    expect((await timeout('30000')).problems[0]).toContain('sessionTimeout is 8h20m, and');
    expect((await timeout('31m')).p0?.rule).toBe('F-18');
    for (const allowed of ['6s', '30m', '6'])
      expect(await timeout(allowed)).toMatchObject({ p2: { rule: 'F-01', backlog: 2153 }, problems: [], closed: [] });

    const missing = async (creates: string) => {
      const cluster = orders();
      cluster.settings = { 'auto.create.topics.enable': creates };
      const files = [component(), `${subscription('orders')}---\n${subscription('absent')}`];
      const result = await run(files, cluster, { appId: 'orders-api' });
      return {
        p2: result.components[0]?.topics[0]?.partitions[2],
        message: result.problems[0]?.message,
        closed: failures(result, ['gone']),
      };
    };
    expect(await missing('false')).toMatchObject({
      p2: { first: null, backlog: 0, skipped: 2153, rule: 'F-19' },
      message:
        'Topic absent: does not exist. The brokers create no topics: nothing is delivered for any topic of this component until it exists (F-19).',
      closed: [
        'kafka-pubsub (orders-api): a topic is not there, and nothing would be delivered of any (F-19).',
        'kafka-pubsub (orders-api), topic absent: gone is not known.',
      ],
    });
    expect(await missing('true')).toMatchObject({
      p2: { first: 2100, rule: 'F-01' },
      message:
        'Topic absent: does not exist. The brokers create it when the component starts; what is written to it before is not received with newest.',
      closed: ['kafka-pubsub (orders-api), topic absent: gone is not known.'],
    });
  });

  it('answers "what if"', async () => {
    const oldest = await run([component(), subscription('orders')], orders(), {
      appId: 'orders-api',
      set: { initialOffset: 'oldest' },
    });
    expect(oldest.components[0]?.topics[0]?.summary).toEqual({
      backlog: 4120 + 4157 + 2153,
      skipped: 0,
      gone: 0,
      replayed: 0,
    });
    const group = await run([component(), subscription('orders')], orders(), {
      appId: 'orders-api',
      set: { consumerGroup: 'fresh' },
    });
    expect(group.components[0]).toMatchObject({ group: 'fresh', groupSource: 'consumerGroup' });
    expect(group.components[0]?.topics[0]?.partitions.map((p) => p.rule)).toEqual(['F-02', 'F-02', 'F-02']);
    const invalid = await run([component(), subscription('orders')], orders(), {
      appId: 'orders-api',
      set: { initialOffset: 'earliest' },
    });
    expect(invalid.components[0]?.topics[0]?.partitions.map((p) => [p.rule, p.first])).toEqual([
      ['F-00', null],
      ['F-00', null],
      ['F-00', null],
    ]);
  });

  it('delivers nothing where the brokers no longer serve what `version` makes Dapr ask', async () => {
    const asked = async (items: Record<string, string>, lowestFetch: number) => {
      const cluster = orders();
      cluster.lowestFetch = lowestFetch;
      return told(await run([component(items), subscription('orders')], cluster, { appId: 'orders-api' }));
    };
    const refused = await asked({ version: '0.10.2.0' }, 4);
    expect(refused.p0).toMatchObject({ first: null, backlog: 0, skipped: 4120, replayed: 0, rule: 'F-25' });
    expect(refused.p2).toMatchObject({ first: null, backlog: 0, skipped: 2153, rule: 'F-25', committed: 2100 });
    expect(refused.problems).toEqual([
      'kafka-pubsub: The brokers no longer serve what the component’s version makes Dapr ask: it joins its group, takes its share of the partitions and receives nothing, without an error in its log (F-25). version is 0.10.2.0: Dapr asks with Fetch version 3, and the brokers serve it from version 4 on. Set version to 2.0.0 or newer.',
    ]);
    expect(refused.closed).toEqual([
      'kafka-pubsub (orders-api): Kafka refuses what Dapr asks, and nothing would be delivered (F-25).',
    ]);
    expect((await asked({ VERSION: '0.10.2.0' }, 4)).p2?.rule).toBe('F-25');
    // Kafka 3 serves it still; 0.11 on asks with more; nothing, as 2.0.0, asks with 8.
    const served = { p2: { rule: 'F-01', backlog: 2153 }, problems: [], closed: [] };
    expect(await asked({ version: '0.10.2.0' }, 0)).toMatchObject(served);
    expect(await asked({ version: '0.11.0.0' }, 5)).toMatchObject(served);
    expect((await asked({ version: '0.11.0.3' }, 6)).problems[0]).toContain('Fetch version 5, and the brokers serve');
    expect(await asked({}, 8)).toMatchObject(served);
    expect((await asked({ version: '' }, 9)).problems[0]).toContain('version is 2.0.0: Dapr asks with Fetch version 8');
    expect(await asked({ version: '10.1.0' }, 11)).toMatchObject(served);
  });

  it('takes apps from dapr.yaml and topics from the command', async () => {
    const runFile =
      'version: 1\ncommon:\n  resourcesPath: ./\napps:\n- appID: a\n  appDirPath: ./a\n- appID: b\n  appDirPath: ./b\n';
    const result = await run([component(), runFile], new FakeCluster({ x: [[0, 1]] }), { topics: ['x'] });
    expect(result.components.map((c) => [c.app, c.group, c.topics.map((t) => t.topic)])).toEqual([
      ['a', 'a', ['x']],
      ['b', 'b', ['x']],
    ]);
  });

  it('names the topic that {namespace} makes of it', async () => {
    const result = await run(
      [component({ consumerGroup: '{namespace}' }), subscription('orders')],
      new FakeCluster({ 'team-aorders': [[0, 3]], orders: [[0, 9]] }),
      {
        appId: 'app',
        namespace: 'team-a',
      },
    );
    expect(result.components[0]).toMatchObject({
      group: 'team-a.app',
      topics: [{ topic: 'orders', brokerTopic: 'team-aorders', summary: { skipped: 3 } }],
    });
  });

  it('knows that {uuid} has no history and says that other groups are unknown', async () => {
    const files = (group: string) => [
      component({ consumerGroup: group, initialOffset: 'oldest' }),
      subscription('orders'),
    ];
    const uuid = await run(files('x-{uuid}'), orders(), { appId: 'app' });
    expect(uuid.components[0]).toMatchObject({ group: null, groupSource: 'unknown' });
    expect(uuid.components[0]?.topics[0]?.partitions[2]).toMatchObject({
      rule: 'F-17',
      first: 0,
      backlog: 4253,
      replayed: 4253,
    });
    const pod = await run(files('{podName}'), orders(), { appId: 'app' });
    expect(pod.components[0]?.topics[0]?.partitions[2]).toMatchObject({
      rule: null,
      first: null,
      skipped: null,
      logStart: 0,
      highWatermark: 4253,
    });
    expect(pod.problems.map((p) => p.message)).toContain(
      'kafka-pubsub: the group {podName} depends on the pod and is not known here.',
    );
  });

  it('counts a handover from the predecessor', async () => {
    const cluster = new FakeCluster({ orders: [[0, 12_430]] }, { 'orders-old': { orders: [12_300] } });
    const was = await run([component(), subscription('orders')], cluster, { appId: 'orders-new', was: 'orders-old' });
    expect(was.components[0]?.topics[0]?.partitions[0]?.handover).toEqual({
      handledBefore: 12_300,
      handledByNobody: 130,
      twice: 0,
    });
    const base = await forecast({
      files: [
        { path: 'a.yaml', text: component({ consumerGroup: 'orders-new', initialOffset: 'oldest' }) },
        { path: 's.yaml', text: subscription('orders') },
      ],
      cluster,
      options: { appId: 'app', baseFiles: [{ path: 'a.yaml', text: component({ consumerGroup: 'orders-old' }) }] },
    });
    expect(base.components[0]?.topics[0]?.partitions[0]?.handover).toEqual({
      handledBefore: 12_300,
      handledByNobody: 0,
      twice: 12_300,
    });
    expect(failures(base, ['skipped'])).toEqual([]);
    expect(failures(was, ['skipped'])).toEqual(['kafka-pubsub (orders-new), topic orders: skipped is 130.']);
  });

  it('refuses a predecessor that does not exist', async () => {
    const cluster = new FakeCluster({ orders: [[0, 10]] });
    await expect(run([component(), subscription('orders')], cluster, { appId: 'a', was: 'nobody' })).rejects.toThrow(
      'Group nobody, which handled the messages before, does not exist on this cluster.',
    );
  });

  it('keeps unclaimed partitions of a running group apart', async () => {
    const cluster = new FakeCluster(
      {
        orders: [
          [0, 5],
          [0, 7],
        ],
      },
      { app: { orders: [5, null] } },
      { app: [{ memberId: 'm', clientId: 'c', host: 'h', assignment: [{ topic: 'orders', partitions: [0] }] }] },
    );
    const result = await run([component(), subscription('orders')], cluster, { appId: 'app' });
    expect(result.components[0]?.topics[0]?.partitions.map((p) => p.rule)).toEqual(['F-10', 'F-07']);
  });

  it('makes problems of missing topics, broken files and unknown names, never an exception', async () => {
    const missing = await run([component(), subscription('nope')], orders(), { appId: 'app' });
    expect(missing.components[0]?.topics[0]).toMatchObject({ partitions: [], summary: { skipped: null } });
    expect(missing.problems[0]?.message).toContain('Topic nope: does not exist.');
    expect(failures(missing, ['gone'])).toEqual(['kafka-pubsub (app), topic nope: gone is not known.']);
    const broken = await run([component({ initialOffset: 'earliest' }), subscription('orders')], orders(), {
      appId: 'app',
    });
    expect(broken.components[0]?.topics[0]?.summary).toMatchObject({ backlog: 0, skipped: 4120 + 4157 + 4253 });
    expect(broken.problems.find((p) => p.message.startsWith('K-03'))).toMatchObject({ file: 'f0.yaml', line: 14 });
    expect(failures(broken, ['replayed'])[0]).toBe('kafka-pubsub (app): the component would not start.');
    const unread = await run([component({ initialOffset: 'earliest' })], orders(), { appId: 'app' });
    expect(unread.components[0]?.topics).toEqual([]);
    expect(failures(unread, ['skipped'])).toEqual(['kafka-pubsub (app): the component would not start.']);
    const beside = await run(
      [component(), subscription('orders'), component({ initialOffset: 'earliest' }).replace('kafka-pubsub', 'other')],
      orders(),
      { appId: 'app' },
    );
    expect(beside.problems.map((p) => p.message)).toContain(
      'kafka-pubsub: daprd of app stops before it reads anything, at other (f2.yaml:14, K-03).',
    );
    expect(failures(beside, ['gone'])).toEqual([
      'kafka-pubsub (app): the component would not start.',
      'other (app): the component would not start.',
    ]);
    const quiet = component({ initialOffset: 'earliest' }).replace(
      '  - name: initialOffset',
      '  # kafka-dapr-disable-next-line K-03 wanted\n  - name: initialOffset',
    );
    const hidden = await run([quiet, subscription('orders')], orders(), { appId: 'app' });
    expect(hidden.problems.map((p) => p.message)).toContainEqual(expect.stringMatching(/^K-03: /));
    expect(failures(hidden, ['replayed'])[0]).toBe('kafka-pubsub (app): the component would not start.');
    const none = await run(['\u0000: [', ''], orders());
    expect(none.problems.map((p) => p.message)).toEqual([
      'No Dapr component of type pubsub.kafka or bindings.kafka is in these files.',
    ]);
  });

  it('without a cluster tells what the files tell', async () => {
    const result = await run([component({ consumerGroup: 'g' }), subscription('orders')], null);
    expect(result.components[0]).toMatchObject({
      app: null,
      group: 'g',
      topics: [{ partitions: [], summary: { backlog: null, skipped: null, gone: null, replayed: null } }],
    });
  });
});
