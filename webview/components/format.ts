const language = () => document.documentElement.lang || 'en';

/** `12,530`: with the thousands separators of the editor's language. Making a format takes far longer than using it. */
export const formatCount: (value: number) => string = countFormat();

function countFormat(): (value: number) => string {
  let format: Intl.NumberFormat | undefined;
  return (value) => (format ??= new Intl.NumberFormat(language())).format(value);
}

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** `3 days ago`, in the editor's language; times in ms since the epoch. */
export function formatAge(time: number, now: number): string {
  const [unit, size] = UNITS.find(([, ms]) => now - time >= ms) ?? ['second', 1_000];
  return new Intl.RelativeTimeFormat(language()).format(-Math.max(0, Math.floor((now - time) / size)), unit);
}

/** The exact time, local. */
export function formatTime(time: number): string {
  return new Date(time).toLocaleString(language());
}
