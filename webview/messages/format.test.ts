import { expect, test } from 'vitest';
import { formatTime } from './format.ts';

test('time to the millisecond, without the year only in this year', () => {
  const year = new Date().getFullYear();
  expect(formatTime(Date.UTC(year, 10, 23, 7, 12, 3, 120), true)).toBe('11-23 07:12:03.120');
  expect(formatTime(Date.UTC(1999, 0, 2), true)).toBe('1999-01-02 00:00:00.000');
  expect(formatTime(-1, true)).toBe('—');
});
