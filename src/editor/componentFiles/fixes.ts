import type { Finding, TextEdit } from '../../core/dapr/finding.ts';

/** The edits of every preferred fix, without those that would touch a text that an earlier one changes. */
export function fixAllEdits(findings: readonly Finding[]): TextEdit[] {
  const taken: TextEdit[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find((f) => f.preferred === true);
    if (fix && !fix.edits.some((edit) => taken.some((other) => overlap(edit, other)))) taken.push(...fix.edits);
  }
  return taken;
}

function overlap(a: TextEdit, b: TextEdit): boolean {
  if (a.range.start === b.range.start) return true;
  return a.range.start < b.range.end && b.range.start < a.range.end;
}

/** The comment that switches a rule off for the line of `offset`, with that line's indentation. */
export function disableEdit(text: string, offset: number, rule: string): TextEdit {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(line))?.[0] ?? '';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    range: { start: line, end: line },
    newText: `${indentation}# kafka-dapr-disable-next-line ${rule}${newline}`,
  };
}
