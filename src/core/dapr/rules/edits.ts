import type { TextEdit } from '../finding.ts';
import type { Component, MetadataItem } from '../resources/component.ts';
import type { Document } from '../resources/document.ts';
import { isJsonFile } from '../yaml/jsonText.ts';
import { entryOf, type MapEntry, type ScalarNode, type YamlNode } from '../yaml/nodes.ts';
import { resolvePlain } from '../yaml/scalars.ts';

/** Replaces a scalar's text in the style it is written in; a block scalar becomes a quoted line. */
export function replaceScalar(node: ScalarNode, text: string): TextEdit {
  const bare = node.range.start === node.range.end;
  return { range: node.range, newText: (bare ? ' ' : '') + scalarSource(text, node.style) };
}

/** Replaces any node by a scalar; lists, maps and aliases become a double-quoted text. */
export function replaceByText(node: YamlNode, text: string): TextEdit {
  if (node.kind === 'scalar') return replaceScalar(node, text);
  return { range: node.range, newText: JSON.stringify(text) };
}

export function scalarSource(text: string, style: ScalarNode['style']): string {
  if (style === 'single') return `'${text.replaceAll("'", "''")}'`;
  if (style === 'plain' && isPlainSafe(text)) return text;
  return JSON.stringify(text);
}

/** Written without quotes it is the same text again. */
function isPlainSafe(text: string): boolean {
  return /^[A-Za-z0-9/][A-Za-z0-9._/-]*$/.test(text) && resolvePlain(text) === text;
}

/** Quotes a plain scalar so that its text arrives as it is written. */
export function quote(node: ScalarNode, document: Document): TextEdit {
  return { range: node.range, newText: JSON.stringify(document.text.slice(node.range.start, node.range.end)) };
}

/** Removes a block list item or map entry with its lines, or a flow one with its comma. */
export function remove(node: YamlNode | MapEntry, document: Document): TextEdit {
  const range = 'key' in node ? { start: node.key.range.start, end: node.value.range.end } : node.range;
  const { text } = document;
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  const newline = text.indexOf('\n', range.end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const before = text.slice(lineStart, range.start);
  const after = text.slice(range.end, lineEnd);
  if (!isJsonFile(document.file) && /^[ \t]*(?:-[ \t]+)?$/.test(before) && /^[ \t]*(?:#.*)?\r?\n?$/.test(after)) {
    const dashFollows = before.includes('-') && 'key' in node;
    if (!dashFollows) return { range: { start: lineStart, end: lineEnd }, newText: '' };
  }
  const comma = /^[ \t]*,[ \t]*/.exec(text.slice(range.end))?.[0].length ?? 0;
  if (comma > 0) return { range: { start: range.start, end: range.end + comma }, newText: '' };
  const leading = /,\s*$/.exec(text.slice(0, range.start))?.[0].length ?? 0;
  return { range: { start: range.start - leading, end: range.end }, newText: '' };
}

/** Adds `- name: … value: …` behind the last item of `spec.metadata`, in the list's own indentation, style and line ends. */
export function addItem(component: Component, name: string, value: string): TextEdit | undefined {
  const { document, metadataEntry } = component;
  const { text } = document;
  const eol = eolOf(text);
  const list = metadataEntry?.value;
  if (metadataEntry === undefined || metadataEntry.merged) return undefined;
  const second = `value: ${JSON.stringify(value)}`;
  if (list?.kind === 'seq' && list.flow) {
    const item = `{name: ${name}, ${second}}`;
    const last = list.items.at(-1);
    const at = last?.range.end ?? list.range.end - 1;
    return { range: { start: at, end: at }, newText: last === undefined ? item : `, ${item}` };
  }
  const at = columnOf(text, metadataEntry.key.range.start);
  const last = list?.kind === 'seq' ? list.items.at(-1) : undefined;
  if (last === undefined) {
    if (list !== undefined && (list.kind !== 'scalar' || list.range.start !== list.range.end)) return undefined;
    const end = lineEnd(text, metadataEntry.key.range.end);
    const indent = ' '.repeat(at + 2);
    return { range: { start: end, end }, newText: `${eol}${indent}- name: ${name}${eol}${indent}  ${second}` };
  }
  if (last.kind !== 'map') return undefined;
  const firstColumn = columnOf(text, last.range.start);
  const dash = text.lastIndexOf('-', last.range.start - 1);
  const dashColumn = dash < 0 ? firstColumn - 2 : columnOf(text, dash);
  const end = lineEnd(text, last.range.end);
  const indent = ' '.repeat(Math.max(dashColumn, 0));
  const inner = ' '.repeat(firstColumn);
  const gap = ' '.repeat(Math.max(firstColumn - dashColumn - 1, 1));
  return { range: { start: end, end }, newText: `${eol}${indent}-${gap}name: ${name}${eol}${inner}${second}` };
}

/** Gives an item that has a name a value (or another one). */
export function setValue(item: MetadataItem, value: string, document: Document): TextEdit | undefined {
  const { valueNode } = item;
  if (valueNode !== undefined && (valueNode.kind === 'scalar' || valueNode.flow))
    return replaceByText(valueNode, value);
  if (valueNode !== undefined) return inPlaceOfBlock(item, valueNode, value, document);
  if (item.nameNode === undefined) return undefined;
  const { text } = document;
  const eol = eolOf(text);
  const end = lineEnd(text, item.nameNode.range.end);
  if (item.node.flow) {
    const at = item.nameNode.range.end;
    return { range: { start: at, end: at }, newText: `, value: ${JSON.stringify(value)}` };
  }
  const column = ' '.repeat(columnOf(text, item.node.range.start));
  return { range: { start: end, end }, newText: `${eol}${column}value: ${JSON.stringify(value)}` };
}

/** A list may stand below its key in the same column, where a text may not; comments in it would be lost. */
function inPlaceOfBlock({ node }: MetadataItem, block: YamlNode, value: string, { text }: Document) {
  const key = entryOf(node, 'value')?.key;
  const start = key === undefined ? 0 : text.indexOf(':', key.range.end) + 1;
  const { end } = block.range;
  if (start === 0 || start > block.range.start || text.slice(start, end).includes('#')) return undefined;
  return { range: { start, end }, newText: ` ${JSON.stringify(value)}` };
}

/** A line of its own above the line of an offset, in that line's indentation. */
export function lineAbove(offset: number, line: string, document: Document): TextEdit {
  const { text } = document;
  const eol = eolOf(text);
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  return { range: { start, end: start }, newText: `${indent}${line}${eol}` };
}

/** The line ends that a text is written with. */
export function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The end of an offset's line, before its line break, also before `\r\n`. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** A line of its own below the line of a node, in that line's indentation. */
export function lineBelow(range: { start: number; end: number }, line: string, document: Document): TextEdit {
  const { text } = document;
  const eol = eolOf(text);
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  const end = lineEnd(text, range.end);
  return { range: { start: end, end }, newText: `${eol}${indent}${line}` };
}

/** A text after edits; of two at one place the first given comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  // From the end to the start, so that places stay true.
  return edits
    .map((edit, i) => ({ ...edit, i }))
    .sort((a, b) => b.range.start - a.range.start || b.i - a.i)
    .reduce((result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end), text);
}
