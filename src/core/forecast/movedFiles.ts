import type { SourceFile } from '../dapr/workspace.ts';

/** The share of a file's lines that two texts must have in common to be one file that was moved. */
const ALIKE = 0.5;

/** Those of the files that one of today's texts is made from: git tells so only of what was added to its index. */
export function movedTo(now: readonly string[], before: readonly SourceFile[]): SourceFile[] {
  const texts = now.map(linesOf);
  return before.filter(({ text }) => {
    const lines = linesOf(text);
    return texts.some((other) => alike(lines, other) >= ALIKE);
  });
}

/** Line -> how often; ends of lines and indentation are nobody's content. */
function linesOf(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  for (const line of text.split('\n').map((l) => l.trim()))
    if (line !== '') lines.set(line, (lines.get(line) ?? 0) + 1);
  return lines;
}

/** Of the longer text, the share of lines that the other has too. */
function alike(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const size = (lines: ReadonlyMap<string, number>) => [...lines.values()].reduce((sum, n) => sum + n, 0);
  const common = [...a].reduce((sum, [line, n]) => sum + Math.min(n, b.get(line) ?? 0), 0);
  const all = Math.max(size(a), size(b));
  return all === 0 ? 0 : common / all;
}
