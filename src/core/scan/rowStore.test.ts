import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBatches } from '../kafka/records/batch.ts';
import { encodeBatch } from '../kafka/records/encodeBatch.ts';
import { valueOf } from '../kafka/records/record.ts';
import { cursorOver } from '../kafka/records/unpack.ts';
import { RowStore, type OffsetSpan } from './rowStore.ts';
import type { Body } from './segment.ts';
import { factsOf, type Match } from './segmentRows.ts';

const signal = new AbortController().signal;

/** A partition's log of batches of ten; the store is fed from it and reads from it again. */
class Log {
  readonly refetched: string[] = [];
  private readonly batches = new Map<string, Buffer>();

  append(
    store: RowStore,
    partition: number,
    base: number,
    wanted: (offset: number) => boolean = () => true,
    timeOf: (offset: number) => number = (offset) => offset,
  ): void {
    const records = Array.from({ length: 10 }, (_, i) => ({
      offset: base + i,
      timestamp: timeOf(base + i),
      value: `P${partition} ${base + i}`,
    }));
    const bytes = encodeBatch({ records });
    this.batches.set(`${partition}:${base}`, bytes);
    const [batch] = readBatches(bytes).batches;
    const matches: Match[] = [];
    for (const c = cursorOver(batch!, { bytes, start: 61 }); c.next();)
      if (wanted(c.offset)) matches.push({ offset: c.offset, timestamp: c.timestamp, start: c.start, end: c.end });
    store.add(partition, batch!, { bytes, start: 61 }, matches, undefined);
  }

  readonly refetch = (spans: readonly OffsetSpan[]): Promise<Body[][]> =>
    Promise.resolve(spans.map((span) => this.bodiesIn(span)));

  /** As retention does. */
  delete(partition: number, base: number): void {
    this.batches.delete(`${partition}:${base}`);
  }

  private bodiesIn({ partition, from, to }: OffsetSpan): Body[] {
    this.refetched.push(`${partition}:${from}-${to}`);
    const bodies: Body[] = [];
    for (let base = Math.floor(from / 10) * 10; base < to; base += 10) {
      const bytes = this.batches.get(`${partition}:${base}`);
      if (bytes) bodies.push({ facts: factsOf(readBatches(bytes).batches[0]!), unpacked: { bytes, start: 61 } });
    }
    return bodies;
  }
}

const textsOf = async (store: RowStore, from: number, count: number): Promise<string[]> =>
  (await store.rows(from, count, signal)).map((row) =>
    'message' in row ? row.message : valueOf(row.record)!.toString(),
  );

describe('RowStore', () => {
  it('gives rows in the order of arrival, across batches and partitions', async () => {
    const log = new Log();
    const store = new RowStore(1 << 20, log.refetch);
    log.append(store, 0, 0);
    log.append(store, 1, 50);
    log.append(store, 0, 10);
    expect(store.count).toBe(30);
    expect(await textsOf(store, 8, 4)).toEqual(['P0 8', 'P0 9', 'P1 50', 'P1 51']);
    expect(await textsOf(store, 28, 10)).toEqual(['P0 18', 'P0 19']);
    expect(await textsOf(store, 30, 10)).toEqual([]);
    expect(log.refetched).toEqual([]);
  });

  it('keeps the matches of a filter only', async () => {
    const log = new Log();
    const store = new RowStore(1 << 20, log.refetch);
    for (let base = 0; base < 100; base += 10) log.append(store, 0, base, (offset) => offset % 7 === 0);
    expect(store.count).toBe(15);
    expect(await textsOf(store, 0, 15)).toEqual(Array.from({ length: 15 }, (_, i) => `P0 ${i * 7}`));
  });

  it('stays within its bytes and reads again from Kafka what it dropped', async () => {
    const log = new Log();
    const store = new RowStore(4000, log.refetch);
    // Two partitions in turns, so that batches do not share a segment.
    for (let base = 0; base < 200; base += 10)
      for (const partition of [0, 1]) log.append(store, partition, base, (offset) => offset % 2 === 0);
    expect(store.bodyBytes).toBeLessThanOrEqual(4000);
    expect(await textsOf(store, 0, 7)).toEqual(['P0 0', 'P0 2', 'P0 4', 'P0 6', 'P0 8', 'P1 0', 'P1 2']);
    expect(log.refetched).toEqual(['0:0-9', '1:0-9']);
    expect(await textsOf(store, 198, 2)).toEqual(['P1 196', 'P1 198']);
    expect(log.refetched).toHaveLength(2);
  });

  it('finds a row by offset and by time', () => {
    const log = new Log();
    const store = new RowStore(1 << 20, log.refetch);
    log.append(store, 0, 0, (offset) => offset % 2 === 1);
    log.append(store, 1, 100);
    expect(store.find(0, 4)).toEqual([2]); // offset 5
    expect(store.find(1, 103)).toEqual([8]);
    expect(store.find(1, 110)).toEqual([]);
    expect(store.findTime(6)).toEqual([3, 5]); // offset 7 of P0, 100 of P1
    expect(store.findTime(102)).toEqual([7]);
    expect(store.findTime(999)).toEqual([]);
  });

  it('has a row for a batch that cannot be read', async () => {
    const log = new Log();
    const store = new RowStore(1 << 20, log.refetch);
    log.append(store, 0, 0);
    store.addBroken(
      0,
      10,
      'the lz4 frame is corrupt',
      readBatches(encodeBatch({ records: [{ offset: 10 }] })).batches[0]!,
    );
    log.append(store, 0, 20);
    expect(await textsOf(store, 9, 3)).toEqual(['P0 9', 'the lz4 frame is corrupt', 'P0 20']);
  });

  it('keeps the place of a row that Kafka has deleted since', async () => {
    const log = new Log();
    const store = new RowStore(1, log.refetch);
    log.append(store, 0, 0);
    log.append(store, 1, 0);
    log.append(store, 0, 10);
    log.delete(0, 0);
    const gone = 'Kafka has deleted this message since it was read.';
    expect(await textsOf(store, 9, 2)).toEqual([gone, 'P1 0']);
    const rows = await store.rows(0, 2, signal, { by: 'offset', newestFirst: false, of: 30 });
    expect(rows).toMatchObject([
      { index: 0, partition: 0, offset: 0, message: gone },
      { index: 10, partition: 1, record: { offset: 0 } },
    ]);
  });
});

describe('RowStore in an order', () => {
  interface Model {
    index: number;
    partition: number;
    offset: number;
    /** Greatest time of its partition so far. */
    time: number;
  }
  /** A log of random batches, their rows as they came, and a store that keeps hardly any bytes of them. */
  const logs = fc
    .array(
      fc.record({
        partition: fc.nat(3),
        times: fc.array(fc.oneof(fc.nat(30), fc.constantFrom(-1, 2 ** 34, 2 ** 50, -(2 ** 50))), {
          minLength: 10,
          maxLength: 10,
        }),
        wanted: fc.nat(1023),
        broken: fc.nat(9).map((n) => n === 0),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((batches) => {
      const log = new Log();
      const store = new RowStore(700, log.refetch);
      const rows: Model[] = [];
      const next = [0, 0, 0, 0];
      const newest = next.map(() => Number.MIN_SAFE_INTEGER + 1);
      for (const { partition, times, wanted, broken } of batches) {
        const base = next[partition]!;
        next[partition] = base + 10;
        const add = (offset: number) => rows.push({ index: rows.length, partition, offset, time: newest[partition]! });
        if (broken) {
          store.addBroken(
            partition,
            base,
            'broken',
            readBatches(encodeBatch({ records: [{ offset: base }] })).batches[0]!,
          );
          add(base);
          continue;
        }
        const isWanted = (offset: number) => (wanted & (1 << (offset - base))) !== 0;
        log.append(store, partition, base, isWanted, (offset) => times[offset - base]!);
        for (let i = 0; i < 10; i++) {
          if (!isWanted(base + i)) continue;
          newest[partition] = Math.max(newest[partition]!, Math.min(times[i]!, Number.MAX_SAFE_INTEGER - 1));
          add(base + i);
        }
      }
      return { store, rows };
    });

  it('merges partitions by time or offset and never reorders within one, whatever part of it is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs,
        fc.constantFrom('time' as const, 'offset' as const),
        fc.boolean(),
        fc.nat(130),
        fc.nat(130),
        fc.nat(40),
        async ({ store, rows }, by, newestFirst, cut, from, count) => {
          const of = Math.min(cut, rows.length);
          const view = { by, newestFirst, of };
          const expected = rows
            .slice(0, of)
            .sort((a, b) => a[by] - b[by] || a.partition - b.partition || a.offset - b.offset);
          if (newestFirst) expected.reverse();
          const shown = await store.rows(from, count, signal, view);
          expect(shown.map((row) => row.index)).toEqual(expected.slice(from, from + count).map((row) => row.index));
          expect(shown.map((row) => ('message' in row ? row.offset : row.record.offset))).toEqual(
            expected.slice(from, from + count).map((row) => row.offset),
          );
          const indexes = rows.map((row) => row.index);
          expect(store.positions(indexes, view)).toEqual(
            indexes.map((index) => expected.findIndex((row) => row.index === index)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
