// What a real daprd did with real records (test/fixtures/dapr-deliveries.json), against what the forecast and the dry run
// say of the same files and the same records on a real broker.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { handlerOutcome, type HandlerAnswer } from '../../src/core/dapr/delivery/handlerOutcome.ts';
import { handlerSetup } from '../../src/core/dapr/delivery/handlerSetup.ts';
import { dryRunRecord } from '../../src/core/dapr/delivery/dryRun.ts';
import { readsNothing } from '../../src/core/dapr/delivery/start.ts';
import { dryRun, dryRunSetup } from '../../src/core/forecast/dryRun.ts';
import { forecast } from '../../src/core/forecast/forecast.ts';
import { createMatchEvaluator } from '../../src/core/forecast/matchEvaluator.late.ts';
import { planForecast } from '../../src/core/forecast/plan.ts';
import { rangeRecords } from '../../src/core/forecast/rangeRecords.ts';
import { createClusterClient, type ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { readRanges } from '../../src/core/kafka/read/readRanges.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { compileRegex } from '../../src/core/scan/expressions.late.ts';
import { openTool, type KafkaTool, type NewRecord } from '../support/kafka/tool.ts';

interface Scenario {
  id: string;
  component: string;
  subscription: string;
  action: string;
  topic: { name: string; records: number };
  deliveries: [path: string, offset: number][];
  committed: number | null;
}
const read = <T>(file: string) => JSON.parse(readFileSync(`test/fixtures/${file}`, 'utf8')) as T;
const recorded = read<{ starts: string[]; deliveries: Scenario[] }>('dapr-deliveries.json');
const { starts } = read<{ starts: { id: string }[] }>('dapr-partition-starts.json');

/** Not told by a dry run, and why. */
const LEFT_OUT: Record<string, string> = {
  'd1a-newest-idle-session': 'nothing was produced, so that no start was recorded',
  'd1b-newest-after-idle': 'no marker showed the start; nothing was delivered, as F-02 says',
  'f17-uuid-oldest-start1': 'a group of its own at each start: table of start.test.ts',
  'f17-uuid-oldest-start2': 'as start1',
  'f07-new-partition-newest': 'while it runs: forecast.test.ts adds a partition to a running group',
  'f07-new-partition-oldest': 'while it runs, as above',
};

/** Recorded in bulk: calls of the app with whole batches, without offsets. What it answered for each message. */
const BULK: Record<string, HandlerAnswer> = {
  'e-bulk-ok': 'success',
  'e-bulk-emptystatus': 'retry',
  'e-bulk-404': 'not-found',
  'e-bulk-500': 'error',
  'e-bulk-badjson-first': 'success',
};

const event = (more: object) =>
  JSON.stringify({
    specversion: '1.0',
    id: '1',
    source: 's',
    type: 'a.b',
    datacontenttype: 'application/json',
    data: { n: 1 },
    ...more,
  });
const bad = { headers: [['x-bad', 'a\nb']] as [string, string][] };
/** The records of the scenarios that are about their records. */
const RECORDS: Record<string, Omit<NewRecord, 'partition'>[]> = {
  'e-payload-nonjson': [{ value: '{"id":"1"}' }, { value: 'not json' }, { value: '{"id":"3"}' }],
  'e-bulk-badjson-first': [{ value: 'not json' }],
  'e-payload-empty': [{ value: '{"id":"1"}' }, { value: '' }, { value: '{"id":"3"}' }],
  'e-payload-tombstone': [{ value: '{"id":"1"}' }, { value: null }, { value: '{"id":"3"}' }],
  'e-payload-cloudevent': [{ value: event({ id: 'a', type: 't' }) }],
  'e-payload-expired': [{ value: event({ id: 'a', expiration: '2020-01-01T00:00:00Z' }) }, { value: '{"id":"2"}' }],
  'e-raw-true': [{ value: 'not json' }, { value: '[1]' }],
  'e-raw-unquoted-bool': [{ value: 'not json' }],
  'e-rule-false-default-ce': [{ value: event({}) }, { value: event({}) }],
  'e-rule-false-nodefault-ce': [{ value: event({}) }, { value: event({}) }],
  'e-rule-true-ce': [{ value: event({}) }, { value: event({}) }],
  'e-rule-nonbool': [{ value: event({}) }],
  'e-headers-illegal': [bad, bad, bad],
  'e-headers-excluded': [bad, bad, bad],
};
const plain = ({ id, topic }: Scenario): Omit<NewRecord, 'partition'>[] =>
  Array.from({ length: topic.records }, (_, n) => ({
    value: JSON.stringify({ id: `${id}/0/m${n}`, data: { n, tag: 'm' } }),
    ...RECORDS[id]?.[n],
  }));

/** What the app of the recording answered, and for which offset. */
function scripted({ action }: Scenario): { offset: number; answer: HandlerAnswer } | undefined {
  const [, code = '', body = '', offset = ''] = /^answer \((\d+), (.*)\) for offset (\d+)$/.exec(action) ?? [];
  if (offset === '') return undefined;
  const status = /'status': '([^']*)'/.exec(body)?.[1] ?? '';
  const answer =
    code === '404'
      ? 'not-found'
      : code !== '200'
        ? 'error'
        : status === 'DROP'
          ? 'drop'
          : status === '' || status === 'SUCCESS'
            ? 'success'
            : 'retry';
  return { offset: Number(offset), answer };
}

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

/** Calls of the app, each once however often it is called there, and the commit after them; as forecast from the files. */
async function foretold(scenario: Scenario): Promise<{ calls: [string, number][]; committed: number | null }> {
  const files = [
    { path: 'c.yaml', text: scenario.component },
    { path: 's.yaml', text: scenario.subscription },
  ];
  const options = { appId: 'app1' };
  const [planned] = planForecast(files, options).readers;
  const result = await forecast({ files, cluster: client, options });
  const partitions = result.components[0]?.topics[0]?.partitions ?? [];
  const calls: [string, number][] = [];
  if (planned === undefined || partitions.some((p) => readsNothing(p.rule))) return { calls, committed: null };
  const [topic] = planned.reader.topics;
  const runtime = {
    now: Date.now(),
    daprVersion: '1.18.0',
    http: true,
    evaluate: createMatchEvaluator(),
    compileRegex,
  };
  const setup = dryRunSetup(planned.reader, topic?.subscription, runtime);
  const { setup: surroundings } = handlerSetup(
    topic!.subscription!,
    planned.reader.component,
    planForecast(files, options).workspace,
    '1.18.0',
  );
  // The recordings had these beside the files.
  if (/resiliency-max2/.test(scenario.id)) surroundings.resiliency = { maxRetries: 2, durationMs: 100 };
  if (scenario.id === 'e-dlt-missing-topic') surroundings.deadLetterFails = true;
  const script = scripted(scenario);
  let committed: number | null = null;
  const source = { connection: client.connection, read: readRanges };
  const signal = AbortSignal.timeout(20_000);
  for await (const record of rangeRecords(
    source,
    scenario.topic.name,
    partitions,
    (text) => expect(text).toBe(''),
    signal,
  )) {
    const fate = dryRunRecord(record, setup);
    if (fate.kind === 'delivered') {
      calls.push([fate.path, record.offset]);
      if (script?.offset !== record.offset) committed = record.offset + 1;
      else {
        const outcome = handlerOutcome(script.answer, surroundings);
        if (outcome.fate === 'blocks') break;
        if (outcome.committed) committed = record.offset + 1;
      }
    } else if (fate.kind === 'dropped' || fate.kind === 'dead-lettered') committed = record.offset + 1;
    else if (fate.kind !== 'skipped') break;
  }
  return { calls, committed };
}

describe('a recorded delivery of a real daprd', () => {
  it.each(recorded.deliveries.filter(({ id }) => !(id in LEFT_OUT || id in BULK)))('$id', async (scenario) => {
    const { name } = scenario.topic;
    await tool.create(name, 1);
    await tool.produce(
      name,
      plain(scenario).map((record) => ({ ...record, partition: 0 })),
    );
    const { calls, committed } = await foretold(scenario);
    const { deliveries } = scenario;
    const once = deliveries.filter((call, i) => i === 0 || call[1] !== deliveries[i - 1]?.[1]);
    expect({ calls, committed }).toEqual({ calls: once, committed: scenario.committed });
  });

  it.each(recorded.deliveries.filter(({ id }) => id in BULK))('$id: in batches', async (scenario) => {
    const { name } = scenario.topic;
    await tool.create(name, 1);
    await tool.produce(
      name,
      plain(scenario).map((record) => ({ ...record, partition: 0 })),
    );
    const files = [
      { path: 'c.yaml', text: scenario.component },
      { path: 's.yaml', text: scenario.subscription },
    ];
    const { workspace, readers } = planForecast(files, { appId: 'app1' });
    const { reader } = readers[0]!;
    const [topic] = reader.topics;
    const result = await forecast({ files, cluster: client, options: { appId: 'app1' } });
    const { partitions } = result.components[0]!.topics[0]!;
    const runtime = {
      now: Date.now(),
      daprVersion: '1.18.0',
      http: true,
      evaluate: createMatchEvaluator(),
      compileRegex,
    };
    const source = { connection: client.connection, read: readRanges };
    const records = rangeRecords(
      source,
      name,
      partitions,
      (text) => expect(text).toBe(''),
      AbortSignal.timeout(20_000),
    );
    const tried = await dryRun(records, dryRunSetup(reader, topic!.subscription, runtime));
    expect(tried.blockades).toEqual([]);
    const { setup } = handlerSetup(topic!.subscription!, reader.component, workspace, '1.18.0');
    const { committed } = handlerOutcome(BULK[scenario.id]!, setup);
    const paths = [...new Set(scenario.deliveries.map(([path]) => path))];
    expect([Object.keys(tried.delivered), committed ? tried.records : null]).toEqual([paths, scenario.committed]);
    // The one that is no JSON is lost with the batch that daprd commits.
    expect(tried.dropped).toEqual(scenario.id === 'e-bulk-badjson-first' ? { 'not-json': 1 } : {});
  });

  it('is replayed, or it is said why not', () => {
    // A start is replayed in forecast.test.ts.
    const replayed = new Set([...starts.map(({ id }) => id), ...Object.keys(LEFT_OUT)]);
    expect(recorded.starts.filter((id) => !replayed.has(id))).toEqual([]);
    const ids = [...recorded.starts, ...recorded.deliveries.map(({ id }) => id)];
    expect(Object.keys(LEFT_OUT).filter((id) => !ids.includes(id))).toEqual([]);
  });
});
