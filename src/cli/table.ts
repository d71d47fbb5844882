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

/** A table for people: columns padded, numbers right-aligned with thousands separators. `null` shows as "-". */
export function table(header: string[], rows: (string | number | null)[][]): string[] {
  const text = (cell: string | number | null) =>
    cell === null ? '-' : typeof cell === 'number' ? cell.toLocaleString('en-US') : oneLine(cell);
  const right = header.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const cells = [header, ...rows.map((row) => row.map(text))];
  const width = header.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells.map((row) =>
    row
      .map((cell, column) => (right[column] ? cell.padStart(width[column] ?? 0) : cell.padEnd(width[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
