import { describe, expect, it } from 'vitest';
import { component, orders, run, subscription } from './forecast.fixture.ts';
import type { Facts } from './facts.ts';
import { failures } from './forecast.ts';
import { missingTopic } from './nothingRead.ts';

/** Of the first topic the partitions that have messages, what is said, and what closes a gate. */
const told = (result: Awaited<ReturnType<typeof run>>) => {
  const [p0, , p2] = result.components[0]?.topics[0]?.partitions ?? [];
  return { p0, p2, problems: result.problems.map(({ message }) => message), closed: failures(result, ['gone']) };
};
it('does not take a topic that this login may not see for one that is not there', () => {
  const error = 'You lack the right Describe on topic orders. Ask for an ACL that allows it.';
  const facts = (missing: object, createsTopics?: boolean) =>
    ({ topics: new Map([['orders', { error, ...missing }]]), broker: { createsTopics } }) as unknown as Facts;
  expect(missingTopic('orders', facts({}, false))).toBe(error);
  expect(missingTopic('orders', facts({}))).toBe(error);
  expect(missingTopic('orders', facts({ missing: true }))).toContain(
    'Where the broker does not create topics by itself',
  );
});

describe('a component that reads nothing', () => {
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

  it('delivers nothing where the brokers no longer serve what `version` makes Dapr ask', async () => {
    const asked = async (items: Record<string, string>, lowestFetch: number) => {
      const cluster = orders();
      cluster.lowestFetch = { 1: lowestFetch };
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

  it('delivers nothing of the partitions of those brokers, in the middle of an upgrade', async () => {
    const upgrading = async (lowestFetch: Record<number, number>, leaderOf: (partition: number) => number) => {
      const cluster = Object.assign(orders(), { lowestFetch, leaderOf });
      const files = [component({ version: '0.10.2.0', initialOffset: 'oldest' }), subscription('orders')];
      return run(files, cluster, { appId: 'orders-api' });
    };
    const rules = (result: Awaited<ReturnType<typeof run>>) =>
      result.components[0]?.topics[0]?.partitions.map(({ rule, backlog, skipped }) => [rule, backlog, skipped]);
    const half = await upgrading({ 1: 0, 2: 4, 3: 4 }, (partition) => partition + 1);
    expect(rules(half)).toEqual([
      ['F-04', 4120, 0],
      ['F-25', 0, 4157],
      ['F-25', 0, 2153],
    ]);
    expect(half.problems.map(({ message }) => message)).toEqual([
      'kafka-pubsub: version is 0.10.2.0: Dapr asks with Fetch version 3, and of the brokers 2, 3 serve it from version 4 on: nothing is delivered of the partitions that they lead, without an error in its log (F-25). Set version to 2.0.0 or newer.',
    ]);
    expect(failures(half, ['gone'])).toEqual([
      'kafka-pubsub (orders-api): some brokers refuse what Dapr asks, and nothing would be delivered of their partitions (F-25).',
    ]);
    // The one that is new leads nothing here; the one that is away is not known.
    expect(rules(await upgrading({ 1: 0, 2: 4 }, () => 1))?.map(([rule]) => rule)).toEqual(['F-04', 'F-04', 'F-01']);
    expect(rules(await upgrading({ 1: 0 }, (p) => p + 1))?.map(([rule]) => rule)).toEqual(['F-04', 'F-04', 'F-01']);
    // All that lead something are new: the coordinator alone serves it still.
    const rest = await upgrading({ 1: 0, 2: 4 }, () => 2);
    expect(rules(rest)?.map(([rule]) => rule)).toEqual(['F-25', 'F-25', 'F-25']);
    expect(rest.problems[0]?.message).toContain('and the brokers serve it from version 4 on');
  });
});
