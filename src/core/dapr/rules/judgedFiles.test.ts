import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../lintOptions.ts';
import { lineStarts, positionAt } from '../yaml/lines.ts';
import { lintWorkspace } from './lint.ts';

interface Case {
  options?: Partial<LintOptions>;
  files: Record<string, string>;
  findings: string[];
}

/**
 * Workspaces with one thing that is odd, at a limit, or right although it looks wrong. What daprd makes of each was
 * decided by its code and its recorded runs before the linter was asked: file (of several), rule, line:column,
 * severity, consequence.
 */
const judged = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, '../../../../test/fixtures/judged-files.json'), 'utf8'),
) as Record<string, Case>;

function findingsOf({ files, options }: Case): string[] {
  const sources = Object.entries(files).map(([file, text]) => ({ path: file, text }));
  return [...lintWorkspace(sources, { ...DEFAULT_LINT_OPTIONS, ...options })].flatMap(([file, findings]) => {
    const starts = lineStarts(files[file] ?? '');
    return findings.map(({ rule, range, severity, consequence }) => {
      const { line, column } = positionAt(starts, range.start);
      const place = `${rule} ${line + 1}:${column + 1} ${severity} ${consequence}`;
      return sources.length > 1 ? `${file} ${place}` : place;
    });
  });
}

describe('the verdict on', () => {
  it.each(Object.entries(judged))('%s', (_what, judgement) => {
    expect(findingsOf(judgement)).toEqual(judgement.findings);
  });
});
