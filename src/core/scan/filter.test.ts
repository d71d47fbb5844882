import { describe, expect, it } from 'vitest';
import { readBatches } from '../kafka/records/batch.ts';
import { encodeBatch, type RecordToWrite } from '../kafka/records/encodeBatch.ts';
import type { BatchEvent } from '../kafka/read/readEvent.ts';
import { ValueDecoder } from '../kafka/values/valueDecoder.ts';
import { both, createFilter, FilterError, textFilter, type RecordFilter } from './filter.ts';
import { scanBatch } from './scanBatch.ts';

function eventOf(records: RecordToWrite[], range: { from?: number; to?: number } = {}): BatchEvent {
  const bytes = encodeBatch({ records });
  const [batch] = readBatches(bytes).batches;
  const { from = 0, to = Infinity } = range;
  const unpacked = { bytes, start: 61 };
  return {
    kind: 'batch',
    partition: 2,
    batch: batch!,
    unpacked,
    from,
    to,
    next: batch!.nextOffset,
    transaction: undefined,
  };
}

function scan(records: RecordToWrite[], filter: RecordFilter | null, range?: { from?: number; to?: number }) {
  const offsets: number[] = [];
  const result = scanBatch(eventOf(records, range), filter, { match: ({ offset }) => void offsets.push(offset) });
  return { offsets, scanned: result.scanned, failed: result.failed };
}

const cel = (text: string): Promise<RecordFilter | null> => createFilter({ language: 'cel', text }, new ValueDecoder());

describe('a text filter', () => {
  const records: RecordToWrite[] = [
    { offset: 0, key: 'needle', value: 'x' },
    { offset: 1, key: 'need', value: 'le' },
    { offset: 2, value: 'a needle in hay, and a second needle' },
    { offset: 3, value: null, headers: [['needle', null]] },
    { offset: 4, value: '', headers: [['h', 'needle']] },
    { offset: 5, value: 'nothing' },
  ];

  it('finds it in keys, values, header names and header values, never across two of them', () => {
    // "need" + length byte + "le" never joins; a length byte that looks like a letter might: offset 1 is the proof.
    expect(scan(records, textFilter('needle'))).toEqual({ offsets: [0, 2, 3, 4], scanned: 6, failed: 0 });
  });

  it('gives the same when it may not jump over records', () => {
    const quick = textFilter('needle');
    const slow: RecordFilter = { matches: (record, partition) => quick.matches(record, partition) };
    expect(scan(records, slow)).toEqual(scan(records, textFilter('needle')));
  });

  it('counts and finds only offsets of the range', () => {
    expect(scan(records, textFilter('needle'), { from: 2, to: 4 })).toEqual({ offsets: [2, 3], scanned: 2, failed: 0 });
  });

  it('does not match what only the record format spells', () => {
    // The value's length, 37, is zig-zag 74, the letter J: it stands right before the value's first byte.
    const value = 'K'.padEnd(37, '.');
    expect(scan([{ offset: 0, value }], textFilter('JK')).offsets).toEqual([]);
  });
});

describe('a CEL filter', () => {
  const records: RecordToWrite[] = [
    { offset: 10, timestamp: 1000, key: 'o-1', value: '{"amount":129.5,"n":3}', headers: [['trace', 'abc']] },
    { offset: 11, timestamp: 2000, key: 'o-2', value: '{"amount":99,"n":9007199254740993}' },
    { offset: 12, timestamp: 3000, key: null, value: 'plain text' },
    { offset: 13, timestamp: 4000, key: 'x', value: null },
  ];

  it.each([
    ['value.amount > 100 && key.startsWith("o-")', [10], 1], // false && an error is false,
    ['offset % 2 == 0', [10, 12], 0],
    ['value.n == 9007199254740993', [11], 2],
    ['timestamp >= 2000 && timestamp < 4000', [11, 12], 0],
    ['partition == 2 && key == null', [12], 0],
    ['headers.exists(h, h.key == "trace" && h.value == "abc")', [10], 0],
    ['value == null', [13], 0],
    ['value == "plain text"', [12], 0],
    ['key.matches("^o-[0-9]$")', [10, 11], 1],
  ])('%s', async (text, offsets, failed) => {
    expect(scan(records, await cel(text))).toEqual({ offsets, scanned: 4, failed });
  });

  it.each([
    ['value.amount >', 'This is not a CEL expression: Unexpected token: EOF (at character 15)'],
    ['amount > 1', 'This is not a CEL expression: Unknown variable: amount (at character 1)'],
    ['1 + 1', 'The expression gives int, not true or false.'],
  ])('says what is wrong with %s', async (text, message) => {
    await expect(cel(text)).rejects.toThrow(message);
    await expect(cel(text)).rejects.toBeInstanceOf(FilterError);
  });

  it('does not freeze on a pattern that backtracks for ever elsewhere', async () => {
    const filter = await cel('key.matches("(a+)+$")');
    expect(scan([{ offset: 0, key: 'a'.repeat(5000) + 'b' }], filter).offsets).toEqual([]);
  });
});

describe('a regular expression', () => {
  it('is searched in key, value and headers', async () => {
    const filter = await createFilter({ language: 'regex', text: '^o-\\d+$' }, new ValueDecoder());
    const records = [
      { offset: 0, key: 'o-12' },
      { offset: 1, value: 'o-x' },
      { offset: 2, headers: [['h', 'o-7']] as [string, string][] },
    ];
    expect(scan(records, filter).offsets).toEqual([0, 2]);
  });

  it('that is not one is refused with the reason', async () => {
    await expect(createFilter({ language: 'regex', text: 'a(' }, new ValueDecoder())).rejects.toThrow(
      /^This is not a regular expression: /,
    );
  });
});

it('a record whose headers do not fit cannot be judged, and those behind it still are', async () => {
  const event = eventOf([
    { offset: 0, key: 'a', headers: [['broken', 'x']] },
    { offset: 1, key: 'b', headers: [['whole', 'x']] },
  ]);
  // The length of the name, in zig-zag: more than there is.
  event.unpacked.bytes[event.unpacked.bytes.indexOf('broken') - 1] = 100;
  const judged: number[] = [];
  const failed: number[] = [];
  const result = scanBatch(event, await cel('headers.exists(h, h.key == "whole")'), {
    match: ({ offset }) => void judged.push(offset),
    failed: ({ offset }) => void failed.push(offset),
  });
  expect([judged, failed, result]).toEqual([[1], [0], { scanned: 2, failed: 1, broken: undefined }]);
});

it('where a batch breaks off, what was found before is before it', () => {
  const event = eventOf([0, 1, 2].map((offset) => ({ offset, value: `needle ${offset}` })));
  const { bytes } = event.unpacked;
  bytes[bytes.indexOf('needle 2') - 5 - 1] = 126; // the record's length
  const found: number[] = [];
  const { broken } = scanBatch(event, textFilter('needle'), { match: ({ offset }) => void found.push(offset) });
  expect([found, broken?.offset]).toEqual([[0, 1], 2]);
});

it('two filters must both match', async () => {
  const records = [
    { offset: 0, value: '{"n":1,"t":"needle"}' },
    { offset: 1, value: '{"n":2,"t":"needle"}' },
    { offset: 2, value: '{"n":2}' },
  ];
  expect(scan(records, both(textFilter('needle'), await cel('value.n == 2')))).toEqual({
    offsets: [1],
    scanned: 3,
    failed: 0,
  });
});

describe('a filter on records in a chosen format', () => {
  const int64 = (n: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(n);
    return bytes;
  };
  const records: RecordToWrite[] = [
    { offset: 0, key: int64(42n), value: '{"n":1}' },
    { offset: 1, key: int64(9007199254740993n), value: '{"n":2}' },
    { offset: 2, key: 'no integer', value: '{"n":3}' },
  ];
  const formats = { key: 'int64', value: 'auto' } as const;

  it('sees what is shown, and counts what does not fit the format', async () => {
    const filter = await createFilter({ language: 'regex', text: '^9007199254740993$', formats }, new ValueDecoder());
    expect(scan(records, filter)).toEqual({ offsets: [1], scanned: 3, failed: 1 });
    const expression = await createFilter({ language: 'cel', text: 'key == "42"', formats }, new ValueDecoder());
    expect(scan(records, expression)).toEqual({ offsets: [0], scanned: 3, failed: 1 });
  });

  it('finds a text in what is shown and in the bytes', async () => {
    const text = async (needle: string) =>
      scan(records, await createFilter({ language: 'text', text: needle, formats }, new ValueDecoder()));
    expect((await text('900719')).offsets).toEqual([1]);
    expect((await text('no integer')).offsets).toEqual([2]);
  });
});
