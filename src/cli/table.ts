/** A table for people: columns padded, numbers right-aligned with thousands separators. `null` shows as "-". */
export function table(header: string[], rows: (string | number | null)[][]): string[] {
  const text = (cell: string | number | null) =>
    cell === null ? '-' : typeof cell === 'number' ? cell.toLocaleString('en-US') : cell;
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
