import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  MAX_HEIGHT,
  ROW_HEIGHT,
  maxOffset,
  offsetToReveal,
  rowWindow,
  scrollHeight,
  scrollScale,
} from './rowWindow.ts';

test('shows the rows that the view touches, the first one cut where it is cut', () => {
  expect(rowWindow(33, 44, 1000)).toEqual({ first: 1, last: 4, shift: -11 });
  expect(rowWindow(0, 440, 3)).toEqual({ first: 0, last: 3, shift: 0 });
  expect(rowWindow(0, 440, 0)).toEqual({ first: 0, last: 0, shift: 0 });
});

test('a list taller than an element may be is reached from its first to its last row', () => {
  const count = 10_000_000;
  expect(scrollHeight(count)).toBe(MAX_HEIGHT);
  const scale = scrollScale(count, 440);
  expect((MAX_HEIGHT - 440) * scale).toBeCloseTo(maxOffset(count, 440), 3);
  expect(rowWindow(maxOffset(count, 440), 440, count).last).toBe(count);
});

test('reveals a row by moving as little as possible', () => {
  expect(offsetToReveal(5, 0, 440)).toBe(0);
  expect(offsetToReveal(30, 0, 440)).toBe(31 * ROW_HEIGHT - 440);
  expect(offsetToReveal(2, 440, 440)).toBe(2 * ROW_HEIGHT);
});

test('every revealed row lies wholly inside the view', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(20_000_000), fc.integer({ min: 22, max: 2000 }), (index, offset, view) => {
      const top = index * ROW_HEIGHT - offsetToReveal(index, offset, view);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top + ROW_HEIGHT).toBeLessThanOrEqual(view);
    }),
  );
});
