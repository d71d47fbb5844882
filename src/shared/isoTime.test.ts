import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isoTime, isRecordTime, localMidnight, parseIsoTime } from './isoTime.ts';

beforeAll(() => void vi.stubEnv('TZ', 'Asia/Seoul'));
afterAll(() => void vi.unstubAllEnvs());

test('a day begins at its own midnight, which is another day in UTC', () => {
  const morning = new Date('2026-01-31T08:00:00+09:00');
  expect(localMidnight(morning)).toBe('2026-01-31T00:00');
  expect(parseIsoTime('2026-01-31', 'local')).toBe(Date.parse('2026-01-31T00:00:00+09:00'));
});

test('a time of the calendar, or the number that is none', () => {
  expect(isoTime(Date.UTC(2026, 0, 5, 10, 0, 0, 7))).toBe('2026-01-05T10:00:00.007Z');
  expect(isoTime(1_764_072_000_000_000_000)).toBe('1764072000000000000');
});

test('a text back into its time, far years too', () => {
  for (const ms of [0, Date.UTC(2024, 1, 29, 23, 59, 59, 999), 1_764_072_000_000_000])
    expect(parseIsoTime(isoTime(ms), 'local')).toBe(ms);
  const seven = Date.UTC(2026, 10, 23, 7);
  for (const text of ['2026-11-23T07:00', '2026-11-23 16:00+09', '2026-11-23T02:00:00.000000-0500'])
    expect(parseIsoTime(text, 'UTC')).toBe(seven);
  expect(parseIsoTime('2026-11-23 07:00', 'local')).toBe(new Date(2026, 10, 23, 7).getTime());
  for (const text of ['2026-02-30', '2026-04-31T10:00Z', '2026-00-01', '2026-01-01T24:01Z', '2026-1-1', 'now', ''])
    expect(parseIsoTime(text, 'UTC')).toBeNull();
});

test('what can be the time of a record', () => {
  const known = [0, 1_764_072_000_000, 1_764_072_000_000_000_000, -1, 1.5, 2 ** 63, NaN, '5', null];
  expect(known.map(isRecordTime)).toEqual([true, true, true, false, false, false, false, false, false]);
});
