/**
 * What is being typed at a place of a YAML text. Works on lines and their indentation, since a text in which
 * somebody types rarely parses.
 */
export interface CursorContext {
  /** Text of the YAML document around the place. */
  document: string;
  /** Keys from the top to the line, the line's own last; `[]` stands for a list item. */
  path: string[];
  /** `value`: behind `key:`; `key`: a key is being typed; `item`: behind a list's `-`, nothing else yet. */
  at: 'key' | 'value' | 'item';
  /** The part of the word before the place, in UTF-16 units. */
  typed: string;
  /** Keys beside this one, in the same map, with their texts. */
  siblings: Record<string, string>;
  /** Blanks before the line's first key, a list's `- ` counted in. */
  indentation: number;
}

const LINE = /^([ \t]*)((?:-[ \t]+)*)(?:(["']?)([^\s:#'"][^:#'"]*?)\3[ \t]*:(?:[ \t]+(.*))?)?$/;

interface Line {
  indentation: number;
  /** The `-` of a list item stands on this line, at this column. */
  dash: number | null;
  key: string | null;
  value: string;
}

export function cursorContext(text: string, offset: number): CursorContext | null {
  const start = Math.max(text.lastIndexOf('\n---', offset - 1) + 1, 0);
  const next = text.indexOf('\n---', offset);
  const document = text.slice(start, next < 0 ? undefined : next);
  const before = text.slice(start, offset).split('\n');
  const current = before.at(-1) ?? '';
  if (/^\s*#/.test(current) || /\s#\s/.test(current)) return null;
  const lines = document.split('\n').map(readLine);
  const row = before.length - 1;
  const typedLine = readLine(current);
  const bare = typedLine.key === null;
  const word = /[^\s'"]*$/.exec(current)?.[0] ?? '';
  const own = bare ? partialLine(current) : typedLine;
  const path = [...parents(lines, row, own), ...(bare ? [] : [typedLine.key ?? ''])];
  return {
    document,
    path,
    at: bare ? (own.dash !== null && word === '' ? 'item' : 'key') : 'value',
    typed: word === '-' ? '' : word,
    siblings: siblings(lines, row, own.indentation),
    indentation: own.indentation,
  };
}

function readLine(line: string): Line {
  const match = LINE.exec(line.trimEnd());
  if (!match) return partialLine(line);
  const [, blanks = '', dashes = '', , key, value = ''] = match;
  return {
    indentation: blanks.length + dashes.length,
    dash: dashes === '' ? null : blanks.length,
    key: key ?? null,
    value: value
      .replace(/[ \t]#.*$/, '')
      .trim()
      .replace(/^(['"])(.*)\1$/, '$2'),
  };
}

function partialLine(line: string): Line {
  const match = /^([ \t]*)(-[ \t]*)?/.exec(line);
  const blanks = match?.[1]?.length ?? 0;
  const dash = match?.[2];
  return {
    indentation: blanks + (dash === undefined ? 0 : Math.max(2, dash.length)),
    dash: dash === undefined ? null : blanks,
    key: null,
    value: '',
  };
}

/** Keys of the maps and lists around a line: every line above that is indented less than all below it. */
function parents(lines: Line[], row: number, own: Line): string[] {
  const path: string[] = [];
  let inner = own.indentation;
  let dash = own.dash;
  if (dash !== null) {
    path.unshift('[]');
    inner = dash;
  }
  for (let i = row - 1; i >= 0; i--) {
    const line = lines[i];
    if (!line || (line.key === null && line.dash === null)) continue;
    // The key of a list may stand in the same column as its dashes.
    const holdsList = dash !== null && line.dash === null && line.indentation === inner && line.value === '';
    if (line.indentation < inner || holdsList) {
      if (line.key !== null) path.unshift(line.key);
      inner = line.indentation;
      dash = null;
    } else if (line.indentation > inner || line.dash === null) continue;
    if (line.dash !== null && line.dash < inner && dash === null) {
      path.unshift('[]');
      inner = line.dash;
      dash = line.dash;
    }
  }
  return path;
}

function siblings(lines: Line[], row: number, indentation: number): Record<string, string> {
  const found: Record<string, string> = {};
  const take = (line: Line) => {
    if (line.key !== null && line.indentation === indentation) found[line.key] = line.value;
  };
  for (let i = row; i >= 0; i--) {
    const line = lines[i];
    if (!line || (line.key !== null && line.indentation < indentation)) break;
    if (i !== row) take(line);
    if (line.dash !== null && line.indentation === indentation) break;
  }
  for (let i = row + 1; i < lines.length; i++) {
    const line = lines[i];
    if (!line || line.dash !== null || (line.key !== null && line.indentation < indentation)) break;
    take(line);
  }
  return found;
}
