import { expect, test } from 'vitest';
import type { RedriveCheckpoint, RedrivePlan } from '../../shared/redrivePage.ts';
import { endedText } from './redriveEnded.ts';

const plan: RedrivePlan = {
  job: { source: { kind: 'records', places: [] }, ranges: [], target: 'orders', placement: 'key' },
  counts: [
    { partition: 0, count: 1000 },
    { partition: 1, count: 234 },
  ],
  first: [],
  targetPartitions: 2,
  notes: [],
};
const at = (positions: Record<number, number>, written: Record<number, number>): RedriveCheckpoint => ({
  ...{ positions, written },
  done: {},
  refused: [],
  refusedCount: 0,
  unsure: [],
});

test('a redrive that ended with its page tells how much is written and where to go on', () => {
  expect(endedText('orders-dead', plan, at({ 0: 4100, 1: 7 }, { 0: 900, 1: 200 }))).toBe(
    'The redrive of orders-dead to orders ended with its page. Written, as far as is known: 1,100 of 1,234 messages. To go on without writing those again, read orders-dead from: P0 4,100, P1 7',
  );
});

test('one that had told nothing yet promises nothing; of many partitions eight are named', () => {
  expect(endedText('dead', plan, null)).toBe(
    'The redrive of dead to orders ended with its page. Written, as far as is known: 0 of 1,234 messages.',
  );
  const many = Object.fromEntries(Array.from({ length: 10 }, (_, p) => [p, p]));
  expect(endedText('dead', plan, at(many, {}))).toMatch(/P7 7, and 2 more$/);
});
