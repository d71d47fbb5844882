import { describe, expect, it } from 'vitest';
import { resetOffset, type ResetTarget } from './resetTarget.ts';

const facts = { logStart: 100, highWatermark: 500, committed: 300, atTime: 420, otherCommitted: 250 };

describe('resetOffset', () => {
  it.each<[ResetTarget, number]>([
    [{ kind: 'earliest' }, 100],
    [{ kind: 'latest' }, 500],
    [{ kind: 'offset', offset: 123 }, 123],
    [{ kind: 'offset', offset: 5 }, 100],
    [{ kind: 'offset', offset: 9000 }, 500],
    [{ kind: 'time', timestamp: 1 }, 420],
    [{ kind: 'shift', by: -50 }, 250],
    [{ kind: 'shift', by: -5000 }, 100],
    [{ kind: 'shift', by: 5000 }, 500],
    [{ kind: 'group', group: 'other' }, 250],
  ])('%o -> %i', (target, offset) => expect(resetOffset(target, facts)).toBe(offset));

  it('goes to the end when nothing is as new as the time', () => {
    expect(resetOffset({ kind: 'time', timestamp: 1 }, { ...facts, atTime: null })).toBe(500);
  });

  it('keeps a position taken from another group within the log: a commit outside would be thrown away', () => {
    expect(resetOffset({ kind: 'group', group: 'g' }, { ...facts, otherCommitted: 99 })).toBe(100);
    expect(resetOffset({ kind: 'group', group: 'g' }, { ...facts, otherCommitted: 501 })).toBe(500);
  });

  it('has nothing to start from where nothing was committed', () => {
    expect(resetOffset({ kind: 'shift', by: 1 }, { ...facts, committed: null })).toBeNull();
    expect(resetOffset({ kind: 'group', group: 'g' }, { ...facts, otherCommitted: null })).toBeNull();
  });
});
