import { expect, test } from 'vitest';
import { formatOffsets, parseCount, parseOffsets, parsePartitions, parsePlace, parseTime } from './positionText.ts';

const now = Date.UTC(2026, 10, 25, 12);

test.each([
  ['-2h', now - 7_200_000],
  ['-30s', now - 30_000],
  ['-1.5d', now - 129_600_000],
  ['1764072000000', 1764072000000],
  ['1764072000', 1764072000000],
  ['10000000000', 10000000000],
  ['2026-11-24T07:12:03.120Z', Date.UTC(2026, 10, 24, 7, 12, 3, 120)],
  ['2026-11-24 07:12+09:00', Date.UTC(2026, 10, 23, 22, 12)],
  ['2026-11-24', new Date(2026, 10, 24).getTime()],
  ['2026-11-24 07:12', new Date(2026, 10, 24, 7, 12).getTime()],
  ['+057871-12-18T00:00:00.000Z', 1764095500800000],
  ['1764072000000000000', 1764072000000000000],
  ['99999999999999999999', null],
  ['2026-02-30', null],
  ['2h', null],
  ['yesterday', null],
  ['2026-13-40', null],
  ['', null],
])('time %j', (text, expected) => {
  expect(parseTime(text, now)).toBe(expected);
});

test('offsets per partition, there and back', () => {
  expect(parseOffsets('0:120, P2=5')).toEqual({ 0: 120, 2: 5 });
  expect(formatOffsets({ 0: 120, 2: 5 })).toBe('0:120, 2:5');
  expect(parseOffsets('0:x')).toBeNull();
  expect(parseOffsets('0:1, 1:1, p0:2')).toBeNull();
  expect(parseOffsets(' ')).toBeNull();
});

test('counts with separators, nothing else', () => {
  expect(parseCount('12,530')).toBe(12530);
  expect(parseCount('-1')).toBeNull();
  expect(parseCount('9007199254740993')).toBeNull();
  expect(parseCount('')).toBeNull();
});

test('a place is an offset of a partition or a time', () => {
  expect(parsePlace('0:4,119', now)).toEqual({ partition: 0, offset: 4119 });
  expect(parsePlace('-2h', now)).toEqual({ timestamp: now - 7_200_000 });
  expect(parsePlace('4119', now)).toBeNull();
});

test.each<[string, number[] | null]>([
  ['', []],
  [' ', []],
  ['0', [0]],
  ['2, 0,P1', [0, 1, 2]],
  ['4-7 1', [1, 4, 5, 6, 7]],
  ['7-4', null],
  ['1.5', null],
  ['-1', null],
  ['all', null],
  ['0-9999999999', null],
])('partitions %j', (text, expected) => {
  expect(parsePartitions(text)).toEqual(expected);
});
