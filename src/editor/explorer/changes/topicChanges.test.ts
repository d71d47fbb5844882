import { beforeEach, expect, test, vi } from 'vitest';
import { client, partition, topic, type Facts } from '../explorerTree.fixture.ts';
import type { ChangeTools } from './runChange.ts';
import { deleteRecords } from './topicChanges.ts';

const told = vi.hoisted(() => [] as string[]);
vi.mock('vscode', () => ({
  window: {
    showInformationMessage: (text: string) => Promise.resolve(void told.push(text)),
    showErrorMessage: (text: string, { detail }: { detail: string }) => Promise.resolve(void told.push(text, detail)),
  },
}));

beforeEach(() => void (told.length = 0));

/** Deletes all records of a topic; resolves to what the brokers were asked to delete below. */
async function deleted(facts: Facts): Promise<[number, number][]> {
  const asked: [number, number][] = [];
  const engine = {
    deleteRecords: (_client: unknown, _topic: unknown, before: ReadonlyMap<number, number>) => {
      asked.push(...before);
      return Promise.resolve({ done: [...before.keys()].map((p) => `P${p}`), failed: [] });
    },
  };
  await deleteRecords({ engine, client: client(facts) } as unknown as ChangeTools, 'orders', undefined);
  return asked;
}

const topics = [topic('orders', [partition(0), partition(1)])];

test('says that all records were deleted where all were', async () => {
  expect(await deleted({ topics, logs: { 'orders/0': [0, 5], 'orders/1': [0, 7] } })).toEqual([
    [0, 5],
    [1, 7],
  ]);
  expect(told).toEqual(['The records of orders were deleted.']);
});

test('names the partition whose records stay, since nobody knows where it ends', async () => {
  expect(await deleted({ topics, logs: { 'orders/0': [0, 5] } })).toEqual([[0, 5]]);
  expect(told).toEqual(['Only partly done: P0', 'P1: not known']);
});

test('deletes nothing where no end is known', async () => {
  expect(await deleted({ topics })).toEqual([]);
  expect(told).toEqual(['Nothing was changed.', 'P0: not known\nP1: not known']);
});
