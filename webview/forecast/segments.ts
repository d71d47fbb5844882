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
  const { logStart, highWatermark, committed, first } = p;
  if (logStart === null || highWatermark === null) return [];
  const valid = committed !== null && committed >= logStart && committed <= highWatermark;
  const start = first ?? highWatermark;
  const segments: Segment[] = [];
  const add = (fate: Fate, from: number, to: number) => {
    if (to > from) segments.push({ fate, from, to });
  };
  if (committed !== null && committed < logStart) add('gone', committed, logStart);
  if (first === null) return segments;
  add(valid ? 'done' : 'skipped', logStart, start);
  add((p.replayed ?? 0) > 0 ? 'twice' : 'backlog', start, highWatermark);
  if (committed !== null && committed > highWatermark) add('ahead', highWatermark, committed);
  return segments;
}

/** The offsets a drawing spans: everything that was ever there and is still spoken of. */
export function spanOf(p: ReplayPartition): { from: number; to: number } | null {
  const { logStart, highWatermark, committed } = p;
  if (logStart === null || highWatermark === null) return null;
  return { from: Math.min(logStart, committed ?? logStart), to: Math.max(highWatermark, committed ?? highWatermark) };
}
