import { beforeAll, expect, test, vi } from 'vitest';
import { marksOn, type MarkSource } from './timelineMarks.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));

/** P0: offsets 100 to 139, ten in each of four buckets. P3: 0 to 3, all of them in the last. */
const data = {
  from: 0,
  to: 40,
  buckets: [0, 10, 20, 30].map((start, i) => ({ start, end: start + 10, count: i === 3 ? 14 : 10 })),
  coarse: false,
  partitions: [0, 3],
  starts: [100, 0],
  logStarts: [100, 0],
  highWatermarks: [140, 4],
  perPartition: [
    [10, 10, 10, 10],
    [0, 0, 0, 4],
  ],
  problems: [],
};
const group = (name: string, offsets: Record<number, number>): MarkSource => ({ kind: 'group', name, offsets });

test('a mark stands as far into its bucket as its offset, in a lane of its own or in the common one', () => {
  const sources = [group('shop', { 0: 115, 3: 2 })];
  expect(marksOn(data, sources, true)).toMatchObject([
    { at: 1.5 / 4, lane: 0, text: 'Group shop stands here · P0: offset 115, lag 25' },
    { at: 3.5 / 4, lane: 1, text: 'Group shop stands here · P3: offset 2, lag 2' },
  ]);
  expect(marksOn(data, sources, false).map((mark) => mark.lane)).toEqual([0, 0]);
});

test('positions of one group in the same bucket are one mark where partitions share a lane', () => {
  const marks = marksOn(data, [group('shop', { 0: 140, 3: 4 })], false);
  expect(marks).toMatchObject([
    { at: 1, text: 'Group shop stands here · P0: offset 140, lag 0 · P3: offset 4, lag 0' },
  ]);
});

test('says what Kafka deleted before it was read, what lies beyond the end, and what Dapr would deliver', () => {
  const dapr: MarkSource = { kind: 'dapr', name: 'kafka-pubsub (orders-api)', offsets: { 3: 1 } };
  expect(marksOn(data, [group('late', { 0: 90 }), group('odd', { 0: 150 }), dapr], true)).toMatchObject([
    { at: 0, text: 'Group late stands here · P0: offset 90, lag 40, 10 already deleted by Kafka' },
    { at: 1, text: 'Group odd stands here · P0: offset 150, lag 0, 10 beyond the end: the topic was made anew' },
    {
      at: 3.25 / 4,
      lane: 1,
      text: 'kafka-pubsub (orders-api) would start here · P3: offset 1, 3 would be delivered',
    },
  ]);
});

test('partitions that are not in the timeline have no mark', () => {
  expect(marksOn(data, [group('shop', { 7: 1 })], true)).toEqual([]);
});

test('of a part of the log it marks what lies in that part, with what lies around it', () => {
  const part = { ...data, logStarts: [50, 0], highWatermarks: [200, 4] };
  const at = (offset: number) => marksOn(part, [group('shop', { 0: offset })], true);
  expect([at(60), at(99), at(140), at(250)]).toEqual([[], [], [], []]);
  expect(at(100)).toMatchObject([{ at: 0, text: 'Group shop stands here · P0: offset 100, lag 100' }]);
  // Its log ends with the part.
  expect(marksOn(part, [group('shop', { 3: 4 })], true)).toMatchObject([{ at: 1 }]);
});

test('a mark names some of thousands of partitions, and counts the rest', () => {
  const partitions = Array.from({ length: 3000 }, (_, p) => p);
  const wide = {
    ...data,
    partitions,
    starts: partitions.map(() => 0),
    logStarts: partitions.map(() => 0),
    highWatermarks: partitions.map(() => 4),
    perPartition: partitions.map(() => [0, 0, 0, 4]),
  };
  const sources = [group('shop', Object.fromEntries(partitions.map((p) => [p, 4])))];
  const [mark, ...others] = marksOn(wide, sources, false);
  expect(others).toEqual([]);
  expect(mark?.text).toMatch(
    /^Group shop stands here · P0: offset 4, lag 0 · .* · P7: offset 4, lag 0 · 2,992 more partitions$/,
  );
  expect(marksOn(wide, sources, true)).toHaveLength(3000);
});
