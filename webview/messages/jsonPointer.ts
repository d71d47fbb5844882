/** A name behind a dot, an index, or a name in brackets and quotes, with what may stand in it behind a backslash. */
const STEP = /\.?([^.[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\['((?:[^'\\]|\\.)*)'\]/y;

/**
 * A place in a JSON document as people write it, as a JSON pointer (RFC 6901): `/data/amount`, `data.amount`,
 * `$.items[0].id`, `data["a.b"]`. undefined: none of them.
 */
export function pointerOf(text: string): string | undefined {
  const place = text.trim();
  if (place.startsWith('/')) return place;
  const path = place.replace(/^\$/, '');
  const names: string[] = [];
  for (let at = 0; at < path.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const [, name, index, ...quoted] = STEP.exec(path) ?? [];
    const step = name ?? index ?? quoted.find((q) => q !== undefined)?.replaceAll(/\\(.)/gs, '$1');
    if (step === undefined) return undefined;
    names.push(step);
  }
  if (names.length === 0) return undefined;
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The pointer as people read it: `data.amount`. */
export const pointerText = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
