/** Where a text is no regular expression of Go (RE2 syntax): the fault's place, and a word for it. */
export interface RegexFault {
  start: number;
  end: number;
  found: string;
}

const ESCAPES = /^[aftnrvdDsSwWbBAz0]$/;

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
  const open: { at: number; most: number }[] = [];
  let repeatable = false;
  // How often counts in braces repeat, one within the other, what stands last and, at most, anything in this group.
  let [times, most] = [1, 1];
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (!/[*+?{)]/.test(c)) times = 1;
    if (c === '\\') {
      const next = text[i + 1];
      if (next === undefined) return fault(i, 1);
      if (next === 'Q') {
        const end = text.indexOf('\\E', i + 2);
        i = end < 0 ? text.length : end + 1;
        repeatable = true;
        continue;
      }
      const length = escapeLength(text, i, ESCAPES);
      if (length < 0) return fault(i, -length);
      i += length - 1;
      repeatable = true;
    } else if (c === '[') {
      const read = readClass(text, i);
      if (typeof read !== 'number') return fault(read.start, read.length);
      i = read;
      repeatable = true;
    } else if (c === '(') {
      const group = /^\(\?(?:[imsU]*(?:-[imsU]+)?(?::|\))|P?<\w+>)/.exec(text.slice(i));
      if (text[i + 1] === '?' && group === null) return fault(i, Math.min(4, text.length - i));
      i += (group?.[0].length ?? 1) - 1;
      // Flags alone are nothing: what stands before them is repeated.
      if (group?.[0].endsWith(')') === true) continue;
      open.push({ at: i, most });
      most = 1;
      repeatable = false;
    } else if (c === ')') {
      const group = open.pop();
      if (group === undefined) return fault(i, 1);
      times = most;
      most = Math.max(most, group.most);
      repeatable = true;
    } else if (c === '*' || c === '+' || c === '?' || /^\{\d+(?:,\d*)?\}/.test(text.slice(i))) {
      const length = c === '{' ? text.indexOf('}', i) - i + 1 : 1;
      const bounds = c === '{' ? text.slice(i + 1, i + length - 1).split(',') : [];
      const count = Number(bounds.at(-1) || (bounds[0] ?? 1));
      times *= count;
      most = Math.max(most, times);
      if (
        !repeatable ||
        (count > 1 && times > 1000) ||
        Number(bounds[0] ?? 0) > 1000 ||
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
  return last === undefined ? undefined : fault(last.at, 1);
}

/** How long the escape at `at` is; negative: so much of it is a fault. */
function escapeLength(text: string, at: number, known: RegExp): number {
  const next = text[at + 1] ?? '';
  if (next === 'p' || next === 'P') {
    const [all, name = ''] = /^(?:\{\^?(\w+)\}|[A-Za-z])/.exec(text.slice(at + 2)) ?? [''];
    const isName = all !== '' && isUnicodeClass(name || all);
    return isName ? 2 + all.length : -2 - all.length;
  }
  if (next === 'x') {
    const code = /^(?:[\da-f]{2}|\{(?:0*10|0*[\da-f])?[\da-f]{1,4}\})/i.exec(text.slice(at + 2))?.[0] ?? '';
    return code === '' ? -2 : 2 + code.length;
  }
  // A digit alone would refer to a group; two are octal.
  if (/^[1-7][0-7]/.test(text.slice(at + 1))) return 3;
  return /[^\0-/:-@[-`{-\x7f]/.test(next) && !known.test(next) ? -2 : 2;
}

/** Names of scripts and categories are JavaScript's, too, in any letter case. */
function isUnicodeClass(name: string): boolean {
  const word = name.toLowerCase().replace(/(?:^|_)[a-z]/g, (letter) => letter.toUpperCase());
  return /^(?:Any|Ascii|Assigned|Lc)$/.test(word) || ['Script', 'gc'].some((kind) => compiles(`\\p{${kind}=${word}}`));
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

const CLASS_ESCAPES = /^[aftnrvdDsSwW0]$/;
const POSIX = /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/;

/** Where the class that begins at `start` ends: one `]` right after the start is a character. Else its fault. */
function readClass(text: string, start: number): number | { start: number; length: number } {
  let i = start + 1;
  if (text[i] === '^') i++;
  for (let first = true; i < text.length; first = false) {
    if (text[i] === ']' && !first) return i;
    const posix = text.startsWith('[:', i) && text.includes(':]', i + 2);
    if (posix) {
      const known = POSIX.exec(text.slice(i));
      if (known === null) return { start: i, length: text.indexOf(':]', i + 2) + 2 - i };
      i += known[0].length;
      continue;
    }
    const from = i;
    const low = literalAt(text, i);
    if (low.length < 0) return { start: i, length: -low.length };
    i += low.length;
    if (text[i] !== '-' || text[i + 1] === ']' || i + 1 >= text.length || low.code === undefined) continue;
    const high = literalAt(text, i + 1);
    if (high.length < 0) return { start: i + 1, length: -high.length };
    i += 1 + high.length;
    if (high.code === undefined || high.code < low.code) return { start: from, length: i - from };
  }
  return { start, length: 1 };
}

/** One character of a class; without `code` an escape that stands for several, or for one that is not worked out. */
function literalAt(text: string, at: number): { length: number; code?: number } {
  if (text[at] === '\\') {
    const length = escapeLength(text, at, CLASS_ESCAPES);
    const next = text[at + 1] ?? '';
    const escape = 'abtnvfr'.indexOf(next);
    const code =
      next === 'x' ? parseInt(text.slice(at + 2).replace('{', ''), 16) : escape >= 0 ? 7 + escape : next.charCodeAt(0);
    return { length, ...(next === 'x' || escape >= 0 || !/\w/.test(next) ? { code } : {}) };
  }
  const code = text.codePointAt(at) ?? 0;
  return { length: code > 0xffff ? 2 : 1, code };
}
