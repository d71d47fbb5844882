/** ISO 8601 in UTC, to the millisecond; the number itself where no calendar reaches: producers may write nanoseconds. */
export function isoTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}

const ISO =
  /^(\d{4}|[+-]\d{6})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(?:(Z)|([+-]\d{2})(?::?(\d{2}))?)?)?$/i;

/**
 * ms since the epoch of an ISO 8601 time, or of a date alone (its midnight), years of six digits as {@link isoTime}
 * writes them included. null: it is none, or a day that its month does not have.
 * @param zone of a text that names none
 */
export function parseIsoTime(text: string, zone: 'UTC' | 'local'): number | null {
  const [match, year, month, day, time = '00:00', utc, hours, minutes = '00'] = ISO.exec(text.trim()) ?? [];
  // JavaScript takes 30 February for 2 March.
  if (match === undefined || new Date(`${year}-${month}-${day}T00:00Z`).getUTCDate() !== Number(day)) return null;
  const named =
    utc === undefined && hours === undefined ? undefined : hours === undefined ? 'Z' : `${hours}:${minutes}`;
  const ms = Date.parse(`${year}-${month}-${day}T${time}${named ?? (zone === 'UTC' ? 'Z' : '')}`);
  return Number.isNaN(ms) ? null : ms;
}

/** The midnight with which the day began where the person is, as {@link parseIsoTime} reads it: `2026-01-31T00:00`. */
export function localMidnight(now: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T00:00`;
}

/** Can it be the time of a record, in ms? A number from JSON or from a person: Kafka keeps 63 bits, and takes no time before 1970. */
export const isRecordTime = (ms: unknown): ms is number =>
  Number.isInteger(ms) && Number(ms) >= 0 && Number(ms) < 2 ** 63;
