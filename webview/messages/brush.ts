import type { TimelineData } from '../../src/shared/messagesPage.ts';

/** A choice of buckets: from the one where it began to the one where it stands now, both included. */
export interface Brush {
  anchor: number;
  head: number;
}

/** The bucket at a fraction (0 to 1) of the width. */
export function bucketAt(fraction: number, buckets: number): number {
  return Math.max(0, Math.min(buckets - 1, Math.floor(fraction * buckets)));
}

/** ms: start inclusive, end exclusive, and the messages in between (an upper bound). null: nothing is chosen. */
export function brushed(data: TimelineData, brush: Brush | null): { start: number; end: number; count: number } | null {
  if (!brush) return null;
  const [first, last] = [Math.min(brush.anchor, brush.head), Math.max(brush.anchor, brush.head)];
  const chosen = data.buckets.slice(first, last + 1);
  const [from, to] = [chosen[0], chosen.at(-1)];
  if (!from || !to) return null;
  return { start: from.start, end: to.end, count: chosen.reduce((sum, b) => sum + b.count, 0) };
}

/** Where a key takes the brush; null: not a key of the timeline. */
export function moveBrush(brush: Brush | null, key: string, extend: boolean, buckets: number): Brush | null {
  const from = brush?.head ?? (key === 'ArrowLeft' ? buckets : -1);
  const steps: Record<string, number> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: buckets - 1 };
  const to = steps[key];
  if (to === undefined || buckets === 0) return null;
  const head = Math.max(0, Math.min(buckets - 1, to));
  return { anchor: extend && brush ? brush.anchor : head, head };
}

/** The brush on the same span of time, cut more finely, say; null where that is not among its spans. */
export function sameSpan(brush: Brush | null, from: TimelineData, to: TimelineData): Brush | null {
  const span = brushed(from, brush);
  if (!brush || !span) return null;
  const first = to.buckets.findIndex(({ start }) => start === span.start);
  const last = to.buckets.findIndex(({ end }) => end === span.end);
  if (first < 0 || last < first) return null;
  return brush.anchor <= brush.head ? { anchor: first, head: last } : { anchor: last, head: first };
}
