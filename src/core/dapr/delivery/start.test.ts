import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { effectiveInitialOffset, meantInitialOffset } from './initialOffset.ts';
import { handover } from './handover.ts';
import { startSentence } from './sentences.ts';
import { partitionStart, startWithoutCommit, type PartitionState, type StartContext } from './start.ts';

interface RecordedStart {
  id: string;
  partition: number;
  initialOffset: string | null;
  uuid: boolean;
  logStart: number;
  highWatermark: number;
  committed: number | null;
  startOffset: number;
}
const { starts } = JSON.parse(readFileSync('test/fixtures/dapr-partition-starts.json', 'utf8')) as {
  starts: RecordedStart[];
};

describe('partitionStart equals what a real daprd did', () => {
  it('has the recorded starts to compare with', () => {
    expect(starts).toHaveLength(44);
  });

  it.each(starts)('$id P$partition starts at $startOffset', (start) => {
    const state = {
      logStart: start.logStart,
      highWatermark: start.highWatermark,
      committed: start.committed ?? ('none' as const),
    };
    expect(
      partitionStart(state, effectiveInitialOffset(start.initialOffset ?? undefined), { fresh: start.uuid }).first,
    ).toBe(start.startOffset);
  });
});

describe('partitionStart, rule by rule', () => {
  const cases: [
    string,
    PartitionState,
    'newest' | 'oldest',
    StartContext,
    [number | null, number | null, number | null, number | null, number | null],
  ][] = [
    ['F-01', { logStart: 2, highWatermark: 10, committed: 4 }, 'newest', {}, [4, 6, 0, 0, 0]],
    ['F-01', { logStart: 4, highWatermark: 10, committed: 4 }, 'newest', {}, [4, 6, 0, 0, 0]],
    ['F-10', { logStart: 2, highWatermark: 10, committed: 10 }, 'oldest', {}, [10, 0, 0, 0, 0]],
    ['F-02', { logStart: 2, highWatermark: 10, committed: 'none' }, 'newest', {}, [10, 0, 8, 0, 0]],
    ['F-03', { logStart: 2, highWatermark: 10, committed: 'none' }, 'newest', { history: 'some' }, [10, 0, 8, 0, 0]],
    ['F-04', { logStart: 2, highWatermark: 10, committed: 'none' }, 'oldest', {}, [2, 8, 0, 0, 0]],
    ['F-04', { logStart: 2, highWatermark: 10, committed: 'none' }, 'oldest', { history: 'expired' }, [2, 8, 0, 0, 8]],
    ['F-05a', { logStart: 5, highWatermark: 10, committed: 1 }, 'newest', {}, [10, 0, 5, 4, 0]],
    ['F-05b', { logStart: 5, highWatermark: 10, committed: 1 }, 'oldest', {}, [5, 5, 0, 4, 0]],
    ['F-06a', { logStart: 1, highWatermark: 5, committed: 50 }, 'newest', {}, [5, 0, 4, 0, 0]],
    ['F-06b', { logStart: 1, highWatermark: 5, committed: 50 }, 'oldest', {}, [1, 4, 0, 0, 4]],
    [
      'F-07',
      { logStart: 0, highWatermark: 5, committed: 'none' },
      'newest',
      { history: 'some', unclaimed: true },
      [5, 0, 5, 0, 0],
    ],
    [
      'F-08',
      { logStart: 0, highWatermark: 5, committed: 'none' },
      'oldest',
      { history: 'some', unclaimed: true },
      [0, 5, 0, 0, 0],
    ],
    ['F-09', { logStart: 7, highWatermark: 7, committed: 'none' }, 'newest', {}, [7, 0, 0, 0, 0]],
    ['F-09', { logStart: 7, highWatermark: 7, committed: 'none' }, 'oldest', {}, [7, 0, 0, 0, 0]],
    ['F-17', { logStart: 2, highWatermark: 10, committed: null }, 'newest', { fresh: true }, [10, 0, 8, 0, 0]],
    ['F-17', { logStart: 2, highWatermark: 10, committed: null }, 'oldest', { fresh: true }, [2, 8, 0, 0, 8]],
    ['F-00', { logStart: 2, highWatermark: 10, committed: 4 }, 'newest', { nothingRead: 'F-00' }, [null, 0, 6, 0, 0]],
    [
      'F-00',
      { logStart: 2, highWatermark: 10, committed: 'none' },
      'oldest',
      { nothingRead: 'F-00' },
      [null, 0, 8, 0, 0],
    ],
    ['F-00', { logStart: 2, highWatermark: 10, committed: 1 }, 'oldest', { nothingRead: 'F-00' }, [null, 0, 8, 1, 0]],
    ['F-00', { logStart: 2, highWatermark: 10, committed: 15 }, 'oldest', { nothingRead: 'F-00' }, [null, 0, 8, 0, 0]],
  ];
  it.each(cases)('%s %j %s %j', (rule, state, initialOffset, context, [first, backlog, skipped, gone, replayed]) => {
    expect(partitionStart(state, initialOffset, context)).toEqual({ first, backlog, skipped, gone, replayed, rule });
  });

  it('says what is not known instead of guessing', () => {
    const unknown = { first: null, backlog: null, skipped: null, gone: null, replayed: null, rule: null };
    expect(partitionStart({ logStart: null, highWatermark: 10, committed: 4 }, 'newest')).toEqual(unknown);
    expect(partitionStart({ logStart: 0, highWatermark: 10, committed: null }, 'newest')).toEqual(unknown);
    expect(partitionStart({ logStart: 0, highWatermark: 10, committed: 'none' }, null)).toEqual({
      ...unknown,
      gone: 0,
    });
    // A valid commit decides whatever initialOffset is.
    expect(partitionStart({ logStart: 0, highWatermark: 10, committed: 4 }, null).first).toBe(4);
  });

  it('explains each start in a sentence with its figures', () => {
    const sentence = (state: PartitionState, offset: 'newest' | 'oldest') =>
      startSentence(state, partitionStart(state, offset));
    expect(sentence({ logStart: 0, highWatermark: 4120, committed: 'none' }, 'newest')).toBe(
      'Never committed, newest: starts at 4,120; 4,120 never received.',
    );
    expect(sentence({ logStart: 0, highWatermark: 4253, committed: 2100 }, 'newest')).toBe(
      'Committed 2,100: resumes there, 2,153 will be delivered; initialOffset has no effect here.',
    );
    expect(sentence({ logStart: 310, highWatermark: 500, committed: 100 }, 'newest')).toBe(
      'Committed 100, but Kafka deleted up to the log start: 210 already deleted by Kafka, and newest jumps to 500; 190 more never received.',
    );
  });
});

describe('handover', () => {
  const log = { logStart: 0, highWatermark: 12_430 };
  it.each([
    ['newest after a predecessor nearly at the end', log, 12_430, 12_300, [12_300, 130, 0]],
    ['oldest repeats what was handled', log, 0, 12_300, [12_300, 0, 12_300]],
    ['a predecessor that never committed', log, 12_430, 'none' as const, [0, 12_430, 0]],
    ['a predecessor overtaken by deletion', { logStart: 200, highWatermark: 500 }, 500, 100, [0, 300, 0]],
    ['a commit above the end tells nothing', log, 12_430, 20_000, [null, null, null]],
    ['unknown start', log, null, 12_300, [12_300, null, null]],
    ['unknown commit', log, 0, null, [null, null, null]],
  ])('%s', (_name, state, first, committed, [handledBefore, handledByNobody, twice]) => {
    expect(handover(state, first, committed)).toEqual({ handledBefore, handledByNobody, twice });
  });
});

describe('a start without the commit that there was', () => {
  const log = { logStart: 10, highWatermark: 100 };
  const of = (initialOffset: 'newest' | 'oldest', before: number | 'none' | null) => {
    const { skipped, replayed, gone } = startWithoutCommit(log, initialOffset, before, {});
    expect(gone).toBe(typeof before === 'number' && before < 10 ? 10 - before : 0);
    return [skipped, replayed];
  };
  it.each([
    // [skipped, replayed] with newest, with oldest
    ['inside the log', 40, [60, 0], [0, 30]],
    ['below the log start', 4, [90, 0], [0, 0]],
    ['at the end', 100, [0, 0], [0, 90]],
    ['above the end: of another log, so that nobody can tell', 130, [90, 0], [0, 90]],
    ['never', 'none', [90, 0], [0, 0]],
    ['not known', null, [null, 0], [0, null]],
  ] as const)('%s', (_name, before, newest, oldest) => {
    expect([of('newest', before), of('oldest', before)]).toEqual([newest, oldest]);
  });

  it.each([
    [
      40,
      'No commit any more, oldest: starts at 10; everything Kafka still keeps, 90, will be delivered, 30 of it handled before.',
    ],
    [
      4,
      'No commit any more, oldest: starts at 10; everything Kafka still keeps, 90, will be delivered, 0 of it handled before.',
    ],
    [
      130,
      'No commit any more, oldest: starts at 10; everything Kafka still keeps, 90, will be delivered; how much of it was handled before is not known.',
    ],
    [
      null,
      'No commit any more, oldest: starts at 10; everything Kafka still keeps, 90, will be delivered; how much of it was handled before is not known.',
    ],
    ['none', 'Never committed, oldest: starts at 10; everything Kafka still keeps, 90, will be delivered.'],
  ] as const)('says of the commit %s that there was what it told', (before, text) => {
    const start = startWithoutCommit(log, 'oldest', before, {});
    expect(startSentence({ ...log, committed: 'none' }, start, before)).toBe(text);
  });
});

describe('initialOffset', () => {
  it.each([
    [undefined, 'newest'],
    ['', 'newest'],
    ['NEWEST', 'newest'],
    ['Oldest', 'oldest'],
    ['earliest', null],
    [' oldest', null],
    ['oldest\n', null],
    ['["oldest"]', null],
  ])('%j is %s', (text, expected) => {
    expect(effectiveInitialOffset(text)).toBe(expected);
  });
  it.each([
    ['earliest', 'oldest'],
    ['Latest', 'newest'],
    ['-1', 'newest'],
    ['-2', 'oldest'],
    ['beginning', 'oldest'],
    ['2024-01-01', undefined],
  ])('%s was meant as %s', (text, expected) => {
    expect(meantInitialOffset(text)).toBe(expected);
  });
});
