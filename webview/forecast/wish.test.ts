import { expect, test } from 'vitest';
import { wishOf } from './wish.ts';

test('a wish waits for its time or offset', () => {
  expect(wishOf({ kind: '', value: '' })).toBeNull();
  expect(wishOf({ kind: 'everything', value: '' })).toEqual({ kind: 'everything' });
  expect(wishOf({ kind: 'since', value: '' })).toBeNull();
  expect(wishOf({ kind: 'since', value: '2026-11-24T09:00' })).toEqual({
    kind: 'since',
    timestamp: new Date(2026, 10, 24, 9).getTime(),
  });
  expect(wishOf({ kind: 'from-offset', value: '-1' })).toBeNull();
  expect(wishOf({ kind: 'from-offset', value: '42' })).toEqual({ kind: 'from-offset', offset: 42 });
});
