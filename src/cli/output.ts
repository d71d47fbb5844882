import type { Writable } from 'node:stream';
import { oneLine } from './table.ts';

/** Where a command writes: data on stdout, everything else on stderr. */
export interface Output {
  /** Writes one line of data; resolves when more can be taken. Lines are sent together, at the latest in this tick. */
  line(text: string): Promise<void>;
  /** One JSON document, indented for reading. */
  json(value: unknown): Promise<void>;
  /** Everything written so far has left this process. */
  flush(): Promise<void>;
  /** A sentence for a person, on stderr; what it quotes tells the terminal nothing. */
  note(text: string): void;
  /** A line that replaces itself; shown on a terminal only. */
  progress(text: string): void;
}

/** Characters gathered before they are written: a system call per line costs more than reading the topic. */
const CHUNK = 64 * 1024;

/**
 * @param stdoutClosed called once when nothing more can be written, and the command should end: without an error when
 * the reader of stdout went away (`| head`), else with what failed.
 */
export function createOutput(
  stdout: Writable,
  stderr: Writable & { isTTY?: boolean },
  stdoutClosed: (error?: Error) => void,
): Output {
  let closed = false;
  let gathered = '';
  let scheduled: NodeJS.Immediate | undefined;
  let progressShown = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (closed) return;
    closed = true;
    if (error.code === 'EPIPE') stdoutClosed();
    else stdoutClosed(error);
  });
  const clearProgress = () => {
    if (progressShown) stderr.write('\r\x1b[K');
    progressShown = false;
  };
  const settled = Promise.resolve();
  /** Resolves when stdout can take more, or will never. */
  const flush = (): Promise<void> => {
    clearImmediate(scheduled);
    scheduled = undefined;
    if (closed || gathered === '') return settled;
    const chunk = gathered;
    gathered = '';
    clearProgress();
    return new Promise((resolve) => stdout.write(chunk, () => resolve()));
  };
  const line = (text: string): Promise<void> => {
    if (closed) return settled;
    gathered += text + '\n';
    if (gathered.length >= CHUNK) return flush();
    scheduled ??= setImmediate(() => void flush());
    return settled;
  };
  return {
    line,
    flush,
    json: (value) => line(JSON.stringify(value, null, 1)),
    note(text) {
      void flush();
      clearProgress();
      stderr.write(`${text.split('\n').map(oneLine).join('\n')}\n`);
    },
    progress(text) {
      if (!stderr.isTTY) return;
      stderr.write(`\r\x1b[K${text}`);
      progressShown = true;
    },
  };
}
