/**
 * Text of a stranger for a terminal: control characters and those that turn the direction of writing are shown as
 * JavaScript writes them, so that it stays one line and tells the terminal nothing.
 */
export const oneLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (c) =>
    c === '\n'
      ? '\\n'
      : c === '\r'
        ? '\\r'
        : c === '\t'
          ? '\\t'
          : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const ONE_COLUMN_EACH = /^[\x20-\x7e]*$/;
const TWO_COLUMNS =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NO_COLUMN = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** How many columns of a terminal a text takes: two for each Han, Hangul or Kana letter and each picture. */
function columns(text: string): number {
  if (ONE_COLUMN_EACH.test(text)) return text.length;
  let sum = 0;
  for (const c of text) sum += TWO_COLUMNS.test(c) ? 2 : NO_COLUMN.test(c) ? 0 : 1;
  return sum;
}

/** A table for people: columns padded, numbers right-aligned with thousands separators. `null` shows as "-". */
export function table(header: string[], rows: (string | number | null)[][]): string[] {
  const text = (cell: string | number | null) =>
    cell === null ? '-' : typeof cell === 'number' ? cell.toLocaleString('en-US') : oneLine(cell);
  const right = header.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const cells = [header, ...rows.map((row) => row.map(text))];
  const width = header.map((_, column) => Math.max(...cells.map((row) => columns(row[column] ?? ''))));
  return cells.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat((width[column] ?? 0) - columns(cell));
        return right[column] ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}
