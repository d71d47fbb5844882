import { beforeEach, expect, test } from 'vitest';
import type { Look, Row, ScanStatus, Told } from '../../shared/messagesPage.ts';
import { RowsInView } from './rowsInView.ts';

const status = (matched: number, partitions = 1) =>
  ({ matched, ranges: Array.from({ length: partitions }, (_, partition) => ({ partition })) }) as ScanStatus;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const NEWEST: Look = { rows: 10, sort: null, newest: true };
const FIRST: Look = { rows: 10, sort: null, newest: false };

let told: Told[];
let inView: RowsInView;
/** Rows whose index is their place. */
const read = ({ from, count }: { from: number; count: number }) =>
  Promise.resolve(range(from, from + count).map((index) => ({ index }) as Row));
const rows = () => told.map((each) => each.rows?.rows.map(({ index }) => index) ?? null);

beforeEach(() => {
  told = [];
  inView = new RowsInView((each) => told.push(each));
});

test('a page that looks nowhere is told the status, at once', () => {
  inView.tell(status(100), read);
  expect(told).toEqual([{ status: status(100), rows: null }]);
});

test('the newest rows come with the status that tells of them, each once while they stand where they stood', async () => {
  inView.see(NEWEST);
  for (const matched of [4, 9, 9, 40]) inView.tell(status(matched), read);
  await expect.poll(() => told).toHaveLength(4);
  expect(rows()).toEqual([range(0, 4), range(4, 9), null, range(30, 40)]);
  expect(told.at(-1)?.rows).toMatchObject({ from: 30, view: null });
});

test('the first rows come until the view is full of them', async () => {
  inView.see(FIRST);
  for (const matched of [7, 900, 1000]) inView.tell(status(matched), read);
  await expect.poll(() => told).toHaveLength(3);
  expect(rows()).toEqual([range(0, 7), range(7, 10), null]);
});

test('in an order across partitions a list is another one each time: all of what is in view comes', async () => {
  inView.see({ ...NEWEST, sort: { by: 'time', newestFirst: true } });
  for (const matched of [20, 30]) inView.tell(status(matched, 2), read);
  await expect.poll(() => told).toHaveLength(2);
  expect(rows()).toEqual([range(0, 10), range(0, 10)]);
  expect(told.map((each) => each.rows?.view)).toEqual([
    { by: 'time', newestFirst: true, of: 20 },
    { by: 'time', newestFirst: true, of: 30 },
  ]);
});

test('a new reading begins with its first row, however many there were before', async () => {
  inView.see(FIRST);
  inView.tell(status(50), read);
  await expect.poll(() => told).toHaveLength(1);
  inView.begin();
  inView.tell(status(3), read);
  await expect.poll(() => told).toHaveLength(2);
  expect(rows()[1]).toEqual(range(0, 3));
});

test('no status waits for rows that are not at hand or cannot be given, and none overtakes another', async () => {
  inView.see(NEWEST);
  let given: AbortSignal | undefined;
  inView.tell(status(10), (_, signal) => {
    given = signal;
    return new Promise(() => undefined);
  });
  inView.tell(status(20), () => Promise.reject(new Error('A registry does not answer.')));
  inView.tell(status(20), read);
  inView.tell(status(30), read);
  await expect.poll(() => told).toHaveLength(4);
  expect(told.map((each) => each.status.matched)).toEqual([10, 20, 20, 30]);
  expect(rows()).toEqual([null, null, null, range(20, 30)]);
  expect(given?.aborted).toBe(true);
});

test('nothing of a reading is told once the next one has begun', async () => {
  inView.see(NEWEST);
  inView.tell(status(4), read);
  inView.begin();
  inView.tell(status(2), read);
  await expect.poll(() => told).toHaveLength(1);
  expect([told[0]?.status, rows()]).toEqual([status(2), [range(0, 2)]]);
});
