import type { Finding, Fix } from '../finding.ts';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../lintOptions.ts';
import { lintWorkspace } from './lint.ts';

/** For tests: a text in which « and » stand around what a finding must mark. */
export interface Marked {
  text: string;
  /** The marked parts, in order. */
  parts: { start: number; end: number }[];
}

export function unmark(marked: string): Marked {
  const parts: Marked['parts'] = [];
  let text = '';
  let start = 0;
  for (const piece of marked.split(/([«»])/)) {
    if (piece === '«') start = text.length;
    else if (piece === '»') parts.push({ start, end: text.length });
    else text += piece;
  }
  return { text, parts };
}

/** A component of a type with these metadata lines (two spaces are put before each). */
export function component(lines: string, type = 'pubsub.kafka', extra = ''): string {
  const metadata = lines.replace(/^/gm, '  ').trimEnd();
  return `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: kpub\n${extra}spec:\n  type: ${type}\n  version: v1\n  metadata:\n${metadata}\n`;
}

/** Findings of one rule in a single file. */
export function findingsOf(rule: string, text: string, options: Partial<LintOptions> = {}): Finding[] {
  const result = lintWorkspace([{ path: 'c.yaml', text }], { ...DEFAULT_LINT_OPTIONS, ...options });
  return (result.get('c.yaml') ?? []).filter((finding) => finding.rule === rule);
}

export function applyFix(text: string, fix: Pick<Fix, 'edits'>): string {
  return [...fix.edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((t, { range, newText }) => t.slice(0, range.start) + newText + t.slice(range.end), text);
}

/** A workspace after a fix of a finding in one of its files. */
export function applyFixTo(files: Record<string, string>, path: string, fix: Fix): Record<string, string> {
  const after = { ...files, [path]: applyFix(files[path] ?? '', fix) };
  for (const change of fix.files ?? []) {
    const text = after[change.path];
    if (change.kind === 'edit') after[change.path] = applyFix(text ?? '', change);
    else if (change.kind === 'create') after[change.path] = change.text;
    else {
      after[change.to] = text ?? '';
      delete after[change.path];
    }
  }
  return after;
}
