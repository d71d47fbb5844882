import { describe, expect, it } from 'vitest';
import { readBatches } from '../kafka/records/batch.ts';
import { encodeBatch } from '../kafka/records/encodeBatch.ts';
import { valueOf } from '../kafka/records/record.ts';
import { cursorOver } from '../kafka/records/unpack.ts';
import { factsOf, RowStore, type Body, type Match } from './rowStore.ts';

const signal = new AbortController().signal;

/** A partition's log of batches of ten; the store is fed from it and reads from it again. */
class Log {
  readonly refetched: string[] = [];
  private readonly batches = new Map<string, Buffer>();

  append(store: RowStore, partition: number, base: number, wanted: (offset: number) => boolean = () => true): void {
    const records = Array.from({ length: 10 }, (_, i) => ({
      offset: base + i,
      timestamp: base + i,
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

  readonly refetch = (partition: number, from: number, to: number): Promise<Body[]> => {
    this.refetched.push(`${partition}:${from}-${to}`);
    const bodies: Body[] = [];
    for (let base = Math.floor(from / 10) * 10; base < to; base += 10) {
      const bytes = this.batches.get(`${partition}:${base}`)!;
      bodies.push({ facts: factsOf(readBatches(bytes).batches[0]!), unpacked: { bytes, start: 61 } });
    }
    return Promise.resolve(bodies);
  };
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

  it('finds a row by offset and by time', async () => {
    const log = new Log();
    const store = new RowStore(1 << 20, log.refetch);
    log.append(store, 0, 0, (offset) => offset % 2 === 1);
    log.append(store, 1, 100);
    expect(store.find(0, 4)).toBe(2); // offset 5
    expect(store.find(1, 103)).toBe(8);
    expect(store.find(1, 110)).toBeUndefined();
    expect(await store.findTime(102, signal)).toBe(7);
    expect(await store.findTime(999, signal)).toBeUndefined();
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
});
