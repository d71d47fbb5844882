import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { describe, expect, inject, it, vi } from 'vitest';
import { dryRun, type RangeRecord } from '../../src/core/forecast/dryRun.ts';
import { forecast } from '../../src/core/forecast/forecast.ts';
import type { ForecastOptions } from '../../src/core/forecast/plan.ts';
import { createMatchEvaluator } from '../../src/core/forecast/matchEvaluator.late.ts';
import { estimated, ESTIMATE, sampleTopic } from '../../src/core/forecast/sample.ts';
import { rangeRecords } from '../../src/core/forecast/rangeRecords.ts';
import { readRanges } from '../../src/core/kafka/read/readRanges.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

interface RecordedStart {
  id: string;
  partition: number;
  initialOffset: string | null;
  uuid: boolean;
  logStart: number;
  highWatermark: number;
  committed: number | null;
  startOffset: number;
}
const { starts } = JSON.parse(readFileSync('test/fixtures/dapr-partition-starts.json', 'utf8')) as {
  starts: RecordedStart[];
};
const scenarios = [...new Set(starts.map((start) => start.id))].map((id) => ({
  id,
  partitions: starts.filter((start) => start.id === id),
}));

const item = (name: string, value: string) => `  - name: ${name}\n    value: "${value}"\n`;
const component = (items: Record<string, string>) =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: kpub\nspec:\n  type: pubsub.kafka\n  version: v1\n  metadata:\n${Object.entries(
    { brokers: 'b:9092', authType: 'none', ...items },
  )
    .map(([name, value]) => item(name, value))
    .join('')}`;

const { client, tool } = await openCluster();

const run = async (items: Record<string, string>, options: ForecastOptions) => {
  const result = await forecast({
    files: [{ path: 'c.yaml', text: component(items) }],
    cluster: client,
    options: { appId: 'forecast-app', ...options },
  });
  return { result, topic: result.components[0]?.topics[0], problems: result.problems };
};

/** A topic and a group that stand as they stood before a recorded start. */
async function rebuild(topic: string, group: string, partitions: readonly RecordedStart[]): Promise<void> {
  await tool.create(topic, Math.max(...partitions.map((p) => p.partition)) + 1);
  await tool.produce(
    topic,
    partitions.flatMap((p) =>
      Array.from({ length: p.highWatermark }, (_, i) => ({ partition: p.partition, value: `{"n":${i}}` })),
    ),
  );
  for (const p of partitions) if (p.logStart > 0) await tool.run('delete-records', topic, p.partition, p.logStart);
  const commits = Object.fromEntries(
    partitions.flatMap((p) => (p.committed === null ? [] : [[p.partition, p.committed] as const])),
  );
  if (Object.keys(commits).length > 0) await tool.commit(group, topic, commits);
}

/** Scenarios of each kind of start; what a consumer with the same reset receives of them. */
const DELIVERED = [
  'c1-newgroup-absent',
  'c1-newgroup-oldest',
  'c3-committed-absent',
  'c10-only-p0-committed-newest',
  'c10-only-p0-committed-oldest',
  'c6-commit-below-L-newest',
  'c6e-commit-below-L-all-deleted-oldest',
  'c6q-commit-eq-L-newest',
  'c7a-commit-above-H-newest',
  'c7a-commit-above-H-oldest',
];

/**
 * The offsets below the ends that a consumer in the group is given, by partition: markers behind the ends tell when a
 * partition is through. They are written again until each partition has given one, as one may come before the start.
 */
async function delivered(group: string, topic: string, oldest: boolean, ends: readonly number[]): Promise<number[][]> {
  const brokers = inject('kafka').bootstrap.split(',');
  const consumer = new Kafka({ clientId: 'delivered', brokers, logLevel: logLevel.NOTHING }).consumer({
    groupId: group,
  });
  const got = ends.map((): number[] => []);
  const through = new Set<number>();
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: oldest });
    await consumer.run({
      autoCommit: false,
      eachMessage: ({ partition, message }) => {
        const offset = Number(message.offset);
        if (offset < (ends[partition] ?? 0)) got[partition]?.push(offset);
        else through.add(partition);
        return Promise.resolve();
      },
    });
    await vi.waitFor(
      async () => {
        const open = [...ends.keys()].filter((partition) => !through.has(partition));
        await tool.produce(
          topic,
          open.map((partition) => ({ partition, value: 'marker' })),
        );
        expect(open).toEqual([]);
      },
      { timeout: 60_000, interval: 300 },
    );
  } finally {
    await consumer.disconnect();
  }
  return got;
}

describe('a forecast on a real broker', () => {
  it.each(scenarios)('$id: starts where a real daprd started', async ({ id, partitions }) => {
    const topic = `forecast-${id}`;
    const group = `${topic}-group`;
    await rebuild(topic, group, partitions);
    const initialOffset = partitions[0]?.initialOffset;
    const consumerGroup = partitions[0]?.uuid === true ? 'x-{uuid}' : group;
    const { topic: found } = await run(
      { consumerGroup, ...(initialOffset ? { initialOffset } : {}) },
      { topics: [topic] },
    );
    const firsts = new Map(found?.partitions.map((p) => [p.partition, p.first]));
    expect(partitions.map((p) => [p.partition, firsts.get(p.partition)])).toEqual(
      partitions.map((p) => [p.partition, p.startOffset]),
    );
  });

  it.each(DELIVERED)('%s: its numbers are what a consumer in the group is given', async (id) => {
    const partitions = starts.filter((start) => start.id === id);
    const topic = `delivered-${id}`;
    const group = `${topic}-group`;
    await rebuild(topic, group, partitions);
    const initialOffset = partitions[0]?.initialOffset ?? 'newest';
    const { topic: found } = await run({ consumerGroup: group, initialOffset }, { topics: [topic] });
    const forecasts = found?.partitions ?? [];
    const got = await delivered(
      group,
      topic,
      initialOffset === 'oldest',
      forecasts.map((p) => p.highWatermark ?? NaN),
    );
    expect(got.map((offsets) => ({ first: offsets[0], count: offsets.length }))).toEqual(
      forecasts.map((p) => ({ first: p.backlog === 0 ? undefined : p.first, count: p.backlog })),
    );
    // What is kept is delivered, skipped, or lies below a commit.
    for (const [i, p] of forecasts.entries()) {
      const below = p.rule === 'F-01' || p.rule === 'F-10' ? (p.first ?? NaN) - (p.logStart ?? NaN) : 0;
      expect((got[i]?.length ?? NaN) + (p.skipped ?? NaN) + below).toBe((p.highWatermark ?? NaN) - (p.logStart ?? NaN));
    }
  });

  it('resumes a running group where it has committed, and says who is in it', async () => {
    await tool.create('forecast-active', 1);
    await tool.produce(
      'forecast-active',
      Array.from({ length: 6 }, (_, i) => ({ partition: 0, value: `${i}` })),
    );
    await tool.commit('forecast-active-group', 'forecast-active', { 0: 4 });
    await tool.join({
      kind: 'classic',
      group: 'forecast-active-group',
      clientId: 'running',
      topics: ['forecast-active'],
      settings: { read: 'false' },
    });
    const { topic } = await run({ consumerGroup: 'forecast-active-group' }, { topics: ['forecast-active'] });
    expect(topic?.partitions).toMatchObject([{ rule: 'F-01', committed: 4, first: 4, backlog: 2, skipped: 0 }]);
    await tool.leave('forecast-active-group');
  });

  it('knows a topic that was created again below the commit', async () => {
    await tool.create('forecast-again', 1);
    await tool.produce(
      'forecast-again',
      Array.from({ length: 3 }, (_, i) => ({ partition: 0, value: `${i}` })),
    );
    // As a restored or mirrored offset: the broker deletes those of a topic that goes.
    await tool.commit('forecast-again-group', 'forecast-again', { 0: 40 });
    const newest = await run({ consumerGroup: 'forecast-again-group' }, { topics: ['forecast-again'] });
    expect(newest.topic?.partitions).toMatchObject([{ rule: 'F-06a', first: 3, skipped: 3, replayed: 0 }]);
    const oldest = await run(
      { consumerGroup: 'forecast-again-group', initialOffset: 'oldest' },
      { topics: ['forecast-again'] },
    );
    expect(oldest.topic?.partitions).toMatchObject([{ rule: 'F-06b', first: 0, skipped: 0, replayed: 3 }]);
  });

  it('samples what a topic holds, and knows that offsets of transactions are not messages', async () => {
    const source = { connection: client.connection, read: readRanges };
    const sample = async (topic: string) => {
      const [found] = await client.offsets(await client.topics([topic]));
      const partitions = found?.partitions ?? [];
      const offsets = partitions.reduce((sum, p) => sum + (p.highWatermark ?? 0) - (p.logStart ?? 0), 0);
      const taken = await sampleTopic(source, topic, partitions, ESTIMATE, AbortSignal.timeout(20_000));
      return { taken, offsets, messages: estimated(taken, offsets) };
    };
    await tool.create('forecast-plain', 2);
    await tool.produce(
      'forecast-plain',
      Array.from({ length: 5000 }, (_, i) => ({ partition: i % 2, value: `{"n":${i}}` })),
    );
    const plain = await sample('forecast-plain');
    expect(plain).toMatchObject({ offsets: 5000, messages: null, taken: { offsets: 4000, found: 4000 } });

    await tool.create('forecast-holes', 1);
    const kafka = new Kafka({
      clientId: 'holes',
      brokers: inject('kafka').bootstrap.split(','),
      logLevel: logLevel.NOTHING,
    });
    const producer = kafka.producer({ transactionalId: 'forecast-holes', idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    for (let i = 0; i < 10; i++) {
      const transaction = await producer.transaction();
      await transaction.send({ topic: 'forecast-holes', messages: [{ value: `${i}` }] });
      await transaction.commit();
    }
    await producer.disconnect();
    // Each transaction ends with a marker, which has an offset and is no message; the last one may still be on its way.
    await vi.waitFor(
      async () =>
        expect(await sample('forecast-holes')).toMatchObject({
          offsets: 20,
          messages: 10,
          taken: { offsets: 20, found: 10 },
        }),
      { timeout: 20_000, interval: 100 },
    );
  });

  it('sees a partition that nobody in the running group claims', async () => {
    await tool.create('forecast-grown', 1);
    await tool.join({
      kind: 'classic',
      group: 'forecast-grown-group',
      clientId: 'm1',
      topics: ['forecast-grown'],
      settings: { 'metadata.max.age.ms': '600000' },
    });
    await tool.run('add-partitions', 'forecast-grown', 2);
    await tool.produce('forecast-grown', [{ partition: 1, value: 'x' }]);
    const { topic } = await run({ consumerGroup: 'forecast-grown-group' }, { topics: ['forecast-grown'] });
    expect(topic?.partitions[1]).toMatchObject({ rule: 'F-07', first: 1, skipped: 1 });
    await tool.leave('forecast-grown-group');
  });

  it('counts a handover, and says what is missing', async () => {
    await tool.create('forecast-handover', 1);
    await tool.produce(
      'forecast-handover',
      Array.from({ length: 10 }, (_, i) => ({ partition: 0, value: `${i}` })),
    );
    await tool.commit('forecast-old', 'forecast-handover', { 0: 7 });
    const { topic } = await run(
      { consumerGroup: 'forecast-new' },
      { topics: ['forecast-handover'], was: 'forecast-old' },
    );
    expect(topic?.partitions[0]).toMatchObject({
      rule: 'F-02',
      first: 10,
      skipped: 10,
      handover: { handledBefore: 7, handledByNobody: 3, twice: 0 },
    });
    const missing = await run({}, { topics: ['forecast-nowhere'] });
    expect(missing.topic).toMatchObject({ partitions: [], summary: { skipped: null } });
    expect(missing.problems.map(({ message }) => message)).toContain(
      'Topic forecast-nowhere does not exist. The brokers create no topics: nothing is delivered for any topic of this component until it exists (F-19).',
    );
  });

  it('stays exact while somebody produces', async () => {
    await tool.create('forecast-race', 1);
    const producing = tool.produce(
      'forecast-race',
      Array.from({ length: 2000 }, (_, i) => ({ partition: 0, value: `${i}` })),
    );
    for (let i = 0; i < 10; i++) {
      const { topic } = await run({ initialOffset: 'oldest' }, { topics: ['forecast-race'] });
      const [p] = topic?.partitions ?? [];
      expect(p?.backlog).toBe((p?.highWatermark ?? NaN) - (p?.first ?? NaN));
    }
    await producing;
    const { topic } = await run({ initialOffset: 'oldest' }, { topics: ['forecast-race'] });
    expect(topic?.summary.backlog).toBe(2000);
  });

  it('dry-runs the very records that would be delivered', async () => {
    await tool.create('forecast-dry', 1);
    await tool.produce(
      'forecast-dry',
      ['{"type":"a"}', '{"type":"b"}', 'no json', '{"type":"a"}'].map((value) => ({ partition: 0, value })),
    );
    const { topic } = await run({ initialOffset: 'oldest' }, { topics: ['forecast-dry'] });
    const records: RangeRecord[] = [];
    const problems: string[] = [];
    for await (const record of rangeRecords(
      { connection: client.connection, read: readRanges },
      'forecast-dry',
      topic?.partitions ?? [],
      (problem) => problems.push(problem),
      AbortSignal.timeout(20_000),
    ))
      records.push(record);
    expect(records.map((record) => record.offset)).toEqual([0, 1, 2, 3]);
    expect(problems).toEqual([]);
    const result = await dryRun(records, {
      rawPayload: undefined,
      rules: [{ match: 'event.type == "a"', path: '/a' }],
      defaultPath: '/other',
      deadLetterTopic: undefined,
      escapeHeaders: false,
      excludesHeader: undefined,
      now: 0,
      daprVersion: '1.18.0',
      http: true,
      evaluate: createMatchEvaluator(),
    });
    expect(result).toMatchObject({
      delivered: { '/a': 1, '/other': 1 },
      blockades: [{ partition: 0, offset: 2, waiting: 1 }],
    });
  });
});
