import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EditorAsks } from './editorAsks.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const node = { id: 'c/topics', clusterId: 'c' };

test('no refresh while a question is open, nor right after its answer; other clusters are free', async () => {
  const asks = new EditorAsks();
  let finish = (_answer: string) => undefined as void;
  const answer = asks.answer(node, () => new Promise<string>((resolve) => (finish = resolve)));
  expect(asks.unrest('c')).toBeGreaterThan(0);
  expect(asks.unrest('other')).toBe(0);
  finish('rows');
  expect(await answer).toBe('rows');
  expect(asks.unrest('c')).toBe(400);
  vi.advanceTimersByTime(400);
  expect(asks.unrest('c')).toBe(0);
});

test('a refresh that no question followed is repeated, at most three times', () => {
  const asks = new EditorAsks();
  const again = vi.fn();
  asks.expect('c/topics', again);
  vi.advanceTimersByTime(60_000);
  expect(again).toHaveBeenCalledTimes(3);
});

test('a refresh that was followed by a question is not repeated', async () => {
  const asks = new EditorAsks();
  const again = vi.fn();
  asks.expect('c/topics', again);
  vi.advanceTimersByTime(100);
  await asks.answer(node, () => Promise.resolve([]));
  vi.advanceTimersByTime(60_000);
  expect(again).not.toHaveBeenCalled();
});

test('a failing answer leaves nothing open', async () => {
  const asks = new EditorAsks();
  await expect(asks.answer(node, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  vi.advanceTimersByTime(400);
  expect(asks.unrest('c')).toBe(0);
});

test('a command on a row waits until the last refresh is drawn, and no other comes before its list is open', async () => {
  const asks = new EditorAsks();
  const rested = vi.fn();
  asks.told();
  void asks.rest().then(rested);
  await vi.advanceTimersByTimeAsync(190);
  expect(rested).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(10);
  expect(rested).toHaveBeenCalled();
  expect(asks.unrest('c')).toBe(1_000);
  vi.advanceTimersByTime(1_000);
  expect(asks.unrest('c')).toBe(0);
});

test('a command on a row does not wait for an answer that takes long, and not at all for a tree at rest', async () => {
  const asks = new EditorAsks();
  await asks.rest();
  void asks.answer(node, () => new Promise(() => undefined));
  const rested = vi.fn();
  void asks.rest().then(rested);
  await vi.advanceTimersByTimeAsync(590);
  expect(rested).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(30);
  expect(rested).toHaveBeenCalled();
});
