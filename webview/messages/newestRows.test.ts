import { expect, test } from 'vitest';
import { NewestRows } from './newestRows.ts';

const following = { state: 'following' } as const;

test('rows that came after the range was caught up with are new where they are not all in view', () => {
  const rows = new NewestRows();
  rows.told(following, 2);
  rows.told(following, 5);
  expect(rows.fresh(following, 5, 10)).toBe(0);
  rows.told(following, 12);
  expect(rows.fresh(following, 12, 10)).toBe(10);
  rows.look(true, 12);
  expect(rows.fresh(following, 13, 10)).toBe(0);
});
