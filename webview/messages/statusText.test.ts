import { beforeAll, expect, test, vi } from 'vitest';
import type { ScanStatus } from '../../src/shared/messagesPage.ts';
import { NOTHING_READ } from './reading.ts';
import { canGoOn, offsetsText, spokenStatus, statusText } from './statusText.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));

test('counts one and many', () => {
  expect(offsetsText(1, 1)).toBe('1 offset in 1 partition');
  expect(offsetsText(1, 3)).toBe('1 offset in 3 partitions');
  expect(offsetsText(12_400, 1)).toBe('12,400 offsets in 1 partition');
  expect(offsetsText(0, 3)).toBe('0 offsets in 3 partitions');
});

test('goes on after a stop before the end, not in a topic that is another one now', () => {
  const ranges = [
    { partition: 0, start: 0, end: 10, position: 10 },
    { partition: 1, start: 0, end: 10, position: 4 },
  ];
  const status = (part: Partial<ScanStatus>): ScanStatus => ({ ...STOPPED, ranges, ...part });
  expect(canGoOn(status({}))).toBe(true);
  expect(canGoOn(status({ state: 'failed' }))).toBe(true);
  expect(canGoOn(status({ state: 'reading' }))).toBe(false);
  expect(canGoOn(status({ ranges: ranges.slice(0, 1) }))).toBe(false);
  expect(canGoOn(status({ ranges: [{ partition: 0, start: 0, end: null, position: 10 }] }))).toBe(true);
  expect(canGoOn(status({ gone: 'recreated' }))).toBe(false);
  expect(canGoOn(status({ ranges: [] }))).toBe(false);
});

test('a screen reader is told the state, and figures once they stay', () => {
  const read = (part: Partial<ScanStatus>): ScanStatus => ({ ...NOTHING_READ, scanned: 20, matched: 7, ...part });
  expect(spokenStatus(read({ state: 'reading' }))).toBe('reading');
  expect(spokenStatus(read({ state: 'following', scanned: 21 }))).toBe('following');
  expect(spokenStatus(read({ state: 'stopped' }))).toBe('scanned 20 · matched 7 · stopped');
});

test('tells what became of a topic that was followed and is not there any more', () => {
  const ranges = [{ partition: 0, start: 0, end: null, position: 20 }];
  const read: ScanStatus = { ...NOTHING_READ, state: 'failed', scanned: 20, matched: 7, ranges };
  expect(statusText(read)).toBe('scanned 20 · matched 7 · failed');
  const deleted = { ...read, gone: 'deleted' } as const;
  expect(statusText(deleted)).toBe('scanned 20 · matched 7 · ended: the topic was deleted');
  expect(spokenStatus(deleted)).toBe('scanned 20 · matched 7 · ended: the topic was deleted');
  expect(statusText({ ...read, gone: 'recreated' })).toBe(
    'scanned 20 · matched 7 · ended: the topic was deleted and created again',
  );
});

test('does not tell of a range where there was none', () => {
  const none: ScanStatus = {
    ...NOTHING_READ,
    state: 'done',
    left: 0,
    problems: ['orders has no partition 9: it has 3.'],
  };
  expect(statusText(none)).toBe('nothing could be read');
});

test('tells a range that was read from one of which as many were found as were asked for', () => {
  const ranges = [
    { partition: 0, start: 0, end: 10, position: 10 },
    { partition: 1, start: 0, end: 10, position: 10 },
  ];
  const done: ScanStatus = { ...NOTHING_READ, state: 'done', scanned: 20, matched: 7, left: 0, ranges };
  expect(statusText(done)).toBe(
    'scanned 20 of 20 · matched 7 · 2 partitions at their end · everything in the range was read',
  );
  // Positions go by batches: what is left says nothing of the records of the last one.
  const short: ScanStatus = { ...done, scanned: 9, left: 6, ranges: [ranges[0]!, { ...ranges[1]!, position: 4 }] };
  expect(statusText(short)).toBe('scanned 9 · matched 7 · 1 partition at its end · as many as were asked for');
});

const STOPPED: ScanStatus = { ...NOTHING_READ, state: 'stopped' };
