/** A day. A timer of Node cannot wait for more than 24 of them: it would be over at once. */
const LONGEST = 86_400;
const SHORTEST = 1;

/** Seconds between two rounds, of what stands in the settings: 0 is never, no other value asks more often than each second. */
export function secondsOf(setting: unknown): number {
  const seconds = typeof setting === 'number' ? setting : NaN;
  if (Number.isNaN(seconds)) return 5;
  return seconds <= 0 ? 0 : Math.min(LONGEST, Math.max(SHORTEST, seconds));
}
