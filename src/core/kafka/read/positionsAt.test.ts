import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_TIMESTAMP } from '../protocol/listOffsets.ts';
import { newestTime } from './newestTime.ts';
import { positionsAt, type Positions } from './positionsAt.ts';
import type { OffsetAnswer, TopicLog } from './topicLog.ts';

const { signal } = new AbortController();

/** Brokers that hold these times per partition and offset, and count what they are asked. */
function logOf(times: readonly (readonly number[])[], { newest = true, deaf = -1 } = {}) {
  const asked = { requests: 0, looks: 0 };
  const log: Pick<TopicLog, 'offsets'> = {
    offsets(questions) {
      asked.requests++;
      const answers = new Map<number, OffsetAnswer>();
      for (const { partition, timestamp } of questions) {
        expect(answers.has(partition), 'a partition twice in one request').toBe(false);
        asked.looks++;
        const of = times[partition]!;
        const special = timestamp === MAX_TIMESTAMP;
        const at = special ? of.indexOf(Math.max(...of)) : of.findIndex((time) => time >= timestamp);
        const error = partition === deaf ? 'deaf' : special && !newest ? 'too old' : undefined;
        const found = error === undefined && at >= 0;
        answers.set(partition, {
          offset: found ? at : undefined,
          timestamp: found ? of[at]! : -1,
          error,
          tooOld: error === 'too old',
        });
      }
      return Promise.resolve(answers);
    },
  };
  return { log: log as TopicLog, asked };
}

const rangesOf = (times: readonly (readonly number[])[]) =>
  times.map((of, partition) => ({
    partition,
    start: 0,
    end: of.length,
    logStart: 0,
    highWatermark: of.length,
  }));

const partitions = fc.array(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 }), {
  minLength: 1,
  maxLength: 4,
});

test('positions are those that asking at every time gives, in whatever order the times are', async () => {
  await fc.assert(
    fc.asyncProperty(
      partitions,
      fc.uniqueArray(fc.integer({ min: 1, max: 310 }), { maxLength: 60 }),
      async (of, at) => {
        const times = at.sort((a, b) => a - b);
        const expected = of.map((records) => [
          0,
          ...times.map((time) => records.findIndex((t) => t >= time)).map((i) => (i < 0 ? records.length : i)),
          records.length,
        ]);
        const { log } = logOf(of);
        expect(await positionsAt(log, rangesOf(of), times, { problems: new Set(), signal })).toEqual({
          times,
          positions: expected,
        });
      },
    ),
  );
});

test('of a thousand partitions it tells longer spans first, asks each only where something is, and in few requests', async () => {
  const of = Array.from({ length: 1000 }, (_, p) => [p, p + 100_000]);
  const times = Array.from({ length: 119 }, (_, i) => (i + 1) * 1000);
  const { log, asked } = logOf(of);
  const parts: Positions[] = [];
  const { positions: found } = await positionsAt(log, rangesOf(of), times, {
    problems: new Set(),
    signal,
    onRound: (part) => parts.push(part),
  });
  expect(found[7]!.slice(0, 3)).toEqual([0, 1, 1]);
  expect(parts[0]!.times).toEqual([24_000, 48_000, 72_000, 96_000]);
  expect(parts.map((part) => part.times.length)).toEqual(
    [...parts.map((part) => part.times.length)].sort((a, b) => a - b),
  );
  for (const { times: told, positions } of parts)
    expect(positions).toEqual(found.map((all) => [all[0], ...told.map((time) => all[time / 1000]), all.at(-1)]));
  // A bar must not be higher for being longer.
  for (const { times: told } of parts)
    expect(new Set([0, ...told].map((time, i) => (told[i] ?? 120_000) - time)).size).toBe(1);
  // Each look at 119 times would be 119,000.
  expect(asked).toEqual({ requests: 13, looks: 13_000 });
});

test('where so many looks do not reach, the times are fewer and the positions still true', async () => {
  const of = Array.from({ length: 1000 }, (_, p) => Array.from({ length: 130 }, (_, i) => i * 1000 + p));
  const times = Array.from({ length: 119 }, (_, i) => (i + 1) * 1000);
  const whole = await positionsAt(logOf(of).log, rangesOf(of), times, { problems: new Set(), signal });
  const { log, asked } = logOf(of);
  const some = await positionsAt(log, rangesOf(of), times, { problems: new Set(), mostLooks: 30_000, signal });
  expect(some.times).toEqual(times.filter((time) => time % 6000 === 0));
  expect(some.positions).toEqual(
    whole.positions.map((at) => [at[0], ...some.times.map((time) => at[time / 1000]), at.at(-1)]),
  );
  expect(asked.looks).toBe(19_000);
});

test('a partition that is not answered for is asked once, said once, and keeps its offsets in one span', async () => {
  const of = [
    [10, 20],
    [10, 20, 30],
  ];
  const { log, asked } = logOf(of, { deaf: 1 });
  const problems = new Set<string>();
  expect((await positionsAt(log, rangesOf(of), [15, 25], { problems, signal })).positions).toEqual([
    [0, 1, 2, 2],
    [0, 3, 3, 3],
  ]);
  expect([...problems]).toEqual(['deaf']);
  expect(asked.requests).toBe(2);
});

test('the newest time is told, or found by brokers that do not know the question', async () => {
  const now = Date.now();
  const time = fc.oneof(
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: now - 1e9, max: now + 1e9 }),
    fc.maxSafeNat(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(time, { maxLength: 5 }), { minLength: 1, maxLength: 4 }), async (of) => {
      const all = of.flat();
      const expected = all.length === 0 ? undefined : Math.max(...all);
      const ask = (newest: boolean) => newestTime(logOf(of, { newest }).log, [...of.keys()], new Set(), signal);
      expect(await ask(true)).toBe(expected);
      expect(await ask(false)).toBe(expected);
    }),
  );
});

test('a partition that nobody answers for is said, and the newest of the others found', async () => {
  const problems = new Set<string>();
  const { log } = logOf([[5, 77], [9]], { newest: false, deaf: 1 });
  expect(await newestTime(log, [0, 1], problems, signal)).toBe(77);
  expect([...problems]).toEqual(['deaf']);
});
