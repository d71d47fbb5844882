import { beforeAll, expect, test, vi } from 'vitest';
import type { ReadSpec, ScanStatus } from '../../src/shared/messagesPage.ts';
import { emptyText } from './emptyText.ts';
import { NOTHING_READ } from './reading.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));

const status: ScanStatus = { ...NOTHING_READ, state: 'done', left: 0 };
const read: ReadSpec = {
  start: { kind: 'time', timestamp: 1 },
  end: { kind: 'end' },
  partitions: [],
  isolation: 'read_committed',
  filter: null,
};
const now = Date.UTC(2026, 0, 5);

test('nothing in the range: from when the newest is, and a way to it', () => {
  expect(emptyText('orders', status, read, false, now - 3 * 86_400_000, now)).toEqual({
    text: 'orders has no messages in this range. The newest is from 3 days ago.',
    earliest: true,
    newest: true,
  });
  expect(emptyText('orders', status, { ...read, start: { kind: 'earliest' } }, false, null, now)).toEqual({
    text: 'orders has no messages in this range.',
    earliest: false,
  });
});

test('no partition of what was asked for: why stands above, and the topic is not said to be empty', () => {
  const problems = ['orders has no partition 9: it has 3.'];
  expect(emptyText('orders', { ...status, problems }, read, false, now, now)).toEqual({
    text: 'Nothing could be read. The reason stands above.',
    earliest: false,
  });
});

test('nothing found before a stop is no result', () => {
  const filter = { language: 'text', text: 'x' } as const;
  expect(
    emptyText('orders', { ...status, state: 'stopped', scanned: 1200 }, { ...read, filter }, false, now, now).text,
  ).toBe('Nothing in 1,200 messages matched before it was stopped.');
});

test('what was read and cleared away is not said to be missing', () => {
  const after = (end: ReadSpec['end']) => emptyText('orders', status, { ...read, end }, true, now, now);
  expect(after({ kind: 'end' })).toEqual({
    text: 'Nothing has come to orders since the rows were read and cleared.',
    earliest: false,
    again: true,
  });
  expect(after({ kind: 'offset', offset: 7 })).toEqual({
    text: 'The whole range had been read when its rows were cleared.',
    earliest: false,
    again: true,
  });
});

test('while not every broker has answered, which ones have', () => {
  const waiting = (answered: number[], left: number[], state: ScanStatus['state'] = 'reading') =>
    emptyText('orders', { ...status, state, brokers: { answered, waiting: left } }, read, false, null, now);
  expect(waiting([], [1, 2], 'resolving')).toEqual({
    text: 'Asking the brokers where orders starts and ends…',
    earliest: false,
    brokers: 'Not answered yet: broker 1, broker 2.',
  });
  expect(waiting([1, 3], [2]).brokers).toBe('Answered: broker 1, broker 3. Not yet: broker 2.');
  expect(waiting([1, 2, 3], [])).toEqual({ text: 'Waiting for the first messages…', earliest: false });
  expect(waiting([1], [2], 'stopped').brokers).toBeUndefined();
});
