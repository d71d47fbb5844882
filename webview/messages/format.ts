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

/** ISO 8601 in UTC, to the millisecond; the number itself where no calendar reaches. */
export function isoTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}

/** `212 B`, `1.1 KB` (1,024 bytes), `10 MB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [value, unit] = bytes < 1024 ** 2 ? [bytes / 1024, 'KB'] : [bytes / 1024 ** 2, 'MB'];
  return `${value.toLocaleString(language(), { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

/** Line breaks and tabs as signs, other control characters as their pictures, bidi controls and lone surrogates by number. */
export function oneLine(text: string): string {
  return visible(text)
    .replaceAll(/\r\n|\r|\n/g, '⏎')
    .replaceAll('\t', '⇥');
}

/** Nothing in a payload may hide or reorder what stands around it; line breaks, tabs and emoji joiners stay. */
export function visible(text: string): string {
  return text.replaceAll(/(?![\n\r\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (c) => {
    const code = c.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
