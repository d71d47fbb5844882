import { describe, expect, it } from 'vitest';
import type { ClientChoices, ReplayComparison } from '../../shared/replayPage.ts';
import { clientStart } from './clientStart.ts';
import { compare } from './comparison.ts';
import type { Facts } from './facts.ts';
import { forecastFrom } from './forecast.ts';
import type { TopicHistory } from './history.ts';
import { planForecast } from './plan.ts';
import type { PartitionForecast } from './result.ts';

const partition = (
  n: number,
  logStart: number,
  highWatermark: number,
  committed: number | null,
): PartitionForecast => ({
  partition: n,
  logStart,
  highWatermark,
  committed,
  first: 0,
  backlog: 0,
  skipped: 0,
  gone: 0,
  replayed: 0,
  rule: 'F-01',
});
/** P0 committed inside the log, P1 never, P2 below the log start, P3 above its end. */
const four = [partition(0, 0, 100, 40), partition(1, 10, 60, null), partition(2, 50, 80, 20), partition(3, 0, 5, 9)];
const one = [
  { offset: 0, timestamp: 1000 },
  { offset: 50, timestamp: 6000 },
  { offset: 99, timestamp: 10_900 },
];

describe('clientStart', () => {
  const started = (choices: Partial<Pick<ClientChoices, 'reset' | 'seek'>>) =>
    clientStart(four, { reset: 'earliest', seek: { kind: 'no' }, ...choices }, () => one);

  it('resumes inside the log and falls to auto.offset.reset outside of it', () => {
    expect(started({})).toEqual({ delivered: 60 + 50 + 30 + 5, skipped: 0, twice: 5, stopsOn: [] });
    expect(started({ reset: 'latest' })).toEqual({ delivered: 60, skipped: 50 + 30 + 5, twice: 0, stopsOn: [] });
    expect(started({ reset: 'none' })).toEqual({ delivered: 60, skipped: 0, twice: 0, stopsOn: [1, 2, 3] });
  });

  it('seeks, whatever was committed; out of the log that falls to auto.offset.reset, too', () => {
    expect(started({ seek: { kind: 'beginning' } })).toMatchObject({ delivered: 185, skipped: 0, twice: 40 + 5 });
    expect(started({ seek: { kind: 'end' } })).toMatchObject({ delivered: 0, skipped: 60 + 50 + 30 + 5, twice: 0 });
    expect(started({ seek: { kind: 'offset', offset: 55 }, reset: 'none' })).toEqual({
      delivered: 45 + 5 + 25,
      skipped: 15 + 45 + 5,
      twice: 0,
      stopsOn: [3],
    });
  });

  it('finds a time between the known messages', () => {
    const seek = { kind: 'time', timestamp: 3000 } as const;
    expect(clientStart([four[0]!], { reset: 'none', seek }, () => one)).toMatchObject({ delivered: 80, twice: 20 });
    const late = { kind: 'time', timestamp: 20_000 } as const;
    expect(clientStart([four[0]!], { reset: 'none', seek: late }, () => one)).toMatchObject({
      delivered: 0,
      skipped: 60,
    });
  });

  it('counts as the component does where the commit was deleted, and knows nothing where that is not told', () => {
    const of = (more: Partial<PartitionForecast>, reset: ClientChoices['reset']) => {
      const { delivered, skipped, twice } = clientStart(
        [{ ...four[0]!, logStart: 0, highWatermark: 100, committed: null, ...more }],
        { reset, seek: { kind: 'no' } },
        () => one,
      );
      return [delivered, skipped, twice];
    };
    // What lay below the commit was handled: 40.
    expect(of({ rule: 'F-03', skipped: 60 }, 'latest')).toEqual([0, 60, 0]);
    expect(of({ rule: 'F-04', skipped: 0, replayed: 40 }, 'earliest')).toEqual([100, 0, 40]);
    expect(of({ rule: 'F-04', skipped: 0, replayed: null }, 'earliest')).toEqual([100, null, null]);
    expect(of({ rule: 'F-03', skipped: null }, 'latest')).toEqual([0, null, null]);
    expect(of({ rule: 'F-00', skipped: null }, 'latest')).toEqual([null, null, null]);
    expect(of({ rule: 'F-00', skipped: 100 }, 'latest')).toEqual([0, 100, 0]);
  });
});

const file = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: k
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "b:9092"
  - name: authType
    value: "password"
  - name: saslUsername
    value: "u"
  - name: saslPassword
    value: "hunter2"
scopes: [app]
---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: s
spec:
  pubsubname: k
  topic: orders
  deadLetterTopic: orders-dead
  routes:
    default: /orders
`;
const facts: Facts = {
  topics: new Map([['orders', { partitions: four.map((p) => ({ ...p, leader: 1, replicas: [1], isr: [1] })) }]]),
  groups: new Map([
    [
      'app',
      {
        commits: new Map([
          [
            'orders',
            new Map([
              [0, 40],
              [2, 20],
              [3, 9],
            ]),
          ],
        ]),
        hasCommits: true,
        state: 'Empty',
        members: [],
        coordinator: 1,
        assignor: null,
        type: 'classic',
        protocolType: 'consumer',
      },
    ],
  ]),
};
const history: TopicHistory = {
  at: 100_000_000,
  times: new Map([0, 1, 2, 3].map((p) => [p, [{ offset: four[p]!.logStart ?? 0, timestamp: 99_990_000 }]])),
  bytes: new Map(),
  limits: { cleanupPolicy: null, retentionMs: null, retentionBytes: null, offsetsRetentionMinutes: null },
  problems: [],
};

function compared(choices: Partial<ClientChoices>): ReplayComparison {
  const plan = planForecast([{ path: 'k.yaml', text: file }], {});
  const component = forecastFrom(plan, facts, true).components[0]!;
  return compare(
    {
      component,
      reader: plan.readers[0]!.reader,
      sharing: { instances: 5, assignor: 'range', groups: 'one', shares: [1, 1, 1, 1, 0].map((count) => ({ count })) },
      workspace: plan.workspace,
      history: new Map([['orders', history]]),
      daprVersion: '1.18.3',
    },
    { reset: 'earliest', autoCommit: false, seek: { kind: 'no' }, ...choices },
  );
}
const row = (comparison: ReplayComparison, id: string) => comparison.rows.find((r) => r.id === id);

describe('compare', () => {
  it('fills six rows with the figures of the cluster', () => {
    const comparison = compared({});
    expect(comparison.rows.map((r) => r.id)).toEqual(['set-up', 'past', 'scaling', 'commit', 'brokers', 'code']);
    expect(row(comparison, 'past')).toMatchObject({
      dapr: [
        'initialOffset=newest',
        '60 will be delivered, 85 never received, 0 received twice.',
        'There is no seek, and no "none": a commit outside the log always falls to initialOffset.',
      ],
      client: [
        'auto.offset.reset=earliest',
        '145 will be delivered, 0 never received, 5 received twice.',
        'It may seek to any offset or time before the first poll.',
      ],
    });
    expect(row(comparison, 'scaling')?.dapr[1]).toBe('With 5 instances (range) nothing is left for 1 of them.');
    expect(row(comparison, 'commit')?.dapr[1]).toBe('orders: a message that fails goes to orders-dead.');
    expect(row(comparison, 'brokers')?.dapr).toContain(
      'Apache Pulsar: only what is new; more with subscribeInitialPosition: earliest',
    );
    expect(row(comparison, 'code')?.dapr[0]).toBe('app.post("/orders", (request, response) => {');
    expect(row(comparison, 'code')?.client).toContain('  consumer.commitSync();');
  });

  it('shows the choices in properties and code, and never a secret', () => {
    const { properties, rows } = compared({ reset: 'none', autoCommit: true, seek: { kind: 'offset', offset: 7 } });
    expect(properties).toContain('auto.offset.reset=none\n');
    expect(properties).toContain('enable.auto.commit=true\n');
    expect(properties).toContain('username="u" password="${SASL_PASSWORD}"');
    expect(JSON.stringify([properties, rows])).not.toContain('hunter2');
    const code = rows.find((r) => r.id === 'code')?.client.join('\n');
    expect(code).toContain('consumer.seek(part, 7L);');
    expect(code).not.toContain('commitSync');
    // 190 messages within a minute at least: 3.17 a second.
    expect(rows.find((r) => r.id === 'commit')?.client[0]).toMatch(
      /^Commits every 5 s what poll\(\) returned, handled or not: a crash may lose it, about \d+ messages/,
    );
  });

  it('recommends, and names what decides', () => {
    expect(compared({}).recommendation).toEqual({
      text: 'Dapr.',
      facts: [
        '85 messages would be missed because of newest, not because of Dapr: oldest before the first start receives them.',
        'These files already use what a client has to write itself: a dead letter topic.',
      ],
    });
    const seeking = compared({ seek: { kind: 'beginning' } }).recommendation;
    expect(seeking.text).toBe('A plain Kafka client, if that is needed at every start; else Dapr.');
    expect(seeking.facts[0]).toBe(
      'Dapr cannot seek at every start. For once, resetting the group’s offsets while the app is stopped does the same.',
    );
  });
});
