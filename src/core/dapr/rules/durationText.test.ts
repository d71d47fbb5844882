import { describe, expect, it } from 'vitest';
import { durationText, goDurationError, parseDuration, parseGoDuration } from './durationText.ts';

describe('Go durations', () => {
  it.each([
    ['1h30m', 5_400_000],
    ['-5s', -5000],
    ['.5s', 500],
    ['5.s', 5000],
    ['1µs', 0.001],
    ['5m5s', 305_000],
    ['+0', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseGoDuration(text)).toBe(ms);
  });

  // Texts of Go 1.21's time.ParseDuration.
  it.each([
    ['', 'time: invalid duration ""'],
    ['abc', 'time: invalid duration "abc"'],
    ['5', 'time: missing unit in duration "5"'],
    ['10 s', 'time: unknown unit " s" in duration "10 s"'],
    ['1m 5s', 'time: unknown unit "m " in duration "1m 5s"'],
    ['1h-5m', 'time: unknown unit "h-" in duration "1h-5m"'],
    ['10S', 'time: unknown unit "S" in duration "10S"'],
    ['99999999999h', 'time: invalid duration "99999999999h"'],
  ])('%j is refused', (text, error) => {
    expect(goDurationError(text)).toBe(error);
    expect(parseGoDuration(text)).toBeUndefined();
  });

  it('take a bare number in the unit of the field, and nothing for 0', () => {
    expect(parseDuration('5', 's')).toBe(5000);
    expect(parseDuration('5', 'ms')).toBe(5);
    expect(parseDuration('', 's')).toBe(0);
    expect(parseDuration('5.5', 's')).toBeUndefined();
  });

  it('are told in words that people read', () => {
    expect([30_000_000, 999, 1500, 60_000].map(durationText)).toEqual(['8h20m', '999ms', '1500ms', '1m']);
  });
});
