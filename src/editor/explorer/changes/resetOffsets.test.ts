import { expect, test, vi } from 'vitest';

vi.mock('vscode', () => ({}));
const { doneText, undoOf } = await import('./resetOffsets.ts');

test('undo brings back the old commits; a partition that had none keeps the new one', () => {
  const done = [
    { topic: 'orders', partition: 0, from: 40, to: 0, lagBefore: 60, lagAfter: 100 },
    { topic: 'orders', partition: 1, from: null, to: 0, lagBefore: null, lagAfter: 100 },
  ];
  expect(doneText('billing', done)).toBe(
    'billing: 2 partitions were reset. Undo leaves orders P1 as now: there was no commit before.',
  );
  expect(doneText('billing', done.slice(0, 1))).toBe('billing: one partition was reset.');
  expect(undoOf(done)).toEqual([{ topic: 'orders', partition: 0, from: 0, to: 40, lagBefore: 100, lagAfter: 60 }]);
});
