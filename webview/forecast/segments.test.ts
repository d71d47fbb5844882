import { expect, test } from 'vitest';
import type { ReplayPartition } from '../../src/shared/replayPage.ts';
import { segmentsOf, spanOf } from './segments.ts';

const partition = (numbers: Partial<ReplayPartition>): ReplayPartition => ({
  partition: 0,
  logStart: 100,
  highWatermark: 500,
  committed: null,
  first: 500,
  backlog: 0,
  skipped: 400,
  gone: 0,
  replayed: 0,
  rule: 'F-02',
  sentence: '',
  ruleTitle: '',
  ...numbers,
});

test('never committed and newest: everything is skipped', () => {
  expect(segmentsOf(partition({}))).toEqual([{ fate: 'skipped', from: 100, to: 500 }]);
});

test('a valid commit: done, then to be delivered', () => {
  const p = partition({ committed: 300, first: 300, backlog: 200, skipped: 0 });
  expect(segmentsOf(p)).toEqual([
    { fate: 'done', from: 100, to: 300 },
    { fate: 'backlog', from: 300, to: 500 },
  ]);
});

test('a commit below the log start: what Kafka deleted, then what the start decides', () => {
  const p = partition({ committed: 40, first: 500, gone: 60 });
  expect(segmentsOf(p)).toEqual([
    { fate: 'gone', from: 40, to: 100 },
    { fate: 'skipped', from: 100, to: 500 },
  ]);
  expect(spanOf(p)).toEqual({ from: 40, to: 500 });
});

test('a commit above the end: received twice under oldest', () => {
  const p = partition({ committed: 700, first: 100, backlog: 400, skipped: 0, replayed: 400 });
  expect(segmentsOf(p)).toEqual([
    { fate: 'twice', from: 100, to: 500 },
    { fate: 'ahead', from: 500, to: 700 },
  ]);
  expect(spanOf(p)).toEqual({ from: 100, to: 700 });
});

test('after the group was deleted: what was handled comes again under oldest, and is not missed under newest', () => {
  const oldest = partition({ first: 100, backlog: 400, skipped: 0, replayed: 150 });
  expect(segmentsOf(oldest)).toEqual([
    { fate: 'twice', from: 100, to: 250 },
    { fate: 'backlog', from: 250, to: 500 },
  ]);
  expect(segmentsOf(partition({ skipped: 250 }))).toEqual([
    { fate: 'done', from: 100, to: 250 },
    { fate: 'skipped', from: 250, to: 500 },
  ]);
});

test('unknown offsets draw nothing', () => {
  expect(segmentsOf(partition({ logStart: null }))).toEqual([]);
  expect(spanOf(partition({ highWatermark: null }))).toBeNull();
});

test('nothing is read: what was handled is done, and the rest never received', () => {
  const p = partition({ committed: 300, first: null, skipped: 200, rule: 'F-25' });
  expect(segmentsOf(p)).toEqual([
    { fate: 'done', from: 100, to: 300 },
    { fate: 'skipped', from: 300, to: 500 },
  ]);
  expect(segmentsOf(partition({ first: null, skipped: null, backlog: null, rule: null }))).toEqual([]);
});
