import { describe, expect, it } from 'vitest';
import type { DryRunSetup } from '../dapr/delivery/dryRun.ts';
import { deliveryRows, uncommittedNote } from './deliveryRows.ts';
import { dryRun, sampledFaults, type RangeRecord } from './dryRun.ts';
import { createMatchEvaluator } from './matchEvaluator.late.ts';

const record = (
  partition: number,
  offset: number,
  value: string,
  headers: RangeRecord['headers'] = [],
): RangeRecord => ({ partition, offset, value: new TextEncoder().encode(value), headers });
const setup: DryRunSetup = {
  rawPayload: undefined,
  rules: [{ match: 'event.type == "order"', path: '/orders' }],
  defaultPath: undefined,
  deadLetterTopic: undefined,
  escapeHeaders: false,
  excludesHeader: undefined,
  now: Date.parse('2026-01-01T00:00:00Z'),
  daprVersion: '1.18.0',
  http: true,
  evaluate: createMatchEvaluator(),
};
const range = [
  record(0, 1, '{"type":"order"}'),
  record(0, 2, '{"type":"other"}'),
  record(0, 3, '{"type":"order","expiration":"2025-01-01T00:00:00Z"}'),
  record(1, 7, '{"type":"order"}'),
  record(1, 8, 'not json'),
  record(1, 9, '{"type":"order"}'),
  record(1, 10, '{"type":"order"}'),
  record(2, 0, '{"id":1}'),
];

describe('dryRun', () => {
  it('blocks nothing where the component gives up: the commit of the next one covers what failed', async () => {
    const result = await dryRun(range, { ...setup, keepsTrying: false });
    expect(result).toMatchObject({ delivered: { '/orders': 4 }, skipped: { 'not-json': 1 } });
    // Nothing is committed behind the one that ends its partition.
    expect(result.again).toEqual([{ partition: 2, offset: 0, count: 1, reason: 'rule-fails' }]);
    expect(deliveryRows(result)[0]).toMatchObject({
      kind: 'again',
      count: 1,
      text: 'given up at the end of partition 2, where no later commit covers it: comes again at the next start: a route rule fails on it or yields no boolean',
      places: [{ partition: 2, offset: 0 }],
      rule: 'F-13',
    });
    expect(result.blockades).toEqual([]);
    expect(deliveryRows(result).find(({ text }) => text.endsWith('not JSON'))).toEqual({
      kind: 'dropped',
      count: 1,
      text: 'given up after the attempts, and lost once a later message is committed: not JSON',
      places: [{ partition: 1, offset: 8 }],
    });
  });

  it('reads JSON and times as Go does', async () => {
    const marked = await dryRun([record(0, 0, '\ufeff{"type":"order"}')], setup);
    expect(marked.blockades).toMatchObject([{ offset: 0, reason: 'not JSON' }]);
    const noTime = await dryRun([record(0, 0, '{"type":"order","expiration":"2025-01-01"}')], setup);
    expect(noTime.delivered).toEqual({ '/orders': 1 });
  });

  it('knows what the component does with a schema before the runtime sees the record', async () => {
    const records = [record(0, 0, '\u0000\u0000\u0000\u0000\u0001x'), record(0, 1, 'abc')];
    const asked = { ...setup, deadLetterTopic: 'dead' };
    const avro = await dryRun(records, { ...asked, schema: 'avro' });
    expect(avro).toMatchObject({ delivered: { '/orders': 1 }, blockades: [{ offset: 1 }], deadLettered: {} });
    const without = await dryRun(records, { ...asked, schema: 'avro-without-registry' });
    expect(without.blockades).toMatchObject([{ offset: 0, waiting: 1 }]);
    const unknown = await dryRun(records, { ...asked, keepsTrying: false, schema: 'not-known' });
    expect(unknown.blockades).toMatchObject([{ offset: 0, waiting: 1 }]);
  });

  it('counts what reaches the app, what is dropped, and what waits behind a record that blocks', async () => {
    const result = await dryRun(range, setup);
    expect(result).toMatchObject({
      records: 8,
      delivered: { '/orders': 2 },
      dropped: { 'no-route': 1, expired: 1 },
      deadLettered: {},
      blockades: [
        { partition: 1, offset: 8, kind: 'blocks', reason: 'not JSON', waiting: 2 },
        {
          partition: 2,
          offset: 0,
          kind: 'blocks',
          reason: 'a route rule fails on it or yields no boolean',
          waiting: 0,
        },
      ],
    });
    const rows = deliveryRows(result);
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(result.records);
    expect(rows[0]?.ruleTitle).toBe(
      'The message at the committed position cannot be handled: it is retried for ever and the partition waits behind it. Seen on a running daprd 1.18.0: e-payload-nonjson, e-payload-empty, e-rule-missingkey-withdefault, e-dlt-missing-topic.',
    );
    expect(rows.map(({ ruleTitle: _, ...row }) => row)).toEqual([
      {
        kind: 'blocks',
        count: 3,
        text: 'offset 8 of partition 1 blocks it: not JSON. 2 messages behind it',
        places: [{ partition: 1, offset: 8 }],
        rule: 'F-12',
      },
      {
        kind: 'blocks',
        count: 1,
        text: 'offset 0 of partition 2 blocks it: a route rule fails on it or yields no boolean',
        places: [{ partition: 2, offset: 0 }],
        rule: 'F-12',
      },
      {
        kind: 'dropped',
        count: 1,
        text: 'acknowledged and lost: no route matches',
        places: [{ partition: 0, offset: 2 }],
        rule: 'F-23',
      },
      {
        kind: 'dropped',
        count: 1,
        text: 'acknowledged and lost: its time to live has passed',
        places: [{ partition: 0, offset: 3 }],
        rule: 'F-16',
      },
      {
        kind: 'delivered',
        count: 2,
        text: 'reach /orders',
        places: [
          { partition: 0, offset: 1 },
          { partition: 1, offset: 7 },
        ],
      },
    ]);
  });

  it('names the first hundred of each fate, to jump to', async () => {
    const many = Array.from({ length: 150 }, (_, offset) => ({ ...range[0]!, partition: 0, offset }));
    const [row] = deliveryRows(await dryRun(many, setup));
    expect([row?.count, row?.places.length, row?.places[99]]).toEqual([150, 100, { partition: 0, offset: 99 }]);
  });

  it('moves what would block to a dead letter topic', async () => {
    const result = await dryRun(range, { ...setup, deadLetterTopic: 'dlq' });
    expect(result.blockades).toEqual([]);
    expect(result.deadLettered).toEqual({ 'no-route': 1, expired: 1, 'not-json': 1, 'rule-fails': 1 });
    expect(result.delivered).toEqual({ '/orders': 4 });
  });

  it('loses what is no JSON with its batch in bulk, and blocks where nothing readable follows in the batch', async () => {
    const values = (...texts: string[]) => texts.map((text, i) => record(0, i, text));
    const ok = '{"type":"order"}';
    const tried = async (batch: number, ...texts: string[]) => {
      const result = await dryRun(values(...texts), { ...setup, batch });
      expect(deliveryRows(result).reduce((sum, row) => sum + row.count, 0)).toBe(texts.length);
      const stops = result.blockades.map(({ offset, waiting }) => [offset, waiting]);
      return [result.delivered['/orders'] ?? 0, result.dropped, stops];
    };
    expect(await tried(10, 'bad', ok, ok)).toEqual([2, { 'not-json': 1 }, []]);
    expect(await tried(10, ok, 'bad', '[1]', ok)).toEqual([2, { 'not-json': 1, 'not-an-object': 1 }, []]);
    expect(await tried(10, ok, 'bad', '[1]')).toEqual([1, {}, [[1, 1]]]);
    expect(await tried(2, ok, 'bad', ok, ok)).toEqual([1, {}, [[1, 2]]]);
    expect(await tried(3, ok, 'bad', ok, ok)).toEqual([3, { 'not-json': 1 }, []]);
    // With a dead letter topic it goes there.
    const moved = await dryRun(values('bad', ok), { ...setup, batch: 2, deadLetterTopic: 'dead' });
    expect([moved.deadLettered, moved.blockades]).toEqual([{ 'not-json': 1 }, []]);
  });

  it('tells what daprd delivers of aborted and of open transactions', async () => {
    const marked = [...range.slice(0, 2), ...range.slice(3, 4)].map((one, i): RangeRecord =>
      i === 0 ? { ...one, transaction: 'aborted' } : { ...one, transaction: 'open' },
    );
    expect(uncommittedNote(await dryRun(marked, setup))).toBe(
      'Dapr reads uncommitted: 1 message of aborted transactions and 2 of open ones are among them (F-24).',
    );
    expect(uncommittedNote(await dryRun(range, setup))).toBeUndefined();
  });

  it('stops when asked to', async () => {
    await expect(dryRun(range, setup, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});

describe('sampledFaults', () => {
  it('names the first record of each kind', () => {
    const faults = sampledFaults(
      [...range, record(3, 5, '{}', [['X-Bad', new Uint8Array([1])]]), record(3, 6, '{"traceid":1}')],
      setup,
    );
    expect(faults.map((f) => [f.rule, f.partition, f.offset])).toEqual([
      ['K-30', 1, 8],
      ['K-31', 3, 5],
      ['K-65', 3, 6],
    ]);
    expect(faults[0]?.message).toBe(
      'This partition will block: offset 8 of partition 1: not JSON. Set rawPayload: "true" in the Subscription’s metadata, or a deadLetterTopic.',
    );
    expect(sampledFaults(range, { ...setup, rawPayload: 'true' })).toEqual([]);
  });
});

describe('route rules', () => {
  const evaluate = createMatchEvaluator();
  it.each([
    ['event.type == "a"', { type: 'a' }, true],
    ['event.type == "a"', { type: 'b' }, false],
    ['event.type == "a"', {}, undefined],
    ['has(event.type) && event.type == "a"', {}, false],
    ['event.type', { type: 'a' }, undefined],
    ['event.data.n > 1', { data: { n: 2 } }, true],
    ['event.type ==', { type: 'a' }, undefined],
  ])('%s on %j', (match, event, expected) => {
    expect(evaluate(match, event)).toBe(expected);
  });
});
