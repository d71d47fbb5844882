/** The editor cuts a line of lenses off at its right edge. So much leaves room for those behind it … */
const ROOM = 100;
/** … and so much is seen of the first one in a window of usual width. */
const LIMIT = 130;
const NAME_LIMIT = 28;

/** A lens in full where it is short, else in its short form; what is still too long ends in an ellipsis. */
export function lensTitle(full: readonly string[], short: readonly string[]): string {
  const whole = joined(full);
  if (whole.length <= ROOM) return whole;
  const brief = joined(short);
  return brief.length <= LIMIT ? brief : `${brief.slice(0, LIMIT - 1).trimEnd()}…`;
}

export const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

/** A long name keeps its beginning and its end, by which people tell names apart. */
export function shortName(name: string): string {
  if (name.length <= NAME_LIMIT) return name;
  const half = (NAME_LIMIT - 1) / 2;
  return `${name.slice(0, Math.ceil(half))}…${name.slice(-Math.floor(half))}`;
}
