// The timeline on logs whose times are not what one would draw: out of order, far away, none, stamped by the broker.
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { timeline, type TimelineRequest } from '../../src/core/kafka/read/timeline.ts';
import { resolveRanges } from '../../src/core/kafka/read/resolveRanges.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import type { KafkaConnection } from '../../src/core/kafka/transport/connection.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

const kafka = inject('kafka');
const { signal } = new AbortController();
const T0 = Date.UTC(2026, 0, 1);
const ANY_TIME = { 'message.timestamp.after.max.ms': '9223372036854775807' };
let tool: KafkaTool;
let connection: KafkaConnection;

beforeAll(async () => {
  tool = openTool(kafka);
  connection = await connectCluster({ id: 'test', name: 'test', bootstrap: kafka.bootstrap.split(',') }, {});
});
afterAll(async () => {
  await connection.close();
  await tool.close();
});

/** One partition, each record in a batch of its own. */
async function topicOf(topic: string, times: readonly number[], configs: Record<string, string> = ANY_TIME) {
  await tool.create(topic, 1, configs);
  for (const timestamp of times) await tool.produce(topic, [{ partition: 0, timestamp, value: 'x' }]);
}

async function drawn(topic: string, buckets: number, request: Partial<TimelineRequest> = {}) {
  const result = await timeline(connection, { topic, buckets, ...request }, signal);
  return { ...result, buckets: undefined, counts: result.buckets.map((b) => b.count), spans: result.buckets };
}

/** How many offsets a page reads that is told to read a span. */
async function readIn(topic: string, { start, end }: { start: number; end: number }): Promise<number> {
  const request = {
    start: { kind: 'time', timestamp: start },
    end: { kind: 'time', timestamp: end },
    isolation: 'read_uncommitted',
    committed: () => Promise.resolve(new Map()),
  } as const;
  const { ranges } = await resolveRanges(connection, topic, request, signal);
  return ranges.reduce((sum, r) => sum + (r.end ?? r.start) - r.start, 0);
}

it('of times that go backwards each span counts what reading it gives', async () => {
  await topicOf(
    'timeline-backwards',
    [0, 5000, 1000, 9000, 2000].map((ms) => T0 + ms),
  );
  const { from, to, counts, spans } = await drawn('timeline-backwards', 9);
  expect([from, to, counts]).toEqual([T0, T0 + 9001, [1, 0, 0, 0, 2, 0, 0, 0, 2]]);
  expect(await Promise.all(spans.map((span) => readIn('timeline-backwards', span)))).toEqual(counts);
});

it('of nanoseconds the first and the last message are inside, and a span reads what it counts', async () => {
  const nanoseconds = 1_764_072_000_123_456_789n;
  await tool.create('timeline-nanoseconds', 1, ANY_TIME);
  const producer = new Kafka({ brokers: kafka.bootstrap.split(','), logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  for (const at of [nanoseconds, nanoseconds + 1_000_000_000n, nanoseconds + 4_000_000_000n])
    await producer.send({ topic: 'timeline-nanoseconds', messages: [{ timestamp: String(at), value: 'x' }] });
  await producer.disconnect();
  const { from, to, counts, spans } = await drawn('timeline-nanoseconds', 4);
  expect([BigInt(from) <= nanoseconds, BigInt(to) > nanoseconds + 4_000_000_000n]).toEqual([true, true]);
  expect(counts).toEqual([1, 1, 0, 1]);
  expect(await Promise.all(spans.map((span) => readIn('timeline-nanoseconds', span)))).toEqual(counts);
  const [alone] = (await drawn('timeline-nanoseconds', 1)).spans;
  expect(await readIn('timeline-nanoseconds', alone!)).toBe(3);
});

it('one millisecond is one span, whatever is asked for', async () => {
  await topicOf('timeline-moment', [T0, T0]);
  const { from, to, counts, spans } = await drawn('timeline-moment', 60);
  expect([from, to, counts]).toEqual([T0, T0 + 1, [2]]);
  expect(await readIn('timeline-moment', spans[0]!)).toBe(2);
});

it('a message far away takes the rest into one span, which a span of time then spreads', async () => {
  await topicOf('timeline-far', [0, T0, T0 + 1000, T0 + 2000, Date.UTC(2100, 0, 1)]);
  expect((await drawn('timeline-far', 5)).counts).toEqual([1, 0, 3, 0, 1]);
  const near = { from: { kind: 'time', timestamp: T0 }, to: { kind: 'time', timestamp: T0 + 3000 } } as const;
  expect((await drawn('timeline-far', 3, near)).counts).toEqual([1, 1, 1]);
});

it('a range of offsets begins and ends with its own messages, a range of times where it was told to', async () => {
  await topicOf(
    'timeline-offsets',
    Array.from({ length: 20 }, (_, i) => T0 + i * 1000),
  );
  const { from, to, counts, starts } = await drawn('timeline-offsets', 4, {
    from: { kind: 'offset', offset: 10 },
    to: { kind: 'offset', offset: 14 },
  });
  expect([starts, counts.reduce((a, b) => a + b)]).toEqual([[10], 4]);
  expect([counts[0], counts.at(-1)]).not.toContain(0);
  // The end is told by the message behind the range alone.
  expect([from > T0 + 9000, from <= T0 + 10_000, to > T0 + 13_000, to <= T0 + 14_000]).toEqual(Array(4).fill(true));
  const empty = { from: { kind: 'time', timestamp: T0 - 4000 }, to: { kind: 'time', timestamp: T0 } } as const;
  const before = await drawn('timeline-offsets', 2, empty);
  expect([before.from, before.to, before.counts]).toEqual([T0 - 4000, T0, [0, 0]]);
});

it('without a time a message has no place, and that is said', async () => {
  const topic = 'timeline-timeless';
  await tool.create(topic, 1);
  const producer = new Kafka({ brokers: kafka.bootstrap.split(','), logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ timestamp: '-1', value: 'x' }] });
  expect(await timeline(connection, { topic, buckets: 4 }, signal)).toMatchObject({
    buckets: [],
    starts: [0],
    problems: ['The messages carry no time, hence no place on a timeline.'],
  });
  // With one that has a time, the one before it counts where reading from the beginning would meet it.
  await producer.send({ topic, messages: [{ timestamp: String(T0), value: 'x' }] });
  await producer.disconnect();
  expect(await drawn(topic, 4)).toMatchObject({ from: T0, to: T0 + 1, counts: [2], problems: [] });
});

it('of times that the broker sets, and of a log that has lost its beginning, it tells what is there', async () => {
  await topicOf('timeline-append', [T0, T0 + 1000], { 'message.timestamp.type': 'LogAppendTime' });
  const stamped = await drawn('timeline-append', 2);
  expect(stamped.from).toBeGreaterThan(T0 + 86_400_000);
  expect(stamped.counts.reduce((a, b) => a + b)).toBe(2);
  await topicOf(
    'timeline-deleted',
    [0, 1000, 2000, 3000].map((ms) => T0 + ms),
  );
  await tool.run('delete-records', 'timeline-deleted', 0, 2);
  expect(await drawn('timeline-deleted', 2)).toMatchObject({ from: T0 + 2000, starts: [2], counts: [1, 1] });
});
