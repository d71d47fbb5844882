import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { partitionText, resolvedText } from './resolvedText.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));
afterAll(() => vi.unstubAllGlobals());

const range = (partition: number, start: number, end: number | null, highWatermark: number) => ({
  partition,
  start,
  end,
  logStart: 0,
  highWatermark,
});

test('the offsets of all partitions, and what ends or follows them', () => {
  const closed = [range(0, 100, 4_200, 9_000), range(1, 0, 8_300, 8_300), range(2, 7, 7, 7)];
  expect(resolvedText(closed, { kind: 'end' })).toBe('12,400 offsets in 3 partitions');
  expect(resolvedText(closed, { kind: 'count', count: 1_000 })).toBe(
    '12,400 offsets in 3 partitions, until 1,000 messages match',
  );
  expect(resolvedText(closed, { kind: 'count', count: 1 })).toBe(
    '12,400 offsets in 3 partitions, until one message matches',
  );
  expect(partitionText(range(2, 6, 7, 7))).toBe('P2: offset 6');
});

test('an open range is counted to the end of its partition', () => {
  expect(resolvedText([range(0, 100, null, 150)], { kind: 'follow' })).toBe(
    '50 offsets in 1 partition, then new messages',
  );
  expect(partitionText(range(0, 100, null, 1_150))).toBe('P0: offsets 100 to 1,149');
});

test('a start past the end takes nothing away from other partitions', () => {
  expect(resolvedText([range(0, 20, 10, 10), range(1, 0, 5, 5)], { kind: 'end' })).toBe('5 offsets in 2 partitions');
  expect(partitionText(range(0, 20, 10, 10))).toBe('P0: nothing from offset 20 on yet');
});
