import { expect, it } from 'vitest';
import { secondsOf } from './refreshSeconds.ts';

it.each<[unknown, number]>([
  [5, 5],
  [2.5, 2.5],
  [0, 0],
  [-3, 0],
  // As a timer would take it: at once, again and again.
  [0.001, 1],
  [99_999_999, 86_400],
  [Infinity, 86_400],
  [NaN, 5],
  ['off', 5],
  [null, 5],
])('the setting %j means %d s', (setting, seconds) => {
  expect(secondsOf(setting)).toBe(seconds);
});
