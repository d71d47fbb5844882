import { describe, expect, it } from 'vitest';
import { handover } from './handover.ts';

const log = { logStart: 100, highWatermark: 500 };

describe('what a successor is handed over', () => {
  it.each<[string, number | null, number | 'none' | null, (number | null)[]]>([
    // its first offset, the predecessor's commit -> handled before, by nobody, twice
    ['it begins where the other stopped', 300, 300, [200, 0, 0]],
    ['it begins behind it: what lies between is lost', 500, 300, [200, 200, 0]],
    ['it begins before it: that much comes again', 100, 300, [200, 0, 200]],
    ['the other had read all there is', 500, 500, [400, 0, 0]],
    ['the other had read all there is, and it begins anew', 100, 500, [400, 0, 400]],
    ['the other stopped before what is kept', 500, 40, [0, 400, 0]],
    ['the other never committed', 500, 'none', [0, 400, 0]],
    ['the other never committed, and it begins anew', 100, 'none', [0, 0, 0]],
    ['where it begins is not known', null, 300, [200, null, null]],
    ['the commit is of another log', 100, 501, [null, null, null]],
    ['the commit is not known', 100, null, [null, null, null]],
  ])('%s', (_, first, committed, [handledBefore, handledByNobody, twice]) => {
    expect(handover(log, first, committed)).toEqual({ handledBefore, handledByNobody, twice });
  });

  it('is unknown where the log is', () => {
    const unknown = { handledBefore: null, handledByNobody: null, twice: null };
    expect(handover({ logStart: null, highWatermark: 500 }, 100, 300)).toEqual(unknown);
    expect(handover({ logStart: 100, highWatermark: null }, 100, 300)).toEqual(unknown);
  });
});
