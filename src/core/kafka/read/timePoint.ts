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

/** About the first offset that was written at or after a time, between the known ones; the end of the log when nothing is that new. */
export function offsetAt(points: readonly TimePoint[], time: number, logStart: number, highWatermark: number): number {
  const after = points.find((point) => point.timestamp >= time);
  if (after === undefined) return highWatermark;
  const before = points.findLast((point) => point.offset < after.offset);
  if (before === undefined) return Math.max(logStart, after.offset);
  let [low, high] = [before.offset + 1, after.offset];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((timeAt(points, middle) ?? time) >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}
