import { setTimeout } from 'node:timers/promises';

/** ms before each further attempt: two seconds in all, then the answer is shown as it is. */
const PAUSES = [100, 300, 600, 1000];

/**
 * A coordinator that is loading its groups (14) or has just handed a group on (16): both pass by themselves. "Not
 * available" (15) is not among them: it stays as long as the brokers of __consumer_offsets are down.
 */
export const isMoving = (errorCode: number): boolean => errorCode === 14 || errorCode === 16;

/** Asks, and asks again as long as the answer says that a coordinator is on the move. Throws what `ask` throws, or the abort. */
export async function whileMoving<T>(
  ask: () => Promise<T>,
  moving: (answer: T) => boolean,
  signal?: AbortSignal,
): Promise<T> {
  let answer = await ask();
  for (const pause of PAUSES) {
    if (!moving(answer)) break;
    await setTimeout(pause, undefined, { ...(signal && { signal }) });
    answer = await ask();
  }
  return answer;
}
