import { expect, test } from 'vitest';
import { isoTime } from './isoTime.ts';

test('a time of the calendar, or the number that is none', () => {
  expect(isoTime(Date.UTC(2026, 0, 5, 10, 0, 0, 7))).toBe('2026-01-05T10:00:00.007Z');
  expect(isoTime(1_764_072_000_000_000_000)).toBe('1764072000000000000');
});
