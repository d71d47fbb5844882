import * as l10n from '@vscode/l10n';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { isoTime } from '../../shared/isoTime.ts';
import type { RecordLine } from './recordLine.ts';

/** A record, or the reason why there is none at this offset. */
export type ExportLine = RecordLine | { topic: string; partition: number | null; offset: number | null; error: string };

export type ExportFormat = 'jsonl' | 'csv';

const COLUMNS = ['partition', 'offset', 'timestamp', 'key', 'value', 'headers', 'error'] as const;
/** How often progress is told, records. */
const PROGRESS_STEP = 1000;

/**
 * Writes lines to a file as they come, never more than the stream's buffer ahead. Cancelled by the signal: what is
 * written stays, whole lines. Throws with a sentence when the file cannot be written.
 * @returns how many lines were written
 */
export async function exportLines(
  lines: AsyncIterable<ExportLine>,
  { path, format, progress }: { path: string; format: ExportFormat; progress?: (records: number) => void },
  signal: AbortSignal,
): Promise<number> {
  const file = createWriteStream(path);
  let failure: Error | undefined;
  file.on('error', (error) => (failure = error));
  let records = 0;
  try {
    if (format === 'csv') file.write(COLUMNS.join(',') + '\r\n');
    for await (const line of lines) {
      if (signal.aborted || failure !== undefined) break;
      const text = format === 'csv' ? csvLine(line) : JSON.stringify(line) + '\n';
      if (!file.write(text)) await drained(file, signal);
      if (++records % PROGRESS_STEP === 0) progress?.(records);
    }
  } finally {
    file.end();
  }
  await finished(file).catch((error: Error) => (failure ??= error));
  if (failure !== undefined)
    throw new Error(l10n.t('{0} cannot be written: {1}', path, failure.message), { cause: failure });
  progress?.(records);
  return records;
}

/** Resolves when the stream takes more, has failed, or nobody wants it any more. */
async function drained(file: WriteStream, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const either = { signal: AbortSignal.any([signal, over.signal]) };
  const waits = [once(file, 'drain', either), once(file, 'close', either)];
  await Promise.race(waits).catch(() => undefined);
  over.abort();
  await Promise.allSettled(waits);
}

function csvLine(line: ExportLine): string {
  const cells = COLUMNS.map((column) => {
    if (!('key' in line))
      return column === 'error' ? line.error : column === 'partition' || column === 'offset' ? line[column] : null;
    switch (column) {
      case 'error':
        return line.error ?? null;
      case 'timestamp':
        return line.timestamp < 0 ? null : isoTime(line.timestamp);
      case 'headers':
        return JSON.stringify(line.headers);
      case 'key':
      case 'value': {
        const cell = line[column];
        return typeof cell === 'object' && cell !== null ? `base64:${cell.base64}` : cell;
      }
      case 'partition':
      case 'offset':
        return line[column];
    }
  });
  return cells.map(csvCell).join(',') + '\r\n';
}

/** RFC 4180. null is an empty cell, an empty text is "". */
function csvCell(cell: string | number | null): string {
  if (cell === null) return '';
  const text = String(cell);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
