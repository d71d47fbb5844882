import { describe, expect, it } from 'vitest';
import { component, FakeCluster, orders, run, subscription } from './forecast.fixture.ts';
import { failures, forecast } from './forecast.ts';

describe('forecast', () => {
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

  it('takes apps from dapr.yaml and topics from the command', async () => {
    const runFile =
      'version: 1\ncommon:\n  resourcesPath: ./\napps:\n- appID: a\n  appDirPath: ./a\n- appID: b\n  appDirPath: ./b\n';
    const result = await run([component(), runFile], new FakeCluster({ x: [[0, 1]] }), { topics: ['x'] });
    expect(result.components.map((c) => [c.app, c.group, c.topics.map((t) => t.topic)])).toEqual([
      ['a', 'a', ['x']],
      ['b', 'b', ['x']],
    ]);
    // Beside what a Subscription tells: a gate for one topic must not open over another.
    const beside = await run([component(), subscription('orders')], orders(), { appId: 'a', topics: ['x', 'orders'] });
    expect(beside.components[0]?.topics.map((t) => t.topic)).toEqual(['orders', 'x']);
    const bound = component({ topics: 'orders', consumerGroup: 'g' }).replace('pubsub.kafka', 'bindings.kafka');
    const binding = await run([bound], orders(), { appId: 'a', topics: ['x'] });
    expect(binding.components[0]?.topics.map((t) => t.topic)).toEqual(['orders']);
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
    const alone = await run([component({ initialOffset: 'earliest' })], orders(), { appId: 'app' });
    expect(alone.components[0]?.topics).toEqual([]);
    expect(failures(alone, ['skipped'])).toEqual(['kafka-pubsub (app): the component would not start.']);
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
    const long = `# ${'x'.repeat(70_000)}\n---\n`;
    const unread = await run([`${long}${component()}`, subscription('orders')], orders(), { appId: 'app' });
    expect(unread.problems.map((p) => p.message)).toContain(
      'kafka-pubsub: daprd of app stops before it reads anything, at f0.yaml (f0.yaml:1, C-15).',
    );
    expect(failures(unread, ['gone'])).toEqual(['kafka-pubsub (app): the component would not start.']);
    const nameless = component({ topics: 'orders' }).replace('pubsub.kafka', 'bindings.kafka');
    const nothing = await run([nameless], orders(), { appId: 'app' });
    expect(nothing.components[0]?.topics[0]?.partitions[2]).toMatchObject({
      committed: null,
      skipped: 4253,
      gone: 0,
      rule: 'F-00',
    });
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
