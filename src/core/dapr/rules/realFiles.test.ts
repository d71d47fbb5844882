import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { lineStarts, positionAt } from '../yaml/lines.ts';
import { lintWorkspace } from './lint.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../../../test/fixtures');
const read = (name: string) => fs.readFileSync(path.join(FIXTURES, name), 'utf8');

/**
 * What was found right in 70 files of other people, read one by one: rule, line:column, severity, consequence and the
 * marked text; null for a file without a Dapr document. Where the files come from: component-files/index.json.
 */
const golden = JSON.parse(read('component-files-findings.json')) as Record<string, string[] | null>;

function findingsOf(file: string): string[] | null {
  const text = read(`component-files/${file}`);
  const findings = lintWorkspace([{ path: file, text }], DEFAULT_LINT_OPTIONS).get(file);
  if (findings === undefined) return null;
  const starts = lineStarts(text);
  return findings.map(({ rule, range, severity, consequence }) => {
    const { line, column } = positionAt(starts, range.start);
    return `${rule} ${line + 1}:${column + 1} ${severity} ${consequence} ${JSON.stringify(text.slice(range.start, range.end))}`;
  });
}

describe('files of other people', () => {
  it('are all judged', () => {
    const files = fs.readdirSync(path.join(FIXTURES, 'component-files')).filter((name) => name.endsWith('.yaml'));
    expect(Object.keys(golden).sort()).toEqual(files.sort());
    expect(files).toHaveLength(70);
  });

  it.each(Object.entries(golden))('%s', (file, expected) => {
    expect(findingsOf(file)).toEqual(expected);
  });
});
