import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { dryRun, type RangeRecord } from '../../src/core/forecast/dryRun.ts';
import { forecast } from '../../src/core/forecast/forecast.ts';
import type { ForecastOptions } from '../../src/core/forecast/plan.ts';
import { createMatchEvaluator } from '../../src/core/forecast/matchEvaluator.late.ts';
import { rangeRecords } from '../../src/core/forecast/rangeRecords.ts';
import { readRanges } from '../../src/core/kafka/read/readRanges.ts';
import { createClusterClient, type ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

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

let tool: KafkaTool;
let client: ClusterClient;
beforeAll(async () => {
  tool = openTool(inject('kafka'));
  client = createClusterClient(
    await connectCluster({ id: 't', name: 't', bootstrap: [inject('kafka').bootstrap] }, {}),
  );
});
afterAll(async () => {
  await client.close();
  await tool.close();
});

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
    expect(missing.problems.some((problem) => problem.message.startsWith('Topic forecast-nowhere: '))).toBe(true);
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
