/** A message and when it was written: ms since the epoch, as its timestamp says. */
export interface TimePoint {
  offset: number;
  timestamp: number;
}

/** ms of the message at an offset, between the known ones around it; null: nothing is known there. */
export function timeAt(points: readonly TimePoint[], offset: number): number | null {
  const before = points.findLast((point) => point.offset <= offset);
  if (before === undefined) return null;
  const after = points.find((point) => point.offset > offset);
  if (after === undefined || before.offset === offset) return before.timestamp;
  const share = (offset - before.offset) / (after.offset - before.offset);
  return Math.round(before.timestamp + (after.timestamp - before.timestamp) * share);
}

/** How many offsets were written since a time: the end of the log less the first message that is not older. */
export function writtenSince(points: readonly TimePoint[], time: number, highWatermark: number): number {
  const first = points.find((point) => point.timestamp >= time);
  return first === undefined ? 0 : highWatermark - first.offset;
}
