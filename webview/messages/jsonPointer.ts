/**
 * A place in a JSON document as people write it, as a JSON pointer (RFC 6901): `/data/amount`, `data.amount`,
 * `$.items[0].id`. undefined: none of them.
 */
export function pointerOf(text: string): string | undefined {
  const place = text.trim();
  if (place.startsWith('/')) return place;
  const path = place.replace(/^\$\.?/, '').replace(/\[(\d+)\]/g, '.$1');
  const names = path.replace(/^\./, '').split('.');
  if (names.some((name) => name === '')) return undefined;
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The pointer as people read it: `data.amount`. */
export const pointerText = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
