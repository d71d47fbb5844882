// What the messages page asks and is told, on a real broker: rows, filters, transactions, pausing, timeline, export.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import type { FetchResponse } from '../../src/core/kafka/protocol/fetch.ts';
import { readAgain } from '../../src/core/scan/readAgain.ts';
import type { KafkaConnection } from '../../src/core/kafka/transport/connection.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';
import { readSpec, ScanPage } from './scanPage.ts';

const kafka = inject('kafka');
const profile = { id: 'test', name: 'test', bootstrap: kafka.bootstrap.split(',') };
const signal = new AbortController().signal;
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

const newPage = (topic: string) => new ScanPage(topic, connection, () => connectCluster(profile, {}));

it('shows every record once, with previews, and every byte of one on demand', async () => {
  const topic = 'page-rows';
  await tool.create(topic, 2);
  const long = 'x'.repeat(300);
  await tool.produce(topic, [
    {
      partition: 0,
      timestamp: 1000,
      key: 'k',
      value: long,
      headers: [
        ['h', 'v'],
        ['h', null],
      ],
    },
    { partition: 1, timestamp: 2000, key: null, value: null },
    { partition: 1, timestamp: 3000, key: '', value: { base64: Buffer.from([0, 255]).toString('base64') } },
  ]);
  page = newPage(topic);
  const rows = await page.read({});
  const byPlace = new Map(rows.map((row) => [`${row.partition}:${row.offset}`, row]));
  expect([...byPlace.keys()].sort()).toEqual(['0:0', '1:0', '1:1']);
  expect(byPlace.get('0:0')).toMatchObject({
    timestamp: 1000,
    key: 'k',
    value: 'x'.repeat(256),
    valueTruncated: true,
    headers: [
      ['h', 'v'],
      ['h', null],
    ],
  });
  expect(byPlace.get('1:0')).toMatchObject({ key: null, value: null });
  expect(byPlace.get('1:1')).toMatchObject({ key: '', value: '00 ff' });
  const detail = await page.scan.detail({ index: byPlace.get('0:0')!.index }, signal);
  expect(Buffer.from(detail.value!, 'base64').toString()).toBe(long);
  expect(detail.decodedValue).toEqual({ format: 'text', text: long });
  expect(page.states).toEqual(['resolving', 'reading', 'done']);
});

it('puts rows in order across partitions and finds places in it; the same start gives the same rows in the same places', async () => {
  const topic = 'page-order';
  await tool.create(topic, 3);
  // P0 has one time out of order: 5, 9, 2, 11. The merge never turns around what a partition has in its log.
  const times = [
    [5, 9, 2, 11],
    [1, 6, 10],
    [3, 4, 7, 8],
  ];
  await tool.produce(
    topic,
    times.flatMap((list, partition) => list.map((t) => ({ partition, timestamp: t * 1000, value: `${t}` }))),
  );
  page = newPage(topic);
  const inOrder = async (by: 'time' | 'offset', newestFirst: boolean) => {
    await page.read({});
    const view = { by, newestFirst, of: page.count };
    return (await page.scan.rows({ from: 0, count: page.count, view }, signal)).map((row) => row.value);
  };
  const byTime = ['1', '3', '4', '5', '6', '7', '8', '9', '2', '10', '11'];
  expect(await inOrder('time', false)).toEqual(byTime);
  expect(await inOrder('time', false)).toEqual(byTime);
  expect(await inOrder('time', true)).toEqual(byTime.toReversed());
  expect(await inOrder('offset', false)).toEqual(['5', '1', '3', '9', '6', '4', '2', '10', '7', '11', '8']);
  const view = { by: 'time', newestFirst: false, of: 11 } as const;
  expect(page.scan.find({ place: { timestamp: 6500 }, view })).toMatchObject({ position: 5 });
  expect(page.scan.find({ place: { timestamp: 6500 }, view: { ...view, newestFirst: true } })).toMatchObject({
    position: 5,
  });
  expect(page.scan.find({ place: { partition: 0, offset: 2 }, view })).toMatchObject({ position: 8 });
  expect(page.scan.find({ place: { timestamp: 12_000 }, view })).toBeNull();
});

it('does not take its first rows for the first at a place before it began', async () => {
  const topic = 'page-places';
  await tool.create(topic, 2);
  await tool.produce(
    topic,
    [1, 2, 3, 4].flatMap((t) => [0, 1].map((partition) => ({ partition, timestamp: t * 1000, value: `{"t":${t}}` }))),
  );
  const at = (partition: number, offset: number) => ({ place: { partition, offset }, view: null });
  const time = (timestamp: number) => ({ place: { timestamp }, view: null });
  const placeOf = async (query: ReturnType<typeof at> | ReturnType<typeof time>) => {
    const found = page.scan.find(query);
    const [row] = found ? await page.scan.rows({ from: found.index, count: 1, view: null }, signal) : [];
    return row && `${row.partition}:${row.offset}`;
  };
  page = newPage(topic);
  await page.read({ start: { kind: 'offsets', offsets: { 0: 2, 1: 0 } } });
  expect(await Promise.all([at(0, 1), at(0, 2), at(1, 0)].map(placeOf))).toEqual([undefined, '0:2', '1:0']);
  await page.read({ start: { kind: 'last', count: 4 } });
  expect(await Promise.all([time(2500), time(3500)].map(placeOf))).toEqual([undefined, expect.stringMatching(/:3$/)]);
  await page.read({ start: { kind: 'time', timestamp: 2500 } });
  expect(await Promise.all([time(2400), time(2600)].map(placeOf))).toEqual([undefined, expect.stringMatching(/:2$/)]);
  // Where a filter leaves rows out, none of them tells when the reading began.
  await page.read({ start: { kind: 'last', count: 4 }, filter: { language: 'cel', text: 'value.t == 4' } });
  expect(await placeOf(time(3000))).toMatch(/:3$/);
  await page.read({});
  expect(await placeOf(time(0))).toMatch(/:0$/);
});

it('filters the whole topic, counts what cannot be judged and names it', async () => {
  const topic = 'page-filter';
  await tool.create(topic, 1);
  const records = Array.from({ length: 500 }, (_, i) => ({ value: i % 100 === 7 ? 'no json' : `{"n":${i}}` }));
  await tool.produce(topic, records, 'gzip');
  page = newPage(topic);
  const rows = await page.read({ filter: { language: 'cel', text: 'value.n % 50 == 3' } });
  expect(rows.map((row) => row.offset)).toEqual([3, 53, 103, 153, 203, 253, 303, 353, 403, 453]);
  expect(page.status).toMatchObject({ scanned: 500, matched: 10, failed: 5, left: 0 });
  expect(page.scan.failures().map((f) => f.offset)).toEqual([7, 107, 207, 307, 407]);
  expect(page.scan.find({ place: { partition: 0, offset: 104 }, view: null })).toEqual({ index: 3, position: 3 });
  const broken = await page.scan.checkFilter({ language: 'cel', text: 'value.n >' }, signal);
  expect(broken).toEqual({
    ok: false,
    message: 'This is not a CEL expression: Unexpected token: EOF (at character 10)',
  });
});

it('tries a filter on the newest message of the topic where no row is there to try it on', async () => {
  const topic = 'page-trial';
  await tool.create(topic, 2);
  page = newPage(topic);
  const check = (text: string) => page.scan.checkFilter({ language: 'cel', text }, signal);
  expect(await check('value.n > 3')).toEqual({
    ok: true,
    message: 'well formed; there is no message to try it on',
  });
  const start = Date.now() - 10_000;
  await tool.produce(topic, [
    { partition: 1, value: '{"n":9}', timestamp: start },
    { partition: 0, value: '{"n":1}', timestamp: start + 1000 },
    { partition: 0, value: '{"n":2}', timestamp: start + 2000 },
    { partition: 1, value: '{"n":7}', timestamp: start + 4000 },
    { partition: 0, value: '{"n":3}', timestamp: start + 3000 },
  ]);
  const newest = 'the newest message (P1, offset 1)';
  expect(await check('value.n == 7')).toEqual({ ok: true, sample: 'matches', message: `matches ${newest}` });
  expect(await check('value.n == 3')).toEqual({ ok: true, sample: 'differs', message: `does not match ${newest}` });
  expect(await check('value.m == 3')).toEqual({
    ok: true,
    sample: 'fails',
    message: `cannot be evaluated on ${newest}: No such key: m`,
  });
  await page.read({ partitions: [0] });
  expect((await check('value.n == 1')).message).toBe('matches the first row');
});

it('marks the records of aborted and open transactions, or leaves them out', async () => {
  await tool.run('seed', 'transactions', 'page-tx');
  await tool.run('seed', 'open-transaction', 'page-open');
  const committed = new Set((await tool.dump('page-tx', 'committed')).map((r) => `${r.partition}:${r.offset}`));
  page = newPage('page-tx');
  const marked = await page.read({});
  for (const row of marked)
    expect([row.offset, row.transaction]).toEqual([
      row.offset,
      committed.has(`${row.partition}:${row.offset}`) ? undefined : 'aborted',
    ]);
  const only = await page.read({ isolation: 'read_committed' });
  expect(only.map((row) => `${row.partition}:${row.offset}`).sort()).toEqual([...committed].sort());
  page.scan.close();
  page = newPage('page-open');
  const open = await page.read({});
  expect(open.filter((row) => row.transaction === 'open')).toHaveLength(10);
  expect(open).toHaveLength(20);
});

it('follows, and a pause loses nothing', async () => {
  const topic = 'page-follow';
  await tool.create(topic, 1);
  await tool.produce(topic, [{ value: '0' }]);
  page = newPage(topic);
  page.scan.start(readSpec({ end: { kind: 'follow' } }));
  await page.until(() => page.status?.state === 'following' && page.count === 1);
  page.scan.pause();
  expect(page.status?.state).toBe('paused');
  await tool.produce(topic, [{ value: '1' }, { value: '2' }]);
  page.scan.resume();
  await page.until(() => page.count === 3);
  await tool.produce(topic, [{ value: '3' }]);
  await page.until(() => page.count === 4);
  page.scan.stop();
  expect(page.status?.state).toBe('stopped');
  const rows = await page.scan.rows({ from: 0, count: 10, view: null }, signal);
  expect(rows.map((row) => row.value)).toEqual(['0', '1', '2', '3']);
});

it('goes on where a stop left each partition, and has every match once', async () => {
  const topic = 'page-stop';
  await tool.run('bulk', topic, 3, 30_000, 100, 'lz4');
  page = newPage(topic);
  const filter = { language: 'text', text: 'needle' } as const;
  const whole = (await page.read({ filter })).map((row) => `${row.partition}:${row.offset}`);
  expect(whole).toHaveLength(300);
  let stops = 0;
  page.onCount = (count) => {
    if (count > 0 && stops++ === 0) page.scan.stop();
  };
  page.scan.start(readSpec({ filter }));
  await page.until(() => page.status?.state === 'stopped');
  expect(page.status?.left).toBeGreaterThan(0);
  const positions = page.status?.ranges.map((r) => r.position);
  // The second comes before anything was fetched.
  page.scan.resume();
  page.scan.stop();
  expect(page.status?.state).toBe('stopped');
  expect(page.status?.ranges.map((r) => r.position)).toEqual(positions);
  page.scan.resume();
  await page.until(() => page.status?.state === 'done');
  expect(page.status).toMatchObject({ scanned: 30_000, matched: 300, left: 0, problems: [] });
  const rows = await page.scan.rows({ from: 0, count: 1000, view: null }, signal);
  expect(rows.map((row) => `${row.partition}:${row.offset}`).sort()).toEqual(whole.sort());
});

it('does not take a topic created again for the one a stopped reading was on', async () => {
  const topic = 'page-stop-gone';
  await tool.create(topic, 1);
  await tool.produce(topic, [{ value: 'old' }]);
  page = newPage(topic);
  page.scan.start(readSpec({ end: { kind: 'follow' } }));
  await page.until(() => page.status?.state === 'following' && page.count === 1);
  page.scan.stop();
  await tool.run('delete', topic);
  await tool.create(topic, 1);
  await tool.produce(topic, [{ value: 'new' }, { value: 'new' }]);
  page.scan.resume();
  await page.until(() => page.status?.state === 'failed');
  expect(page.status).toMatchObject({ gone: 'recreated', matched: 1 });
  expect(page.count).toBe(1);
});

it('tries a filter on a message of the topic that is there now, not of one that is gone', async () => {
  const topic = 'page-trial-gone';
  await tool.create(topic, 1);
  await tool.produce(topic, [{ value: 'old' }]);
  page = newPage(topic);
  page.scan.start(readSpec({ end: { kind: 'follow' }, filter: { language: 'text', text: 'absent' } }));
  await page.until(() => page.status?.state === 'following');
  const tried = () => page.scan.checkFilter({ language: 'cel', text: 'value == "old"' }, signal);
  expect(await tried()).toMatchObject({ message: 'matches the newest message (P0, offset 0)' });
  page.scan.stop();
  await tool.run('delete', topic);
  await tool.create(topic, 1);
  await tool.produce(topic, [{ value: 'new' }, { value: 'new' }]);
  page.scan.resume();
  await page.until(() => page.status?.state === 'failed');
  expect(await tried()).toMatchObject({ message: 'does not match the newest message (P0, offset 1)' });
});

it('does not take rows for deleted that cannot be read again now, and takes those that are', async () => {
  const topic = 'page-again';
  await tool.create(topic, 1);
  await tool.produce(topic, [{ value: 'a' }, { value: 'b' }]);
  const spans = [{ partition: 0, from: 0, to: 2 }];
  const denied: KafkaConnection = {
    ...connection,
    anyBroker: () => connection.anyBroker(),
    brokers: () => connection.brokers(),
    broker: async (id) => {
      const node = await connection.broker(id);
      const request: typeof node.request = async (message, body, options) => {
        const answer = await node.request(message, body, options);
        if (message.name === 'Fetch') for (const p of (answer as FetchResponse).partitions) p.errorCode = 29;
        return answer;
      };
      return { ...node, request };
    },
  };
  await expect(readAgain(denied, topic, spans, signal)).rejects.toThrow(
    `You lack the right Read on topic ${topic}. Ask for an ACL that allows it.`,
  );
  expect((await readAgain(connection, topic, spans, signal))[0]).toHaveLength(1);
  await tool.run('delete-records', topic, 0, 2);
  expect(await readAgain(connection, topic, spans, signal)).toEqual([[]]);
  await tool.run('delete', topic);
  expect(await readAgain(connection, topic, spans, signal)).toEqual([[]]);
});

it('counts per span of time what a full read counts, and adds up to the range', async () => {
  const topic = 'page-timeline';
  await tool.create(topic, 3);
  const records = Array.from({ length: 300 }, (_, i) => ({
    partition: i % 3,
    timestamp: 1_000_000 + i * i,
    value: 'x',
  }));
  await tool.produce(topic, records, 'lz4');
  page = newPage(topic);
  const { from, to, buckets, starts, perPartition } = await page.scan.timeline(
    { id: 1, range: null, buckets: 10, finest: true },
    signal,
  );
  expect([from, to]).toEqual([1_000_000, 1_000_000 + 299 * 299 + 1]);
  const counted = buckets.map(
    ({ start, end }) => records.filter((r) => r.timestamp >= start && r.timestamp < end).length,
  );
  expect(buckets.map((b) => b.count)).toEqual(counted);
  expect(perPartition.map((counts) => counts.reduce((a, b) => a + b))).toEqual([100, 100, 100]);
  expect(starts).toEqual([0, 0, 0]);
  const part = await page.scan.timeline(
    {
      id: 2,
      finest: true,
      range: {
        start: { kind: 'offsets', offsets: { 0: 90, 2: 95 } },
        end: { kind: 'follow' },
        partitions: [0, 2],
      },
      buckets: 10,
    },
    signal,
  );
  expect(part).toMatchObject({ partitions: [0, 2], starts: [90, 95], logStarts: [0, 0], highWatermarks: [100, 100] });
  expect(part.perPartition.map((counts) => counts.reduce((a, b) => a + b))).toEqual([10, 5]);
  expect(part.buckets[0]!.count).toBeGreaterThan(0);
  await tool.commit('page-timeline-group', topic, { 0: 40, 2: 100 });
  expect(await page.scan.groupPositions(signal)).toEqual({
    groups: [{ group: 'page-timeline-group', offsets: { 0: 40, 2: 100 } }],
    problems: [],
  });
});

it('exports what is shown, or the bytes of it, from the rows and from Kafka', async () => {
  const topic = 'page-export-shown';
  await tool.create(topic, 1);
  const int32 = (n: number) => ({ base64: Buffer.from([0, 0, 0, n]).toString('base64') });
  await tool.produce(topic, [
    { key: int32(7), value: 'a' },
    { key: 'no', value: 'b' },
  ]);
  const dir = mkdtempSync(path.join(tmpdir(), 'kafka-dapr-export-'));
  page = newPage(topic);
  await page.read({});
  page.scan.shape({ key: 'int32', value: 'auto', paths: [] });
  const exported = async (values: 'shown' | 'bytes', source: 'rows' | 'range') => {
    const file = path.join(dir, `${values}-${source}.jsonl`);
    const from =
      source === 'rows'
        ? ({ kind: 'rows', from: 0, to: 2, view: null } as const)
        : ({ kind: 'range', read: readSpec({}) } as const);
    await page.scan.export({ path: file, format: 'jsonl', values, source: from }, signal);
    return readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { key: unknown; value: unknown; error?: string })
      .map(({ key, value, error }) => [key, value, error]);
  };
  const shown = [
    ['7', 'a', undefined],
    ['no', 'b', 'not an int32: 2 bytes instead of 4'],
  ];
  expect(await exported('shown', 'rows')).toEqual(shown);
  expect(await exported('shown', 'range')).toEqual(shown);
  const bytes = [
    ['\0\0\0\x07', 'a', undefined],
    ['no', 'b', undefined],
  ];
  expect(await exported('bytes', 'rows')).toEqual(bytes);
  expect(await exported('bytes', 'range')).toEqual(bytes);
  rmSync(dir, { recursive: true });
});

it('exports the rows of the list it was asked about, whatever is read meanwhile', async () => {
  const topic = 'page-export-restart';
  await tool.create(topic, 1);
  await tool.produce(
    topic,
    Array.from({ length: 1200 }, (_, i) => ({ value: `${i}` })),
  );
  const dir = mkdtempSync(path.join(tmpdir(), 'kafka-dapr-export-'));
  const file = path.join(dir, 'rows.jsonl');
  page = newPage(topic);
  await page.read({});
  const source = { kind: 'rows', from: 0, to: 1200, view: null } as const;
  const exported = page.scan.export({ path: file, format: 'jsonl', values: 'bytes', source }, signal);
  page.scan.start(readSpec({ start: { kind: 'last', count: 1 } }));
  expect(await exported).toEqual({ records: 1200 });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { offset: number }).offset)).toEqual(
    Array.from({ length: 1200 }, (_, i) => i),
  );
  await page.ended();
  rmSync(dir, { recursive: true });
});

it('exports rows and whole ranges, line by line', async () => {
  const topic = 'page-export';
  await tool.create(topic, 1);
  await tool.produce(topic, [
    { timestamp: 5, key: 'a', value: 'say "hi",\nyou' },
    { timestamp: 6, value: null },
    { timestamp: 7, value: '' },
  ]);
  const dir = mkdtempSync(path.join(tmpdir(), 'kafka-dapr-export-'));
  page = newPage(topic);
  await page.read({});
  const rows = path.join(dir, 'rows.jsonl');
  expect(
    await page.scan.export(
      { path: rows, format: 'jsonl', values: 'bytes', source: { kind: 'rows', from: 0, to: 2, view: null } },
      signal,
    ),
  ).toEqual({ records: 2 });
  const lines = readFileSync(rows, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { offset: 0, key: 'a', value: 'say "hi",\nyou' },
    { offset: 1, key: null, value: null },
  ]);
  const csv = path.join(dir, 'range.csv');
  await page.scan.export(
    { path: csv, format: 'csv', values: 'bytes', source: { kind: 'range', read: readSpec({}) } },
    signal,
  );
  expect(readFileSync(csv, 'utf8')).toBe(
    [
      'partition,offset,timestamp,key,value,headers,error',
      '0,0,1970-01-01T00:00:00.005Z,a,"say ""hi"",\nyou",[],',
      '0,1,1970-01-01T00:00:00.006Z,,,[],',
      '0,2,1970-01-01T00:00:00.007Z,,"",[],',
      '',
    ].join('\r\n'),
  );
  const nowhere = path.join(dir, 'missing', 'file');
  await expect(
    page.scan.export(
      { path: nowhere, format: 'csv', values: 'bytes', source: { kind: 'rows', from: 0, to: 3, view: null } },
      signal,
    ),
  ).rejects.toThrow(`${nowhere} cannot be written: `);
  rmSync(dir, { recursive: true });
});
