import { expect, test } from 'vitest';
import type { ReadSpec } from '../../src/shared/messagesPage.ts';
import { draftOf, placeDraft, readOf } from './readDraft.ts';

const base = { partitions: [1], isolation: 'read_committed', filter: null } as const;
const reads: ReadSpec[] = [
  { ...base, partitions: [1], start: { kind: 'earliest' }, end: { kind: 'follow' } },
  { ...base, partitions: [], start: { kind: 'last', count: 100 }, end: { kind: 'end' } },
  { ...base, partitions: [], start: { kind: 'offsets', offsets: { 0: 5, 2: 9 } }, end: { kind: 'offset', offset: 12 } },
  {
    ...base,
    partitions: [],
    start: { kind: 'time', timestamp: 1764072000123 },
    end: { kind: 'time', timestamp: 1764072000999 },
  },
  // Nanoseconds, as some producers write them: no calendar reaches there.
  {
    ...base,
    partitions: [],
    start: { kind: 'time', timestamp: 1764072000000000000 },
    end: { kind: 'time', timestamp: 1764072001000000000 },
  },
  // Microseconds: years of six digits.
  {
    ...base,
    partitions: [],
    start: { kind: 'time', timestamp: 1764072000000000 },
    end: { kind: 'time', timestamp: 1764072001000000 },
  },
  { ...base, partitions: [], start: { kind: 'group', group: 'orders-api' }, end: { kind: 'count', count: 7 } },
];

test.each(reads)('a range comes back from its draft as it was: $start.kind', (read) => {
  const { filter: _filter, ...range } = read;
  expect(readOf(draftOf(read), 0)).toEqual(range);
});

test('says what is wrong, at each end and of the partitions: never all of them for some that are not understood', () => {
  const draft = {
    ...draftOf(reads[0] as ReadSpec),
    startKind: 'last',
    startText: '0',
    endKind: 'time',
    endText: 'soon',
    partitionText: '0; 1',
  } as const;
  expect(readOf(draft, 0)).toEqual({
    startError: 'Write how many messages, such as 100.',
    endError: 'Write a time such as -2h, 2026-11-24 07:12 or 2026-11-24T07:12:03Z.',
    partitionError: 'Write partition numbers, such as 0, 2 or 4-7.',
  });
});

test('says that a range would end before it begins', () => {
  const backwards = { endError: 'The end is not after the start: there would be nothing to read.' };
  const draft = { ...draftOf(reads[0]!), startKind: 'time', startText: '-1h', endKind: 'time' } as const;
  expect(readOf({ ...draft, endText: '-6h' }, 7_200_000)).toEqual(backwards);
  expect(readOf({ ...draft, endText: '-30m' }, 7_200_000)).toMatchObject({ end: { kind: 'time' } });
  const offsets = { ...draft, startKind: 'offset', startText: '7', endKind: 'offset' } as const;
  expect(readOf({ ...offsets, endText: '7' }, 0)).toEqual(backwards);
  expect(readOf({ ...offsets, endText: '8' }, 0)).toMatchObject({ end: { kind: 'offset', offset: 8 } });
});

test('begins at a place that was not read, and ends where it did unless that may lie before the place', () => {
  const draft = draftOf(reads[0]!);
  const time = { startKind: 'time', startText: '2025-11-25T12:00:00.000Z' };
  const offset = { startKind: 'offsets', startText: '0:7', partitionText: '' };
  const end = { endKind: 'end', endText: '' };
  const from = (endKind: 'follow' | 'count' | 'offset' | 'time', endText: string) =>
    [{ timestamp: 1764072000000 }, { partition: 0, offset: 7 }].map((place) =>
      placeDraft(place, { ...draft, endKind, endText }),
    );
  expect(from('follow', '')).toEqual([time, offset]);
  expect(from('count', '5')).toEqual([time, offset]);
  expect(from('offset', '8')).toEqual([{ ...time, ...end }, offset]);
  expect(from('offset', '7')[1]).toEqual({ ...offset, ...end });
  expect(from('time', '2025-11-25T12:00:01Z')).toEqual([time, { ...offset, ...end }]);
  expect(from('time', '2025-11-25T12:00:00Z')[0]).toEqual({ ...time, ...end });
});
