// States of a real cluster as people meet them, each forecast three ways: the command, the replay page and the table in
// the file. Numbers and sentences are expected, and all three must agree.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { count } from '../../src/shared/counts.ts';
import type { ReplayForecast } from '../../src/shared/replayPage.ts';
import { gatherFacts } from '../../src/core/forecast/facts.ts';
import { componentForecast } from '../../src/core/forecast/forecast.ts';
import { lossOf, NOTHING_SAMPLED, tableOf } from '../../src/core/forecast/liveReader.ts';
import { planForecast } from '../../src/core/forecast/plan.ts';
import { ReplayModel } from '../../src/core/forecast/replay.ts';
import type { ForecastResult } from '../../src/core/forecast/result.ts';
import { sampleTopic } from '../../src/core/forecast/sample.ts';
import { createGate } from '../../src/core/kafka/changes/gate.ts';
import { deleteGroups } from '../../src/core/kafka/changes/groups.ts';
import { createClusterClient, type ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { readRanges } from '../../src/core/kafka/read/readRanges.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { runCli } from '../support/cli/runCli.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

const { bootstrap } = inject('kafka');
let tool: KafkaTool;
let client: ClusterClient;
beforeAll(async () => {
  tool = openTool(inject('kafka'));
  client = createClusterClient(await connectCluster({ id: 't', name: 't', bootstrap: bootstrap.split(',') }, {}));
});
afterAll(async () => {
  await client.close();
  await tool.close();
});

const component = (items: Record<string, string>, type = 'pubsub.kafka') =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\nspec:\n  type: ${type}\n  version: v1\n  metadata:\n${Object.entries(
    { brokers: bootstrap.split(',')[0] ?? '', authType: 'none', ...items },
  )
    .map(([name, value]) => `  - name: ${name}\n    value: "${value}"\n`)
    .join('')}scopes:\n- app\n`;
const subscribe = (...topics: string[]) =>
  topics
    .map(
      (topic) =>
        `---\napiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: s-${topic}\nspec:\n  pubsubname: shop\n  topic: ${topic}\n  routes:\n    default: /in\n`,
    )
    .join('');
const write = (topic: string, ...counts: number[]) =>
  tool.produce(
    topic,
    counts.flatMap((n, partition) => Array.from({ length: n }, (_, i) => ({ partition, value: `{"n":${i}}` }))),
  );

/** Per partition: log start, high watermark, committed, first, backlog, skipped. */
type Row = [string, number | null, number | null, number | null, number | null, number | null, number | null];

/** What command, page and table say of the app; they must say the same. */
async function forecasts(text: string): Promise<{
  rows: Row[];
  sentences: string[];
  page: ReplayForecast;
  problems: string[];
  command: Pick<ForecastResult, 'problems'> & { notes: string[] };
}> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-states-'));
  try {
    await writeFile(path.join(folder, 'shop.yaml'), text);
    const run = await runCli(['forecast', 'shop.yaml', '--json', '--bootstrap', bootstrap], { cwd: folder });
    expect([0, 4]).toContain(run.code);
    const { components, problems: told } = run.json() as Pick<ForecastResult, 'components' | 'problems'>;
    const command = components
      .filter(({ app }) => app === 'app')
      .flatMap(({ topics }) =>
        topics.flatMap(({ topic, brokerTopic, partitions }) =>
          partitions.map((p): Row => [
            `${brokerTopic ?? topic} P${p.partition}`,
            p.logStart,
            p.highWatermark,
            p.committed,
            p.first,
            p.backlog,
            p.skipped,
          ]),
        ),
      );

    const files = [{ path: 'shop.yaml', text }];
    const { now, problems } = await new ReplayModel(files).replay(client, { component: 'shop', app: 'app' }, {});
    const page = now.topics.flatMap(({ topic, brokerTopic, partitions }) =>
      partitions.map((p): Row => [
        `${brokerTopic ?? topic} P${p.partition}`,
        p.logStart,
        p.highWatermark,
        p.committed === 'none' ? null : p.committed,
        p.first,
        p.backlog,
        p.skipped,
      ]),
    );
    expect(page).toEqual(command);
    expect(now.summary).toEqual(sumOf(components.find(({ app }) => app === 'app')));

    const plan = planForecast(files, {});
    const planned = plan.readers.find(({ reader }) => reader.app === 'app')!;
    const facts = await gatherFacts(client, plan);
    const live = { ...NOTHING_SAMPLED, planned, cluster: 't', facts, forecast: componentForecast(planned, facts) };
    expect(rowsOf(tableOf(live))).toEqual(command);
    const sentences = now.topics.flatMap(({ partitions }) => partitions.map(({ sentence }) => sentence));
    expect(tableOf(live).replaceAll('\\', '')).toContain(sentences[0] ?? '');
    const said = { problems: told, notes: run.stderr.split('\n') };
    return { rows: command, sentences, page: now, problems, command: said };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function sumOf(component: ForecastResult['components'][number] | undefined) {
  const add = (of: 'backlog' | 'skipped' | 'gone' | 'replayed') =>
    (component?.topics ?? []).reduce<number | null>(
      (sum, { summary }) => (sum === null || summary[of] === null ? null : sum + summary[of]),
      0,
    );
  return { backlog: add('backlog'), skipped: add('skipped'), gone: add('gone'), replayed: add('replayed') };
}

/** The numbers of the Markdown tables. */
function rowsOf(table: string): Row[] {
  const number = (cell = '') => (/^[–?]$/.test(cell) ? null : Number(cell.replaceAll(',', '')));
  let topic = '';
  return table.split('\n').flatMap((line): Row[] => {
    const cells = line.split(' | ');
    if (cells.length < 8) return [];
    if (cells[0]?.startsWith('**')) topic = cells[0].replaceAll(/[*\\]/g, '');
    if (!/^P\d+$/.test(cells[0] ?? '')) return [];
    const [start, end, committed, first, backlog, skipped] = cells.slice(1, 7).map(number);
    return [[`${topic} ${cells[0]}`, start!, end!, committed!, first!, backlog!, skipped!]];
  });
}

it('never committed, committed in part, and several topics of one component', async () => {
  await tool.create('st-orders', 2);
  await tool.create('st-bills', 1);
  await write('st-orders', 10, 6);
  await write('st-bills', 3);
  await tool.commit('st-part', 'st-orders', { 0: 4 });
  const { rows, sentences } = await forecasts(
    component({ consumerGroup: 'st-part' }) + subscribe('st-orders', 'st-bills'),
  );
  expect(rows).toEqual([
    ['st-orders P0', 0, 10, 4, 4, 6, 0],
    ['st-orders P1', 0, 6, null, 6, 0, 6],
    ['st-bills P0', 0, 3, null, 3, 0, 3],
  ]);
  expect(sentences).toEqual([
    'Committed 4: resumes there, 6 will be delivered; initialOffset has no effect here.',
    'The group has no commit for this partition, newest: starts at 6; 6 never received.',
    'The group has no commit for this partition, newest: starts at 3; 3 never received.',
  ]);
});

it('consumerID names the group', async () => {
  await tool.create('st-id', 1);
  await write('st-id', 5);
  await tool.commit('st-by-id', 'st-id', { 0: 5 });
  const { rows, sentences, page } = await forecasts(component({ consumerID: 'st-by-id' }) + subscribe('st-id'));
  expect([page.group, page.groupFrom]).toEqual(['st-by-id', 'from consumerID']);
  expect(rows).toEqual([['st-id P0', 0, 5, 5, 5, 0, 0]]);
  expect(sentences).toEqual(['Committed 5, the end of the log: caught up.']);
});

it('records deleted past the commit', async () => {
  await tool.create('st-trimmed', 1);
  await write('st-trimmed', 20);
  await tool.run('delete-records', 'st-trimmed', 0, 12);
  await tool.commit('st-late', 'st-trimmed', { 0: 5 });
  const newest = await forecasts(component({ consumerGroup: 'st-late' }) + subscribe('st-trimmed'));
  expect(newest.rows).toEqual([['st-trimmed P0', 12, 20, 5, 20, 0, 8]]);
  expect(newest.page.summary).toEqual({ backlog: 0, skipped: 8, gone: 7, replayed: 0 });
  expect(newest.sentences).toEqual([
    'Committed 5, but Kafka deleted up to the log start: 7 already deleted by Kafka, and newest jumps to 20; 8 more never received.',
  ]);
  const oldest = await forecasts(
    component({ consumerGroup: 'st-late', initialOffset: 'oldest' }) + subscribe('st-trimmed'),
  );
  expect(oldest.rows).toEqual([['st-trimmed P0', 12, 20, 5, 12, 8, 0]]);
  expect(oldest.sentences).toEqual([
    'Committed 5, but Kafka deleted up to the log start: 7 already deleted by Kafka; oldest continues at 12.',
  ]);
});

it('a topic created again: its commits go with it, and one that comes back lies above the end', async () => {
  await tool.create('st-again', 1);
  await write('st-again', 9);
  await tool.commit('st-reborn', 'st-again', { 0: 9 });
  const text = component({ consumerGroup: 'st-reborn' }) + subscribe('st-again');
  expect((await forecasts(text)).rows).toEqual([['st-again P0', 0, 9, 9, 9, 0, 0]]);
  await tool.run('delete', 'st-again');
  const missing = await forecasts(text);
  expect(missing.rows).toEqual([]);
  expect(missing.page.summary.skipped).toBeNull();
  expect(missing.problems.join()).toContain('Topic st-again does not exist.');
  expect(missing.problems.join()).toContain('nothing is delivered for any topic of this component until it exists');
  await tool.create('st-again', 1);
  await write('st-again', 3);
  // As a mirror or a backup brings it back.
  await tool.commit('st-reborn', 'st-again', { 0: 9 });
  const { rows, sentences } = await forecasts(text);
  expect(rows).toEqual([['st-again P0', 0, 3, 9, 3, 0, 3]]);
  expect(sentences[0]).toMatch(/^Committed 9 lies above the end of the log \(topic recreated\?\): starts at 3/);
  const oldest = await forecasts(
    component({ consumerGroup: 'st-reborn', initialOffset: 'oldest' }) + subscribe('st-again'),
  );
  expect(oldest.page.summary).toEqual({ backlog: 3, skipped: 0, gone: 0, replayed: 3 });
});

it('commits that were deleted or expired: as if there had never been any', async () => {
  await tool.create('st-expired', 1);
  await write('st-expired', 8);
  await tool.commit('st-forgotten', 'st-expired', { 0: 6 });
  const files = [{ path: 'shop.yaml', text: component({ consumerGroup: 'st-forgotten' }) + subscribe('st-expired') }];
  const asked = { component: 'shop', app: 'app' };
  const model = new ReplayModel(files);
  const { then } = await model.replay(client, asked, { moment: 'group-deleted' });
  expect(then?.summary).toEqual({ backlog: 0, skipped: 2, gone: 0, replayed: 0 });
  const gate = createGate({ name: 'test', mode: 'normal' }, () => Promise.resolve(true));
  await deleteGroups(client, await client.describeGroups(['st-forgotten']), gate);
  const { rows, sentences } = await forecasts(files[0]!.text);
  expect(rows).toEqual([['st-expired P0', 0, 8, null, 8, 0, 8]]);
  expect(sentences).toEqual(['Never committed, newest: starts at 8; 8 never received.']);
});

it('transactions: markers, aborted and open records lie between the ends that count', async () => {
  await tool.run('seed', 'open-transaction', 'st-open');
  const [topic] = await client.offsets(await client.topics(['st-open']));
  const end = topic?.partitions[0]?.highWatermark ?? 0;
  // Read uncommitted: the high watermark counts, also behind a transaction that is open.
  expect(end).toBe(20);
  const { rows } = await forecasts(
    component({ consumerGroup: 'st-tx', initialOffset: 'oldest' }) + subscribe('st-open'),
  );
  expect(rows).toEqual([['st-open P0', 0, end, null, 0, end, 0]]);
});

it('a compacted topic: offsets are counted, and a look at its records tells how many messages there are', async () => {
  await tool.run('seed', 'compacted', 'st-compacted');
  const text = component({ consumerGroup: 'st-c' }) + subscribe('st-compacted');
  const { rows, sentences, page } = await forecasts(text);
  const end = rows[0]?.[2] ?? NaN;
  expect(rows).toEqual([['st-compacted P0', 0, end, null, end, 0, end]]);
  expect(page.summary).toEqual({ backlog: 0, skipped: end, gone: 0, replayed: 0 });
  expect(sentences[0]).toMatch(/^Never committed, newest: starts at 2,0\d\d; 2,0\d\d never received\.$/);

  const [topic] = await client.offsets(await client.topics(['st-compacted']));
  const source = { connection: client.connection, read: readRanges };
  const signal = AbortSignal.timeout(20_000);
  const sample = await sampleTopic(source, 'st-compacted', topic!.partitions, { windows: 1, offsets: 3_000 }, signal);
  const kept = (await tool.dump('st-compacted')).length;
  // Ten times as many were overwritten.
  expect([sample.offsets, sample.found]).toEqual([end, kept]);
  const facts = await gatherFacts(client, { topics: ['st-compacted'], groups: ['st-c'] });
  const planned = planForecast([{ path: 'shop.yaml', text }], {}).readers[0]!;
  const live = { planned, cluster: 't', facts, forecast: componentForecast(planned, facts) };
  const sampled = { ...NOTHING_SAMPLED, samples: new Map([['st-compacted', sample]]) };
  const offsets = count(end);
  expect(lossOf({ ...sampled, ...live }, planned.reader.topics[0]!).sentence).toBe(
    `st-compacted holds ${offsets} messages; group st-c has never committed: with newest it receives none of them. ` +
      `These are offsets: of ${offsets} that were sampled, ${kept} hold a message (compaction or transactions), so there are about ${kept}.`,
  );
  expect(tableOf({ ...sampled, ...live })).toContain(`so there are about ${kept}`);
});

it('while somebody produces: each answer agrees with itself, and another one says how far it went', async () => {
  await tool.create('st-moving', 1);
  await write('st-moving', 1);
  const files = [{ path: 'shop.yaml', text: component({ consumerGroup: 'st-m' }) + subscribe('st-moving') }];
  const producer = openTool(inject('kafka'));
  let produced = false;
  const producing = (async () => {
    for (let i = 0; i < 40; i++) await producer.produce('st-moving', [{ partition: 0, value: `{"n":${i}}` }]);
    produced = true;
  })();
  const ends: number[] = [];
  let model = new ReplayModel(files);
  do {
    const { now } = await model.replay(client, { component: 'shop', app: 'app' }, {});
    const [p] = now.topics[0]!.partitions;
    const end = p!.highWatermark ?? NaN;
    ends.push(end);
    expect(p!.sentence).toBe(`Never committed, newest: starts at ${end}; ${end} never received.`);
    expect(now.summary).toEqual({ backlog: 0, skipped: end, gone: 0, replayed: 0 });
    model = model.again();
  } while (!produced);
  await producing;
  await producer.close();
  // It was seen to move, and never back.
  expect(ends).toEqual([...ends].sort((a, b) => a - b));
  expect(new Set(ends).size).toBeGreaterThan(2);
  const { rows, sentences } = await forecasts(files[0]!.text);
  expect(rows).toEqual([['st-moving P0', 0, 41, null, 41, 0, 41]]);
  expect(sentences).toEqual(['Never committed, newest: starts at 41; 41 never received.']);
});

it('{namespace} reads another topic, and says so', async () => {
  await tool.create('defaultst-ns', 1);
  await tool.create('st-ns', 1);
  await write('defaultst-ns', 2);
  await write('st-ns', 7);
  const { rows, page } = await forecasts(component({ consumerGroup: 'st-{namespace}' }) + subscribe('st-ns'));
  expect(page.group).toBe('st-default.app');
  expect(rows).toEqual([['defaultst-ns P0', 0, 2, null, 2, 0, 2]]);
  expect(page.notes.join()).toContain('what others write to the plain topic is never received');
});

it('several apps in one group share the topic', async () => {
  await tool.create('st-shared', 2);
  await write('st-shared', 4, 4);
  const text =
    component({ consumerGroup: 'st-common' }).replace('- app\n', '- app\n- other\n') + subscribe('st-shared');
  const { rows, page, command } = await forecasts(text);
  expect(rows.map((row) => row[6])).toEqual([4, 4]);
  // The command says it of both apps, beside the figures that they divide.
  const told = (name: string, also: string) =>
    `${name}, st-shared: Several apps or components read this topic in one group: each receives only its share (F-20). Also: ${also}.`;
  expect(command.problems.map(({ message }) => message)).toContain(told('shop (other)', 'shop (app)'));
  expect(command.notes).toContain(`shop.yaml:1 ${told('shop (app)', 'shop (other)')}`);
  expect(page.notes).toContain(
    'st-shared: Several apps or components read this topic in one group: each receives only its share (F-20). Also: shop (other).',
  );
});

it('an input binding reads its own list of topics', async () => {
  await tool.create('st-bound', 1);
  await write('st-bound', 5);
  await tool.commit('st-binding', 'st-bound', { 0: 1 });
  const { rows } = await forecasts(component({ consumerGroup: 'st-binding', topics: 'st-bound' }, 'bindings.kafka'));
  expect(rows).toEqual([['st-bound P0', 0, 5, 1, 1, 4, 0]]);
});

it('a group that is read, and a partition that it has not noticed', async () => {
  await tool.create('st-grown', 1);
  await write('st-grown', 6);
  await tool.commit('st-busy', 'st-grown', { 0: 6 });
  await tool.join({
    kind: 'classic',
    group: 'st-busy',
    clientId: 'busy-1',
    topics: ['st-grown'],
    settings: { read: 'false', 'metadata.max.age.ms': '600000' },
  });
  const text = component({ consumerGroup: 'st-busy' }) + subscribe('st-grown');
  const busy = await forecasts(text);
  expect(busy.rows).toEqual([['st-grown P0', 0, 6, 6, 6, 0, 0]]);
  expect(busy.page.members.map(({ clientId, partitions }) => [clientId, partitions])).toEqual([
    ['busy-1', [{ topic: 'st-grown', partitions: [0] }]],
  ]);
  expect(busy.page.notes[0]).toContain('A restart in order repeats nothing');
  await tool.run('add-partitions', 'st-grown', 2);
  await tool.produce('st-grown', [
    { partition: 1, value: 'x' },
    { partition: 1, value: 'y' },
  ]);
  const grown = await forecasts(text);
  expect(grown.rows[1]).toEqual(['st-grown P1', 0, 2, null, 2, 0, 2]);
  expect(grown.sentences[1]).toBe(
    'New partition that no member reads yet: with newest the reader starts at its end when it notices (up to 16 minutes); 2 never received.',
  );
  const oldest = await forecasts(
    component({ consumerGroup: 'st-busy', initialOffset: 'oldest' }) + subscribe('st-grown'),
  );
  expect(oldest.sentences[1]).toBe(
    'New partition that no member reads yet: delayed until the reader notices (up to 16 minutes), nothing is lost.',
  );
  await tool.leave('st-busy');
});

it('a group of a new name at every start', async () => {
  await tool.create('st-uuid', 1);
  await write('st-uuid', 5);
  const newest = await forecasts(component({ consumerGroup: 'st-{uuid}' }) + subscribe('st-uuid'));
  expect(newest.rows).toEqual([['st-uuid P0', 0, 5, null, 5, 0, 5]]);
  expect(newest.sentences).toEqual(['The group gets a new name at every start: starts at 5; 5 never received.']);
  const oldest = await forecasts(
    component({ consumerGroup: 'st-{uuid}', initialOffset: 'oldest' }) + subscribe('st-uuid'),
  );
  expect(oldest.page.summary).toEqual({ backlog: 5, skipped: 0, gone: 0, replayed: 5 });
});

it('a component that daprd refuses reads nothing', async () => {
  await tool.create('st-refused', 1);
  await write('st-refused', 4);
  const { rows, page, problems } = await forecasts(
    component({ consumerGroup: 'st-x', initialOffset: 'earliest' }) + subscribe('st-refused'),
  );
  expect(rows).toEqual([['st-refused P0', 0, 4, null, null, 0, 4]]);
  expect(page.topics[0]?.partitions[0]?.rule).toBe('F-00');
  expect(problems.join()).toContain('K-03: daprd stops: kafka error: invalid initialOffset: earliest.');
});
