// What the replay page asks of a real broker after the figures: when messages were written, and how long they are kept.
import { expect, it } from 'vitest';
import { ReplayModel } from '../../src/core/forecast/replay.ts';
import { timeAt, writtenSince } from '../../src/core/kafka/read/timePoint.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const { client, tool } = await openCluster();

const files = (topic: string, initialOffset: string) => [
  {
    path: 'c.yaml',
    text: `apiVersion: dapr.io/v1alpha1
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
    value: "none"
  - name: consumerGroup
    value: "${topic}-group"
  - name: initialOffset
    value: "${initialOffset}"
scopes:
- app
---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: s
spec:
  pubsubname: k
  topic: ${topic}
  routes:
    default: /r
`,
  },
];
const reader = { component: 'k', app: 'app' };

it('knows when each message was written to a few per cent of its age, whatever the number of topics', async () => {
  const now = Date.now();
  await tool.create('times', 2);
  // P0: one a minute for two days. P1 stays empty.
  const written = Array.from({ length: 2880 }, (_, i) => now - 2 * DAY + i * 60_000);
  await tool.produce(
    'times',
    written.map((timestamp) => ({ partition: 0, timestamp, value: 'x' })),
  );
  const topics = await client.offsets(await client.topics(['times']));
  const points = (await client.timePoints(topics, () => 1234, now)).get('times');
  expect([...(points?.keys() ?? [])]).toEqual([0]);
  const p0 = points?.get(0) ?? [];
  for (const { offset, timestamp } of p0) expect(timestamp).toBe(written[offset]);
  for (const offset of [0, 100, 1234, 2000, 2700, 2879]) {
    const age = now - written[offset]!;
    expect(Math.abs(timeAt(p0, offset)! - written[offset]!)).toBeLessThanOrEqual(age * 0.03);
  }
  expect(writtenSince(p0, now - HOUR, 2880)).toBe(60);
  expect(writtenSince(p0, now - DAY, 2880)).toBe(1440);
});

it('tells on the page how long ago the start was written and how long the app may be away', async () => {
  const now = Date.now();
  await tool.create('budget', 1, { 'retention.ms': String(3 * DAY) });
  const written = Array.from({ length: 100 }, (_, i) => now - 2 * DAY + i * 60_000);
  await tool.produce(
    'budget',
    written.map((timestamp) => ({ partition: 0, timestamp, value: 'x' })),
  );
  await tool.commit('budget-group', 'budget', { 0: 40 });
  const model = new ReplayModel(files('budget', 'oldest'));
  const first = await model.replay(client, reader, {});
  expect(first.pending).toBe(true);
  expect(first.now.topics[0]?.downtime).toBeUndefined();
  await model.learnHistory(client, reader, {});
  const { now: shown, pending, problems } = await model.replay(client, reader, {});
  expect([pending, problems]).toEqual([false, []]);
  const topic = shown.topics[0];
  const times = topic?.partitions[0]?.times;
  expect([times?.logStart, times?.first, times?.committed]).toEqual([written[0], written[40], written[40]]);
  // Three days less two days and 40 minutes.
  expect(topic?.downtime).toEqual({ sentence: 'The app may be away for 1 d (retention.ms, P0).', small: false });
  const newest = await model.replay(client, reader, { initialOffset: 'newest', moment: 'first-start' });
  expect(newest.then?.topics[0]?.downtime).toEqual({
    sentence:
      'The app may not be away at all: no commit to resume at on P0, and with newest what arrives meanwhile is never received.',
    small: true,
  });
});

it('lets retention.bytes decide where the log fills faster than it ages', async () => {
  const now = Date.now();
  await tool.create('filling', 1, { 'retention.bytes': '1000000' });
  await tool.produce(
    'filling',
    Array.from({ length: 600 }, (_, i) => ({
      partition: 0,
      timestamp: now - HOUR + i * 6_000,
      value: 'y'.repeat(400),
    })),
  );
  await tool.commit('filling-group', 'filling', { 0: 600 });
  const model = new ReplayModel(files('filling', 'oldest'));
  await model.replay(client, reader, {});
  await model.learnHistory(client, reader, {});
  const { now: shown } = await model.replay(client, reader, {});
  // 600 an hour of 400 bytes and some: the room of 1,000,000 lasts for about four hours.
  expect(shown.topics[0]?.downtime?.sentence).toMatch(
    /^The app may be away for [34] h( \d+ min)? \(retention\.bytes, P0\)\.$/,
  );
  expect(shown.topics[0]?.downtime?.small).toBe(true);
});
