/** Where a text is no regular expression of Go (RE2 syntax): the fault's place, and a word for it. */
export interface RegexFault {
  start: number;
  end: number;
  found: string;
}

const ESCAPES = /^[aftnrvdDsSwWbBAzQpPx0]$/;

/**
 * Finds what Go's `regexp` refuses: look-around, back references, unknown escapes, unbalanced brackets, nothing to
 * repeat. Lenient where Go's own syntax differs from JavaScript's in ways that do not matter here.
 */
export function goRegexFault(text: string): RegexFault | undefined {
  const fault = (start: number, length: number): RegexFault => ({
    start,
    end: start + length,
    found: text.slice(start, start + length),
  });
  const open: number[] = [];
  let repeatable = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (c === '\\') {
      const next = text[i + 1];
      if (next === undefined) return fault(i, 1);
      if (next === 'Q') {
        const end = text.indexOf('\\E', i + 2);
        i = end < 0 ? text.length : end + 1;
        repeatable = true;
        continue;
      }
      if (/[A-Za-z0-9]/.test(next) && !ESCAPES.test(next)) return fault(i, 2);
      i++;
      repeatable = true;
    } else if (c === '[') {
      const end = classEnd(text, i);
      if (end < 0) return fault(i, 1);
      i = end;
      repeatable = true;
    } else if (c === '(') {
      const group = /^\(\?(?:[imsU]*(?:-[imsU]+)?(?::|\))|P?<[A-Za-z_]\w*>)/.exec(text.slice(i));
      if (text[i + 1] === '?' && group === null) return fault(i, Math.min(4, text.length - i));
      if (group?.[0].endsWith(')') !== true) open.push(i);
      i += (group?.[0].length ?? 1) - 1;
      repeatable = false;
    } else if (c === ')') {
      if (open.pop() === undefined) return fault(i, 1);
      repeatable = true;
    } else if (c === '*' || c === '+' || c === '?' || /^\{\d+(?:,\d*)?\}/.test(text.slice(i))) {
      const length = c === '{' ? text.indexOf('}', i) - i + 1 : 1;
      const bounds = c === '{' ? text.slice(i + 1, i + length - 1).split(',') : [];
      if (
        !repeatable ||
        bounds.some((n) => Number(n) > 1000) ||
        (bounds[1] !== undefined && bounds[1] !== '' && Number(bounds[1]) < Number(bounds[0]))
      )
        return fault(i, length);
      i += length - 1;
      if (text[i + 1] === '?') i++;
      // `a**` is refused, `(a*)*` is not.
      repeatable = false;
    } else repeatable = c !== '|';
  }
  const last = open.at(-1);
  return last === undefined ? undefined : fault(last, 1);
}

/** The `]` of a class that begins at `start`: one right after the start is a character, `[:alpha:]` nests. */
function classEnd(text: string, start: number): number {
  let i = start + 1;
  if (text[i] === '^') i++;
  if (text[i] === ']') i++;
  for (; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith('[:', i)) {
      const end = text.indexOf(':]', i);
      if (end > 0) i = end + 1;
    } else if (text[i] === ']') return i;
  }
  return -1;
}
