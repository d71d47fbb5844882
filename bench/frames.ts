import type { Browser, FrameLocator, Page } from 'playwright-core';

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
  /** CPU of the workbench's thread for each of the frames. */
  workbench: number;
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
const AROUND = 'the workbench around it';

/**
 * Traces a browser while `during` runs and returns what the thread of `page`, which draws it, did meanwhile: all of it, VS
 * Code's own frame around the page and what the browser does for both included. The window has to be one in which webviews
 * have origins of their own: else the workbench is drawn and its messages are read on that thread, too.
 */
export async function frames(
  browser: Browser,
  workbench: Page,
  page: FrameLocator,
  during: () => Promise<void>,
): Promise<Frames> {
  await browser.startTracing(undefined, { categories: ['toplevel', 'devtools.timeline', 'blink.user_timing'] });
  const mark = () => page.locator('body').evaluate((_, name) => void performance.mark(name), MARK);
  await workbench.evaluate((name) => void performance.mark(name), AROUND);
  await mark();
  await during();
  await mark();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const [first, last] = traceEvents.filter(({ name }) => name === MARK).sort((a, b) => a.ts - b.ts);
  const around = traceEvents.find(({ name }) => name === AROUND);
  if (!first || !last || !around) throw new Error('the trace lacks the page');
  if (around.pid === first.pid) throw new Error('the page and the workbench share a thread');
  const of = ({ pid, tid }: TraceEvent) =>
    traceEvents.filter((e) => e.pid === pid && e.tid === tid && e.ts >= first.ts && e.ts <= last.ts);
  const mine = of(first).sort((a, b) => a.ts - b.ts);
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
    } else if (isTask({ name, ph })) {
      longest.cpu = Math.max(longest.cpu, tdur / 1000);
      longest.ms = Math.max(longest.ms, dur / 1000);
      sum += tdur;
      if (work.length > 0) work[work.length - 1]! += tdur / 1000;
      if (work.length > 0 && ts < start + SCREEN_FRAME) atOnce[atOnce.length - 1]! += tdur / 1000;
    }
  if (longest.ms === 0 || work.length === 0) throw new Error('the trace has no tasks or no frames of the page');
  const theirs = of(around).filter(isTask);
  return {
    work,
    atOnce,
    share: sum / (last.ts - first.ts),
    longest,
    workbench: theirs.reduce((ms, { dur = 0, tdur = dur }) => ms + tdur / 1000, 0) / work.length,
  };
}

const isTask = ({ name, ph }: Pick<TraceEvent, 'name' | 'ph'>): boolean => name.endsWith('RunTask') && ph === 'X';
