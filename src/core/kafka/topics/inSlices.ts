import { setImmediate } from 'node:timers/promises';

/** Small enough for a few ms of work on what ten thousand topics answer. */
const SLICE = 1_000;

/** Like `items.map(work)`, but lets everything else of the process have a turn before each slice. */
export async function inSlices<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += SLICE) {
    await setImmediate();
    for (const item of items.slice(from, from + SLICE)) results.push(work(item));
  }
  return results;
}
