import type { Browser, FrameLocator } from 'playwright-core';

/** What the main thread of a page did, from Chromium's own trace; ms. */
export interface Frames {
  /** CPU of every task from the start of one drawn frame to the start of the next, frame by frame. */
  work: number[];
  /** The part of it in the 1/60 s after the start: what can keep a screen from its next frame. */
  atOnce: number[];
  /** Part of the time in which the thread worked at all. */
  share: number;
  /** The longest CPU a task took, and the longest a task lasted: on a busy machine it also waits for its turn. */
  longest: { cpu: number; ms: number };
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** µs */
  ts: number;
  dur?: number;
  tdur?: number;
}

/** µs a screen gives to a frame. */
const SCREEN_FRAME = 1e6 / 60;
const MARK = 'the page that is watched';

/**
 * Traces a browser while `during` runs and returns what the thread of `page`, which draws it, did meanwhile. The
 * workbench may share that thread: its work counts too.
 */
export async function frames(browser: Browser, page: FrameLocator, during: () => Promise<void>): Promise<Frames> {
  await browser.startTracing(undefined, { categories: ['toplevel', 'devtools.timeline', 'blink.user_timing'] });
  const mark = () => page.locator('body').evaluate((_, name) => void performance.mark(name), MARK);
  await mark();
  await during();
  await mark();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const [first, last] = traceEvents.filter(({ name }) => name === MARK).sort((a, b) => a.ts - b.ts);
  if (!first || !last) throw new Error('the trace lacks the page');
  const mine = traceEvents
    .filter(({ pid, tid, ts }) => pid === first.pid && tid === first.tid && ts >= first.ts && ts <= last.ts)
    .sort((a, b) => a.ts - b.ts);
  const work: number[] = [];
  const atOnce: number[] = [];
  let start = 0;
  let sum = 0;
  const longest = { cpu: 0, ms: 0 };
  for (const { name, ph, ts, dur = 0, tdur = dur } of mine)
    if (name === 'AnimationFrame' && ph === 'b') {
      work.push(0);
      atOnce.push(0);
      start = ts;
    } else if (name.endsWith('RunTask') && ph === 'X') {
      longest.cpu = Math.max(longest.cpu, tdur / 1000);
      longest.ms = Math.max(longest.ms, dur / 1000);
      sum += tdur;
      if (work.length > 0) work[work.length - 1]! += tdur / 1000;
      if (work.length > 0 && ts < start + SCREEN_FRAME) atOnce[atOnce.length - 1]! += tdur / 1000;
    }
  if (longest.ms === 0 || work.length === 0) throw new Error('the trace has no tasks or no frames of the page');
  return { work, atOnce, share: sum / (last.ts - first.ts), longest };
}
