import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  LEAST_ROW_HEIGHT,
  MAX_HEIGHT,
  maxOffset,
  offsetToReveal,
  rowHeight,
  rowWindow,
  scrollHeight,
  scrollScale,
} from './rowWindow.ts';

const stack = (count: number, view: number, row = 22) => ({ count, view, row });

test('a row is as high as its font wants', () => {
  expect([10, 12, 14, 15, 20, 32].map(rowHeight)).toEqual([22, 22, 22, 23, 30, 48]);
});

test('shows the rows that the view touches, the first one cut where it is cut', () => {
  expect(rowWindow(stack(1000, 44), 33)).toEqual({ first: 1, last: 4, shift: -11 });
  expect(rowWindow(stack(3, 440), 0)).toEqual({ first: 0, last: 3, shift: 0 });
  expect(rowWindow(stack(0, 440), 0)).toEqual({ first: 0, last: 0, shift: 0 });
  expect(rowWindow(stack(1000, 60, 30), 45)).toEqual({ first: 1, last: 4, shift: -15 });
});

test('a list taller than an element may be is reached from its first to its last row', () => {
  for (const row of [22, 30]) {
    const list = stack(10_000_000, 440, row);
    expect(scrollHeight(list)).toBe(MAX_HEIGHT);
    expect((MAX_HEIGHT - 440) * scrollScale(list)).toBeCloseTo(maxOffset(list), 3);
    expect(rowWindow(list, maxOffset(list)).last).toBe(10_000_000);
  }
});

test('reveals a row by moving as little as possible', () => {
  const list = stack(100, 440);
  expect(offsetToReveal(list, 5, 0)).toBe(0);
  expect(offsetToReveal(list, 30, 0)).toBe(31 * 22 - 440);
  expect(offsetToReveal(list, 2, 440)).toBe(2 * 22);
});

test('every revealed row lies wholly inside the view', () => {
  const row = fc.integer({ min: LEAST_ROW_HEIGHT, max: 60 });
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(20_000_000), row, fc.nat(2000), (index, offset, height, more) => {
      const view = height + more;
      const top = index * height - offsetToReveal(stack(1_000_001, view, height), index, offset);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top + height).toBeLessThanOrEqual(view);
    }),
  );
});
