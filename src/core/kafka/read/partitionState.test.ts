import { describe, expect, it } from 'vitest';
import type { FetchedPartition } from '../protocol/fetch.ts';
import { encodeBatch } from '../records/encodeBatch.ts';
import { PartitionState } from './partitionState.ts';

const range = (start: number, end: number | null) => ({ partition: 0, start, end, logStart: 0, highWatermark: 100 });

const answer = (records: Buffer[], more: Partial<FetchedPartition> = {}): FetchedPartition => ({
  partition: 0,
  errorCode: 0,
  highWatermark: 100,
  lastStableOffset: 100,
  logStart: 0,
  aborted: null,
  records: Buffer.concat(records),
  ...more,
});

const batch = (from: number, to: number, more: Parameters<typeof encodeBatch>[0] | object = {}): Buffer =>
  encodeBatch({ baseOffset: from, lastOffset: to, records: [{ offset: from, value: 'x' }], ...more });

const TRANSACTIONAL = 16;
const CONTROL = 32;

describe('PartitionState', () => {
  it('ends by position, at a batch that compaction has cut short', () => {
    const state = new PartitionState(range(0, 30), 'read_uncommitted');
    const fetched = state.advance(answer([batch(0, 9), batch(10, 29)]), 0);
    expect(fetched.map((b) => [b.from, b.next])).toEqual([
      [0, 10],
      [10, 30],
    ]);
    expect([state.position, state.done]).toEqual([30, true]);
  });

  it('is done before it asks where there is nothing between start and end', () => {
    const done = (start: number, end: number | null) => new PartitionState(range(start, end), 'read_committed').done;
    expect([done(5, 5), done(6, 5), done(4, 5), done(5, null)]).toEqual([true, true, false, false]);
  });

  it('ends at a batch behind the end, of which no record is a row: compaction took what lay before it', () => {
    const state = new PartitionState(range(0, 10), 'read_uncommitted');
    const fetched = state.advance(answer([batch(0, 4), batch(10, 12)]), 0);
    expect(fetched.map((b) => [b.from, b.to, b.hidden])).toEqual([
      [0, 10, false],
      [5, 10, true],
    ]);
    expect(state.done).toBe(true);
  });

  it('starts in the middle of a batch and passes what lies before', () => {
    const state = new PartitionState(range(15, null), 'read_uncommitted');
    expect(state.advance(answer([batch(0, 9), batch(10, 19)]), 0).map((b) => [b.from, b.next])).toEqual([[15, 20]]);
  });

  it('has no rows for markers and emptied batches, but goes past them', () => {
    const state = new PartitionState(range(0, 12), 'read_uncommitted');
    const fetched = state.advance(
      answer([batch(0, 9, { records: [] }), batch(10, 11, { attributes: CONTROL | TRANSACTIONAL })]),
      0,
    );
    expect(fetched.map((b) => b.hidden)).toEqual([true, true]);
    expect(state.done).toBe(true);
  });

  it('raises the fetch size when not even one batch fitted', () => {
    const state = new PartitionState(range(0, null), 'read_uncommitted');
    const big = batch(0, 0, { records: [{ offset: 0, value: 'x'.repeat(3_000_000) }] });
    expect(state.advance(answer([big.subarray(0, 131_072)]), 0)).toEqual([]);
    expect(state.position).toBe(0);
    expect(state.maxBytes).toBeGreaterThanOrEqual(big.length);
  });

  it('drops aborted records when only committed ones are wanted, and stops doing so at the abort marker', () => {
    const state = new PartitionState(range(0, null), 'read_committed');
    // The key of a control record: version 0, type 0 = abort.
    const abort = batch(2, 2, {
      attributes: CONTROL | TRANSACTIONAL,
      producerId: 7,
      records: [{ offset: 2, key: Buffer.from([0, 0, 0, 0]) }],
    });
    const own = { attributes: TRANSACTIONAL, producerId: 7 };
    const records = [batch(0, 0, own), batch(1, 1, { ...own, producerId: 8 }), abort, batch(3, 3, own)];
    const fetched = state.advance(answer(records, { aborted: [{ producerId: 7, firstOffset: 0 }] }), 1);
    expect(fetched.map((b) => b.hidden)).toEqual([true, false, true, false]);
  });

  it('tells the transactions of each producer apart, in whatever order they are named, and what was written outside one', () => {
    const state = new PartitionState(range(0, null), 'read_committed');
    const marker = (offset: number, producerId: number, type: number) =>
      batch(offset, offset, {
        attributes: CONTROL | TRANSACTIONAL,
        producerId,
        records: [{ offset, key: Buffer.from([0, 0, 0, type]) }],
      });
    const of = (offset: number, producerId: number, attributes = TRANSACTIONAL) =>
      batch(offset, offset, { attributes, producerId });
    const [ABORT, COMMIT] = [0, 1];
    const records = [
      ...[of(0, 7), of(1, 8), marker(2, 7, ABORT), of(3, 7), marker(4, 7, COMMIT), of(5, 8)],
      ...[of(6, 7), of(7, 7, 0), marker(8, 8, ABORT), of(9, 8), of(10, 7)],
    ];
    const aborted = [6, 0].map((firstOffset) => ({ producerId: 7, firstOffset }));
    const fetched = state.advance(answer(records, { aborted: [...aborted, { producerId: 8, firstOffset: 1 }] }), 1);
    expect(fetched.filter((b) => !b.hidden).map((b) => b.batch.baseOffset)).toEqual([3, 7, 9]);
  });

  it('marks aborted records below the last stable offset and open ones beyond it, each by the fetch that can tell', () => {
    const state = new PartitionState(range(0, null), 'marked');
    const own = { attributes: TRANSACTIONAL, producerId: 7 };
    expect(state.isolation()).toBe(1);
    const stable = { lastStableOffset: 1, aborted: [{ producerId: 7, firstOffset: 0 }] };
    expect(state.advance(answer([batch(0, 0, own)], stable), 1).map((b) => b.transaction)).toEqual(['aborted']);
    expect(state.isolation()).toBe(0);
    expect(
      state.advance(answer([batch(1, 1, own), batch(2, 2)], { lastStableOffset: 1 }), 0).map((b) => b.transaction),
    ).toEqual(['open', undefined]);
    // Meanwhile the transaction has ended: what lies below the last stable offset is asked for again with isolation 1.
    expect(state.advance(answer([batch(3, 3, own)], { lastStableOffset: 9 }), 0)).toEqual([]);
    expect([state.position, state.isolation()]).toEqual([3, 1]);
  });
});
