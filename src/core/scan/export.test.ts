import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { exportLines, type ExportLine } from './export.ts';

async function* lines(...given: ExportLine[]): AsyncGenerator<ExportLine> {
  for (const line of given) yield await Promise.resolve(line);
}

const record = { topic: 't', partition: 0, timestampType: 'create' as const, key: null, value: 'v', headers: [] };

it('writes a time that no calendar has as its number, and goes on', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'kafka-dapr-export-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = path.join(dir, 'times.csv');
  const given = [1_764_072_000_000_000_000, -1, 5].map((timestamp, offset) => ({ ...record, offset, timestamp }));
  const { signal } = new AbortController();
  expect(await exportLines(lines(...given), { path: file, format: 'csv' }, signal)).toBe(3);
  expect(readFileSync(file, 'utf8').split('\r\n').slice(1, 4)).toEqual([
    '0,0,1764072000000000000,,v,[],',
    '0,1,,,v,[],',
    '0,2,1970-01-01T00:00:00.005Z,,v,[],',
  ]);
});
