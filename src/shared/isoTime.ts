/** ISO 8601 in UTC, to the millisecond; the number itself where no calendar reaches: producers may write nanoseconds. */
export function isoTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}
