import { expect, test } from 'vitest';
import type { MessagesPanelContract } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';
import { ReturnTo } from './returnTo.ts';

const PLACE = { partition: 0, offset: 7 };

/** A worker whose answers come when they are let go. */
function worker() {
  const waiting: ((index: number | null) => void)[] = [];
  const request = () => new Promise((resolve) => waiting.push((index) => resolve(index === null ? null : { index })));
  const returning = new ReturnTo({ request } as unknown as RpcClient<MessagesPanelContract>);
  returning.wanted = { top: PLACE, chosen: PLACE, detail: false };
  const answer = async (index: number | null) => {
    for (const resolve of waiting.splice(0)) resolve(index);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { returning, waiting, answer };
}

test('the rows that were looked at are found when they have been read', async () => {
  const { returning, answer } = worker();
  const first = returning.look();
  await answer(null);
  expect(await first).toBeNull();
  const second = returning.look();
  await answer(40);
  expect(await second).toEqual({ top: 40, chosen: 40, detail: false });
  expect(returning.wanted).toBeNull();
});

test('the last rows may come while the question is on its way, and nothing comes after them', async () => {
  const { returning, waiting, answer } = worker();
  const found = returning.look();
  expect(await returning.look()).toBeNull();
  await answer(null);
  expect(waiting.length).toBe(2);
  await answer(40);
  expect(await found).toEqual({ top: 40, chosen: 40, detail: false });
});

test('what a person does meanwhile is not undone', async () => {
  const { returning, answer } = worker();
  const found = returning.look();
  returning.wanted = null;
  await answer(40);
  expect(await found).toBeNull();
});
