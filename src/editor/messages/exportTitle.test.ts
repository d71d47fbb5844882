import { expect, test } from 'vitest';
import type { ReadSpec } from '../../shared/messagesPage.ts';
import { exportTitle } from './exportTitle.ts';

const read: ReadSpec = {
  start: { kind: 'earliest' },
  end: { kind: 'end' },
  partitions: [],
  isolation: 'read_committed',
  filter: null,
};
const rows = { kind: 'rows', view: null } as const;

test.each([
  [{ ...rows, from: 3, to: 4, chosen: true }, 'Export the chosen message of orders'],
  [{ ...rows, from: 3, to: 5, chosen: true }, 'Export the 2 chosen messages of orders'],
  [{ ...rows, from: 0, to: 12_530, chosen: false }, 'Export the 12,530 messages of orders found so far'],
  [{ kind: 'range' as const, read }, 'Export the whole range of orders'],
  [
    { kind: 'range' as const, read: { ...read, filter: { language: 'text' as const, text: 'x' } } },
    'Export all that the filter finds in the range of orders',
  ],
])('%j', (wish, title) => {
  expect(exportTitle('orders', wish, 'en')).toBe(title);
});
