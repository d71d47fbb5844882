import type { Column } from './columns.ts';

/** px a column that takes what is left never falls below. */
const LEAST_WIDTH = 200;
/** Part of the room that those columns have together before the others are as wide as they like: what people come for. */
const FAIR_SHARE = 0.4;

/**
 * px where the columns stand in so much room. Those without a width of their own share what is left; where that is too
 * little, the others give up to them what they can do without, unless a person has set their width. `scale`: how much larger
 * the font is than the one for which the columns' own widths are meant.
 */
export function columnPlaces(
  columns: readonly Pick<Column, 'id' | 'width' | 'least'>[],
  set: ReadonlyMap<string, number>,
  room: number,
  scale = 1,
): { left: number; width: number }[] {
  const scaled = (width: number | null) => (width === null ? null : Math.round(width * scale));
  const own = columns.map(({ id, width, least = width }) => ({ id, width: scaled(width), least: scaled(least) }));
  const spare = own.map(({ id, width, least }) => (set.has(id) ? 0 : (width ?? 0) - (least ?? 0)));
  const wanted = own.map(({ id, width }) => set.get(id) ?? width);
  const fixed = sum(wanted.map((width) => width ?? 0));
  const open = wanted.filter((width) => width === null).length;
  const due = open === 0 ? 0 : Math.max(open * LEAST_WIDTH, Math.round(room * FAIR_SHARE));
  const given = sum(spare) === 0 ? 0 : Math.min(1, Math.max(0, fixed + due - room) / sum(spare));
  const widths = wanted.map((width, i) => (width === null ? null : width - Math.ceil(spare[i]! * given)));
  const share = Math.max(LEAST_WIDTH, Math.floor((room - sum(widths.map((width) => width ?? 0))) / open));
  let left = 0;
  return widths.map((width) => {
    const place = { left, width: width ?? share };
    left += place.width;
    return place;
  });
}

const sum = (widths: readonly number[]): number => widths.reduce((all, width) => all + width, 0);
