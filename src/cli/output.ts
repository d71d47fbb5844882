import type { Writable } from 'node:stream';

/** Where a command writes: data on stdout, everything else on stderr. */
export interface Output {
  /** Writes one line of data; resolves when stdout can take more. */
  line(text: string): Promise<void>;
  /** One JSON document, indented for reading. */
  json(value: unknown): Promise<void>;
  /** A sentence for a person, on stderr. */
  note(text: string): void;
  /** A line that replaces itself; shown on a terminal only. */
  progress(text: string): void;
}

/**
 * @param stdoutClosed called once when the reader of stdout went away (`| head`): the command should end quietly.
 */
export function createOutput(
  stdout: Writable,
  stderr: Writable & { isTTY?: boolean },
  stdoutClosed: () => void,
): Output {
  let closed = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
    stdoutClosed();
  });
  let progressShown = false;
  const clearProgress = () => {
    if (progressShown) stderr.write('\r\x1b[K');
    progressShown = false;
  };
  const line = (text: string) =>
    new Promise<void>((resolve) => {
      if (closed) return resolve();
      clearProgress();
      if (stdout.write(text + '\n')) return resolve();
      const done = () => {
        stdout.off('drain', done);
        stdout.off('error', done);
        resolve();
      };
      stdout.on('drain', done);
      stdout.on('error', done);
    });
  return {
    line,
    json: (value) => line(JSON.stringify(value, null, 1)),
    note(text) {
      clearProgress();
      stderr.write(text + '\n');
    },
    progress(text) {
      if (!stderr.isTTY) return;
      stderr.write(`\r\x1b[K${text}`);
      progressShown = true;
    },
  };
}

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
