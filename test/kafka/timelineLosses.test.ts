// The timeline and the page of a topic that loses messages while it is shown: to retention, and to compaction.
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import type { KafkaConnection } from '../../src/core/kafka/transport/connection.ts';
import type { TimelineRange } from '../../src/shared/messagesPage.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';
import { until } from '../support/vscode/until.ts';
import { readSpec, ScanPage } from './scanPage.ts';

const kafka = inject('kafka');
const bootstrap = kafka.bootstrap.split(',');
const profile = { id: 'test', name: 'test', bootstrap };
const { signal } = new AbortController();
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Of records a minute apart each is a segment of its own, which is what Kafka deletes and compacts. */
const SEGMENTS = { 'segment.ms': '1000' };
let tool: KafkaTool;
let connection: KafkaConnection;
let page: ScanPage;

beforeAll(async () => {
  tool = openTool(kafka);
  connection = await connectCluster(profile, {});
});
afterEach(() => page?.scan.close());
afterAll(async () => {
  await connection.close();
  await tool.close();
});

async function write(topic: string, records: { timestamp: number; key?: string; value: string | null }[]) {
  for (const record of records) await tool.produce(topic, [{ partition: 0, ...record }]);
}

const drawn = async (buckets: number, range: TimelineRange | null = null) => {
  const timeline = await page.scan.timeline({ id: 1, range, buckets, finest: true }, signal);
  return { ...timeline, counts: timeline.buckets.map((b) => b.count) };
};

const values = async () => {
  const rows = await page.scan.rows({ from: 0, count: page.count, view: null }, signal);
  return rows.map((row) => `${row.offset} ${row.value}`);
};

/** Deletes what is older than that, as by the topic's settings. */
async function keepFor(topic: string, ms: number): Promise<void> {
  const admin = new Kafka({ brokers: bootstrap, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const configEntries = Object.entries({ ...SEGMENTS, 'retention.ms': String(ms) }).map(([name, value]) => ({
    name,
    value,
  }));
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }],
  });
  await admin.disconnect();
}

it('retention that moves the log start takes its messages from the timeline, not from the rows that were read', async () => {
  const topic = 'losses-retention';
  await tool.create(topic, 1, SEGMENTS);
  const now = Date.now();
  const [old, young] = [now - 10 * HOUR, now - HOUR];
  const times = [0, 1, 2, 3, 4, 5].map((i) => old + i * MINUTE).concat([0, 1, 2, 3].map((i) => young + i * MINUTE));
  await write(
    topic,
    times.map((timestamp, i) => ({ timestamp, value: `m-${i}` })),
  );
  page = new ScanPage(topic, connection, () => connectCluster(profile, {}));
  page.scan.start(readSpec({ end: { kind: 'follow' } }));
  await page.until(() => page.count === 10);
  expect(await drawn(2)).toMatchObject({ from: old, to: young + 3 * MINUTE + 1, starts: [0], counts: [6, 4] });

  await keepFor(topic, 5 * HOUR);
  await until('the log start to move', async () => (await drawn(2)).logStarts[0] === 6, 60_000);
  expect(await drawn(4)).toMatchObject({
    from: young,
    to: young + 3 * MINUTE + 1,
    starts: [6],
    logStarts: [6],
    highWatermarks: [10],
    counts: [1, 1, 1, 1],
    problems: [],
  });
  await write(topic, [{ timestamp: now, value: 'm-10' }]);
  await page.until(() => page.count === 11);
  expect(page.status).toMatchObject({ state: 'following', scanned: 11, problems: [], gone: null });
  expect(await values()).toEqual(Array.from({ length: 11 }, (_, i) => `${i} m-${i}`));
  const read: TimelineRange = {
    start: { kind: 'offsets', offsets: { 0: 0 } },
    end: { kind: 'follow' },
    partitions: [],
  };
  expect(await drawn(1, read)).toMatchObject({
    starts: [6],
    counts: [5],
    problems: ['Offset 0 is gone: P0 starts at 6 and is read from there.'],
  });
});

it('what compaction took is still counted: a span never has more messages than the timeline says, but may have fewer', async () => {
  const topic = 'losses-compaction';
  const compact = { 'cleanup.policy': 'compact', 'min.cleanable.dirty.ratio': '0.0001', 'max.compaction.lag.ms': '1' };
  await tool.create(topic, 1, { ...SEGMENTS, ...compact });
  const start = Date.UTC(2026, 0, 1);
  await write(
    topic,
    ['a', 'b', 'a', 'a', 'c', 'b', 'a', 'd'].map((key, i) => ({
      timestamp: start + i * MINUTE,
      key,
      value: `${key}-${i}`,
    })),
  );
  const kept = [4, 5, 6, 7];
  await until(
    'what was overwritten to be gone',
    async () => JSON.stringify((await tool.dump(topic)).map((r) => r.offset)) === JSON.stringify(kept),
    60_000,
  );
  page = new ScanPage(topic, connection, () => connectCluster(profile, {}));
  const rows = await page.read({});
  expect(rows.map((row) => `${row.offset} ${row.value}`)).toEqual(['4 c-4', '5 b-5', '6 a-6', '7 d-7']);
  // Its first record is that of offset 4, and the offsets before are met with it.
  expect(await drawn(4)).toMatchObject({
    from: start + 4 * MINUTE,
    to: start + 7 * MINUTE + 1,
    starts: [0],
    highWatermarks: [8],
    counts: [5, 1, 1, 1],
    problems: [],
  });
  const from: TimelineRange = { start: { kind: 'offset', offset: 2 }, end: { kind: 'end' }, partitions: [] };
  expect(await drawn(1, from)).toMatchObject({ starts: [2], counts: [6] });
});
