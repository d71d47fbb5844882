import { expect, test } from 'vitest';
import { sharesOf } from './assignment.ts';

const topic = (name: string, partitions: number) => ({
  topic: name,
  partitions: Array.from({ length: partitions }, (_, i) => i),
});
const texts = (shares: ReturnType<typeof sharesOf>) =>
  shares.map(({ count, partitions }) => [
    count,
    (partitions ?? []).map((p) => `${p.topic}:${p.partitions.join(',')}`).join(' '),
  ]);

test('range gives the first members one partition more', () => {
  expect(texts(sharesOf('range', [topic('orders', 7)], 3))).toEqual([
    [3, 'orders:0,1,2'],
    [2, 'orders:3,4'],
    [2, 'orders:5,6'],
  ]);
});

test('range gives many topics of one partition all to the same instance (scenario h-two-instances-range)', () => {
  expect(texts(sharesOf('range', [topic('a', 1), topic('b', 1)], 2))).toEqual([
    [2, 'a:0 b:0'],
    [0, ''],
  ]);
});

test('roundrobin deals them over all topics', () => {
  expect(texts(sharesOf('roundrobin', [topic('a', 1), topic('b', 12)], 2))).toEqual([
    [7, 'a:0 b:1,3,5,7,9,11'],
    [6, 'b:0,2,4,6,8,10'],
  ]);
});

test('sticky and uniform promise an even share only', () => {
  expect(sharesOf('sticky', [topic('a', 2), topic('b', 3)], 2)).toEqual([{ count: 3 }, { count: 2 }]);
  expect(sharesOf('uniform', [topic('a', 1)], 2)).toEqual([{ count: 1 }, { count: 0 }]);
});
