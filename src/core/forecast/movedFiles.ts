import type { Component } from '../dapr/resources/component.ts';
import { Workspace, type SourceFile } from '../dapr/workspace.ts';

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

/**
 * The documents of components that left one of these files and stand in one of today's texts, by type and name; not one
 * that `known` has already, and not one that left several files: which of them it was nobody can tell.
 */
export function movedComponents(
  from: readonly { path: string; before: string; now: string }[],
  today: readonly string[],
  known: readonly SourceFile[],
): SourceFile[] {
  const arrived = new Set(today.flatMap((text) => [...componentsIn(text).keys()]));
  for (const { text } of known) for (const key of componentsIn(text).keys()) arrived.delete(key);
  const left = from.flatMap(({ path, before, now }) => {
    const still = componentsIn(now);
    return [...componentsIn(before)].flatMap(([key, component]) =>
      arrived.has(key) && !still.has(key) ? [{ key, path, text: component.document.text }] : [],
    );
  });
  const texts = new Map<string, string[]>();
  for (const { key, path, text } of left)
    if (left.filter((other) => other.key === key).length === 1) texts.set(path, [...(texts.get(path) ?? []), text]);
  return [...texts].map(([path, documents]) => ({ path, text: documents.join('\n---\n') }));
}

function componentsIn(text: string): Map<string, Component> {
  const workspace = new Workspace();
  workspace.set('x.yaml', text);
  return new Map(workspace.components.map((component) => [`${component.type} ${component.name}`, component]));
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
