import { byteFormat, byteSize } from '../../src/shared/byteSize.ts';

const language = () => document.documentElement.lang || 'en';

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

/** `11-23 07:12:03.120`, local or UTC; the year only where it is not this year's. */
export function formatTime(ms: number, utc: boolean): string {
  if (ms < 0) return '—';
  const date = new Date(utc ? ms : ms - new Date(ms).getTimezoneOffset() * 60_000);
  if (Number.isNaN(date.getTime())) return String(ms);
  const year = date.getUTCFullYear() === new Date().getFullYear() ? '' : `${date.getUTCFullYear()}-`;
  const day = `${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
  const time = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`;
  return `${year}${day} ${time}.${pad(date.getUTCMilliseconds(), 3)}`;
}

/** The same without date and ms. */
export const formatClock = (ms: number, utc: boolean): string => formatTime(ms, utc).replace(/^.* |\.\d+$/g, '');

export const formatSize = (bytes: number): string => byteSize(bytes, language());

/** The same for many sizes. */
export function sizeFormat(): (bytes: number) => string {
  let format: ((bytes: number) => string) | undefined;
  return (bytes) => (format ??= byteFormat(language()))(bytes);
}
