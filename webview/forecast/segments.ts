import type { ReplayPartition } from '../../src/shared/replayPage.ts';

/** What becomes of a stretch of offsets. */
export type Fate = 'gone' | 'done' | 'skipped' | 'backlog' | 'twice' | 'ahead';

export interface Segment {
  fate: Fate;
  /** Offsets, end exclusive. */
  from: number;
  to: number;
}

/** The stretches of one partition from the earliest offset that matters to the latest; empty ones are left out. */
export function segmentsOf(p: ReplayPartition): Segment[] {
  const { logStart, highWatermark } = p;
  const committed = commitOf(p);
  if (logStart === null || highWatermark === null) return [];
  const segments: Segment[] = [];
  const add = (fate: Fate, from: number, to: number) => {
    if (to > from) segments.push({ fate, from, to });
  };
  if (committed !== null && committed < logStart) add('gone', committed, logStart);
  // Nothing is read, and that is known: all that the group has not handled passes it by.
  const first = p.first ?? (p.skipped !== null && p.backlog === 0 ? highWatermark : null);
  if (first === null) return segments;
  const missed = Math.max(logStart, first - (p.skipped ?? first - logStart));
  add('done', logStart, missed);
  add('skipped', missed, first);
  const again = Math.min(highWatermark, first + (p.replayed ?? 0));
  add('twice', first, again);
  add('backlog', again, highWatermark);
  if (committed !== null && committed > highWatermark) add('ahead', highWatermark, committed);
  return segments;
}

/** The offsets a drawing spans: everything that was ever there and is still spoken of. */
export function spanOf(p: ReplayPartition): { from: number; to: number } | null {
  const { logStart, highWatermark } = p;
  const committed = commitOf(p);
  if (logStart === null || highWatermark === null) return null;
  return { from: Math.min(logStart, committed ?? logStart), to: Math.max(highWatermark, committed ?? highWatermark) };
}

/** The committed offset; null: none, or not known. */
export const commitOf = ({ committed }: Pick<ReplayPartition, 'committed'>): number | null =>
  committed === 'none' ? null : committed;
