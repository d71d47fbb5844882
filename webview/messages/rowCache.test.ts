import { expect, test } from 'vitest';
import type { Row } from '../../src/shared/messagesPage.ts';
import { RowCache } from './rowCache.ts';

const row = (index: number) => ({ index, offset: index }) as Row;
const rows = (from: number, count: number, total: number) =>
  Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, i) => row(from + i));

const unexpected = (error: unknown): never => {
  throw error;
};

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(() => condition()).toBe(true);
}

test('fetches the blocks that a window touches, each once', async () => {
  const asked: number[] = [];
  const cache = new RowCache(
    (from, count) => {
      asked.push(from);
      return Promise.resolve(rows(from, count, 1000));
    },
    () => undefined,
    unexpected,
  );
  cache.want(95, 130, 1000);
  cache.want(95, 130, 1000);
  await until(() => cache.get(129) !== undefined);
  cache.want(95, 130, 1000);
  expect(asked).toEqual([0, 100]);
  expect(cache.get(95)?.offset).toBe(95);
  expect(cache.get(200)).toBeUndefined();
});

test('a block cut by the end of the list is fetched again when the list has grown', async () => {
  let total = 3;
  const cache = new RowCache(
    (from, count) => Promise.resolve(rows(from, count, total)),
    () => undefined,
    unexpected,
  );
  cache.want(0, 3, 3);
  await until(() => cache.get(2) !== undefined);
  expect(cache.get(3)).toBeUndefined();
  total = 5;
  cache.want(0, 5, 5);
  await until(() => cache.get(4)?.offset === 4);
});

test('knows where a row stands, once its part of the list is there', async () => {
  const cache = new RowCache(
    (from, count) => Promise.resolve(rows(from, count, 1000).map((row) => ({ ...row, index: 999 - row.index }))),
    () => undefined,
    unexpected,
  );
  await cache.fill(90, 110, 1000);
  expect(cache.positionOf(999 - 105)).toBe(105);
  expect(cache.positionOf(999 - 305)).toBeUndefined();
});

test('fills a window with the rows it lacks and no others; the block around it is fetched when it is looked at', async () => {
  const asked: [number, number][] = [];
  const cache = new RowCache(
    (from, count) => {
      asked.push([from, count]);
      return Promise.resolve(rows(from, count, 250));
    },
    () => undefined,
    unexpected,
  );
  await cache.fill(180, 210, 230);
  await cache.fill(195, 225, 230);
  await cache.fill(200, 220, 230);
  cache.want(180, 225, 230);
  expect(asked).toEqual([
    [180, 30],
    [210, 15],
  ]);
  cache.want(179, 209, 230);
  await until(() => cache.get(179) !== undefined);
  expect(asked.slice(2)).toEqual([[100, 100]]);
  expect([cache.get(199)?.offset, cache.get(224)?.offset, cache.get(225)]).toEqual([199, 224, undefined]);
});

test('rows that cannot be had are told once and not asked for again by what is drawn then, but when they come back into view', async () => {
  const asked: number[] = [];
  const refusals: unknown[] = [];
  let away = true;
  const draw = () => cache.want(0, 20, 1000);
  const cache: RowCache = new RowCache(
    (from, count) => {
      asked.push(from);
      return away ? Promise.reject(new Error('broker 2 is away')) : Promise.resolve(rows(from, count, 1000));
    },
    () => undefined,
    (error) => {
      refusals.push(error);
      draw();
    },
  );
  draw();
  await until(() => refusals.length > 0);
  draw();
  away = false;
  cache.want(200, 220, 1000);
  await until(() => cache.get(219) !== undefined);
  expect(asked).toEqual([0, 200]);
  draw();
  await until(() => cache.get(0) !== undefined);
  expect([asked, refusals]).toEqual([[0, 200, 0], [new Error('broker 2 is away')]]);
});
