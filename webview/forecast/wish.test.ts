import { expect, test } from 'vitest';
import { wishOf } from './wish.ts';

test('a wish waits for its time or offset', () => {
  expect(wishOf('', '')).toBeNull();
  expect(wishOf('everything', '')).toEqual({ kind: 'everything' });
  expect(wishOf('since', '')).toBeNull();
  expect(wishOf('since', '2026-11-24T09:00')).toEqual({
    kind: 'since',
    timestamp: new Date(2026, 10, 24, 9).getTime(),
  });
  expect(wishOf('from-offset', '-1')).toBeNull();
  expect(wishOf('from-offset', '42')).toEqual({ kind: 'from-offset', offset: 42 });
});
