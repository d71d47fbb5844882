import { expect, test } from 'vitest';
import { bucketAt, brushed, moveBrush, sameSpan } from './brush.ts';

const data = {
  from: 0,
  to: 40,
  buckets: [0, 10, 20, 30].map((start, i) => ({ start, end: start + 10, count: i })),
  coarse: false,
  partitions: [0],
  starts: [0],
  logStarts: [0],
  highWatermarks: [6],
  perPartition: [[0, 1, 2, 3]],
  problems: [],
};

test('a brush is a span of time with what lies in it, whichever way it was drawn', () => {
  const span = { start: 10, end: 30, count: 3 };
  expect(brushed(data, { anchor: 1, head: 2 })).toEqual(span);
  expect(brushed(data, { anchor: 2, head: 1 })).toEqual(span);
  expect(brushed(data, null)).toBeNull();
});

test('the pointer finds its bucket, also beyond the edges', () => {
  expect([-0.1, 0, 0.49, 0.5, 1, 2].map((f) => bucketAt(f, 4))).toEqual([0, 0, 1, 2, 3, 3]);
});

test('keys move and extend the brush', () => {
  expect(moveBrush(null, 'ArrowRight', false, 4)).toEqual({ anchor: 0, head: 0 });
  expect(moveBrush(null, 'ArrowLeft', false, 4)).toEqual({ anchor: 3, head: 3 });
  expect(moveBrush({ anchor: 1, head: 1 }, 'ArrowRight', true, 4)).toEqual({ anchor: 1, head: 2 });
  expect(moveBrush({ anchor: 1, head: 2 }, 'ArrowRight', false, 4)).toEqual({ anchor: 3, head: 3 });
  expect(moveBrush({ anchor: 1, head: 2 }, 'x', false, 4)).toBeNull();
});

test('a brush stays on its span of time when that is cut more finely, and goes when it is no span any more', () => {
  const cut = (edges: number[]) => ({
    ...data,
    buckets: edges.slice(1).map((end, i) => ({ start: edges[i]!, end, count: 1 })),
  });
  const finer = cut([0, 5, 10, 15, 20, 25, 30, 35, 40]);
  expect(sameSpan({ anchor: 1, head: 2 }, data, finer)).toEqual({ anchor: 2, head: 5 });
  expect(sameSpan({ anchor: 2, head: 1 }, data, finer)).toEqual({ anchor: 5, head: 2 });
  expect(sameSpan({ anchor: 1, head: 1 }, data, cut([0, 15, 40]))).toBeNull();
  expect(sameSpan(null, data, finer)).toBeNull();
});
