import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TimelineData } from '../../src/shared/messagesPage.ts';
import { TimelineQuestion } from './timelineQuestion.ts';
import { outgrown, TimelineRenewal } from './timelineRenewal.ts';

const timeline = (highWatermarks: number[], spans = 1): TimelineData => ({
  from: 0,
  to: 10,
  buckets: Array.from({ length: spans }, () => ({
    start: 0,
    end: 10,
    count: highWatermarks.reduce((a, b) => a + b, 0),
  })),
  coarse: false,
  partitions: highWatermarks.map((_, i) => i),
  starts: highWatermarks.map(() => 0),
  logStarts: highWatermarks.map(() => 0),
  highWatermarks,
  perPartition: highWatermarks.map((count) => [count]),
  problems: [],
});

it('is outgrown once a partition was read beyond where it ended, or has come since', () => {
  const at = (...positions: number[]) => positions.map((position, partition) => ({ partition, position }));
  const data = timeline([5, 0]);
  const verdicts = [at(), at(5, 0), at(3), at(6, 0), at(0, 1), at(0, 0, 0), at(0, 0, 1)].map((r) => outgrown(data, r));
  expect(verdicts).toEqual([false, false, false, true, true, false, true]);
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** ms after which each question was asked, where one is wanted every 100 ms and answered by `data`. */
function asked(data: TimelineData | null, until: number): number[] {
  const began = performance.now();
  const times: number[] = [];
  const renewal = new TimelineRenewal(() => {
    times.push(performance.now() - began);
    renewal.rest(data);
  });
  for (let at = 0; at < until; at += 100) {
    if (!renewal.due) renewal.soon();
    vi.advanceTimersByTime(100);
  }
  renewal.stop();
  return times;
}

it('is asked for at once, then every five seconds at most, and less often the more looks it takes', () => {
  const partitions = (count: number) => Array.from({ length: count }, () => 1);
  expect(asked(timeline(partitions(20), 120), 16_000)).toEqual([0, 5000, 10_000, 15_000]);
  expect(asked(timeline(partitions(40), 120), 15_000)).toEqual([0, 9600]);
  expect(asked(timeline(partitions(800), 120), 200_000)).toEqual([0, 192_000]);
  expect(asked(null, 9000)).toEqual([0, 5000]);
});

it('is of the time at which it was asked for', async () => {
  const question = new TimelineQuestion(() => undefined);
  const query = { range: null, finest: false, again: true };
  const answered = (count: number) =>
    question.ask(() => {
      vi.advanceTimersByTime(700);
      return count > 0 ? Promise.resolve(timeline([count])) : Promise.reject(new Error('broker 2 is away'));
    }, query);
  vi.setSystemTime(5000);
  await answered(1);
  expect(question.at).toBe(5000);
  await answered(2);
  expect(question.at).toBe(5700);
  await answered(0);
  expect(question.at).toBe(5700);
});

it('is not asked for any more once the page has gone', () => {
  const ask = vi.fn();
  const renewal = new TimelineRenewal(ask);
  renewal.rest(null);
  renewal.soon();
  expect(renewal.due).toBe(true);
  renewal.stop();
  vi.advanceTimersByTime(60_000);
  expect([ask.mock.calls.length, renewal.due]).toEqual([0, false]);
});

it('shows what is there while it is asked for again, and says why there is nothing newer', async () => {
  const seen: string[] = [];
  const question = new TimelineQuestion(() => {
    const { data, problem, outdated, loading, renewing } = question;
    seen.push(
      [data?.buckets[0]?.count, problem ?? outdated ?? '', loading && 'loading', renewing && 'renewing']
        .filter((part) => part !== false)
        .join(' '),
    );
  });
  const first = { range: null, finest: false, again: false };
  const again = { ...first, again: true };
  await question.ask((_query, _signal, onPart) => (onPart(timeline([1])), Promise.resolve(timeline([5]))), first);
  await question.ask((_query, _signal, onPart) => (onPart(timeline([2])), Promise.resolve(timeline([6]))), again);
  await question.ask(() => Promise.reject(new Error('broker 2 is away')), again);
  await question.ask(() => Promise.resolve(timeline([7])), again);
  await question.ask(() => Promise.reject(new Error('broker 2 is away')), first);
  expect(seen).toEqual([
    '  loading',
    '1  loading',
    '5 ',
    '5  renewing',
    '6 ',
    '6  renewing',
    '6 broker 2 is away',
    '6 broker 2 is away renewing',
    '7 ',
    '7  loading',
    '7 broker 2 is away',
  ]);
});
