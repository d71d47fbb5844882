import { isRecordTime, parseIsoTime } from '../../src/shared/isoTime.ts';

const UNIT: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * A point in time as people write it: `-2h` (also 30s, 15m, 1d, 1w before now), ms since the epoch (ten digits are seconds,
 * as logs have them: in ms they would be a day of January 1970 or so), ISO 8601 with or without zone (without: local time), a date alone (its midnight, local). null: not understood.
 */
export function parseTime(text: string, now: number): number | null {
  const trimmed = text.trim();
  const ago = /^-\s*(\d+(?:\.\d+)?)\s*([smhdw])$/.exec(trimmed);
  if (ago) return Math.round(now - Number(ago[1]) * (UNIT[ago[2] ?? 's'] ?? 0));
  if (/^\d{10}$/.test(trimmed)) return Number(trimmed) * 1000;
  if (/^\d{11,}$/.test(trimmed)) return isRecordTime(Number(trimmed)) ? Number(trimmed) : null;
  return parseIsoTime(trimmed, 'local');
}

/** `0:120, 2:5` -> {0: 120, 2: 5}. null: not understood, or a partition has two offsets. */
export function parseOffsets(text: string): Record<number, number> | null {
  const offsets: Record<number, number> = {};
  for (const part of text.split(/[,\s]+/).filter((p) => p !== '')) {
    const match = /^p?(\d+)[:=](\d+)$/i.exec(part);
    const partition = Number(match?.[1]);
    if (!match || partition in offsets) return null;
    offsets[partition] = Number(match[2]);
  }
  return Object.keys(offsets).length === 0 ? null : offsets;
}

/** More would be a slip of the finger: no topic has so many partitions. */
const MOST_PARTITIONS = 100_000;

/** `0, 2, 4-7` -> [0, 2, 4, 5, 6, 7]; nothing -> []. null: not understood. */
export function parsePartitions(text: string): number[] | null {
  const partitions = new Set<number>();
  for (const part of text.split(/[,\s]+/).filter((p) => p !== '')) {
    const match = /^p?(\d+)(?:-p?(\d+))?$/i.exec(part);
    if (!match) return null;
    const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (last < first || last >= MOST_PARTITIONS) return null;
    for (let p = first; p <= last; p++) partitions.add(p);
  }
  return [...partitions].sort((a, b) => a - b);
}

export function formatOffsets(offsets: Record<number, number>): string {
  return Object.entries(offsets)
    .map(([partition, offset]) => `${partition}:${offset}`)
    .join(', ');
}

/** Digits with or without separators -> a count or offset ≥ 0. null: not a number. */
export function parseCount(text: string): number | null {
  const digits = text.replaceAll(/[\s,._']/g, '');
  if (!/^\d{1,16}$/.test(digits)) return null;
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : null;
}

/** A place among the rows. */
export type FindPlace = { partition: number; offset: number } | { timestamp: number };

/** `0:4119` or a time. null: not understood. */
export function parsePlace(text: string, now: number): FindPlace | null {
  const at = /^\s*p?(\d+)\s*[:=]\s*([\d,._']+)\s*$/i.exec(text);
  const offset = at && parseCount(at[2] ?? '');
  if (at && offset !== null) return { partition: Number(at[1]), offset };
  const timestamp = parseTime(text, now);
  return timestamp === null ? null : { timestamp };
}
