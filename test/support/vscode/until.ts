import { setTimeout as delay } from 'node:timers/promises';

/** Playwright's words for a page that is replaced while it is looked at, as a webview is when its tab comes to the front. */
const REPLACED = /Execution context was destroyed|Frame was detached/;

/** Polls until `probe` gives something other than undefined, null or false; rejects after `timeoutMs`, saying for what. */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  timeoutMs = 30_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await seen(probe);
    if (value !== undefined && value !== null && value !== false) return value as NonNullable<Exclude<T, false>>;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
    await delay(50);
  }
}

/** What the probe sees; undefined where it looked at a page that is on its way out: the next one is there in a moment. */
async function seen<T>(probe: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await probe();
  } catch (error) {
    if (error instanceof Error && REPLACED.test(error.message)) return undefined;
    throw error;
  }
}
