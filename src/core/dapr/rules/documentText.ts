import * as l10n from '@vscode/l10n';
import type { Fix, TextEdit } from '../finding.ts';
import type { Document } from '../resources/document.ts';
import type { Workspace } from '../workspace.ts';
import { keyText, type MapEntry, type MapNode, type YamlNode } from '../yaml/nodes.ts';
import { parseYaml } from '../yaml/parse.ts';
import { eolOf, lineEnd } from './edits.ts';
import type { Problem, Rule } from './rule.ts';
import { isNotANumberError, unquotedTags } from './scalars.ts';

/** bufio.Scanner's limit: a longer document makes daprd's loader loop for ever (RT:pkg/internal/loader/disk/manifest.go). */
const SCANNER_LIMIT = 65_536;

function* repeatedKeys(document: Document): Generator<Problem> {
  const { root, resource, conditional } = document;
  if (root?.kind !== 'map' || resource === undefined || conditional) return;
  const again =
    repeated(root) ??
    root.entries
      .map(({ key, value }) => (keyText(key).toLowerCase() === 'spec' ? repeated(value) : undefined))
      .find((entry) => entry !== undefined);
  if (again === undefined) return;
  const key = keyText(again.key);
  const top = root.entries.includes(again);
  const eol = eolOf(document.text);
  const starts = top ? laterResources(document, root) : [];
  yield {
    range: again.key.range,
    message: top
      ? l10n.t(
          '"{0}" stands here for the second time: without a line --- between them two resources are one document, of which only the last exists; the earlier one is gone without a message.',
          key,
        )
      : l10n.t('"{0}" stands here for the second time: daprd uses the last one and says nothing.', key),
    fixes:
      starts.length === 0
        ? []
        : [
            {
              title: l10n.t('Insert --- between the resources'),
              edits: starts.map((start) => ({ range: { start, end: start }, newText: `---${eol}` })),
              preferred: true,
            },
          ],
  };
}

function repeated(node: YamlNode): MapEntry | undefined {
  if (node.kind !== 'map') return undefined;
  const seen = new Set<string>();
  for (const entry of node.entries) {
    if (entry.merged) continue;
    const key = keyText(entry.key);
    if (seen.has(key)) return entry;
    seen.add(key);
  }
  return undefined;
}

/** Where the second and every further resource begins: at the key that the first one begins with, in column 1. */
function laterResources(document: Document, root: MapNode): number[] {
  const first = root.entries[0];
  if (first === undefined || !/^(apiVersion|kind)$/i.test(keyText(first.key))) return [];
  return root.entries
    .slice(1)
    .filter((entry) => !entry.merged && keyText(entry.key) === keyText(first.key))
    .map((entry) => entry.key.range.start)
    .filter((start) => document.text[start - 1] === '\n');
}

/** A line that begins with --- and goes on: part of a block of text, or a decorated separator. */
function cutText(document: Document, workspace: Workspace): Problem {
  const start = document.separator - document.start;
  const range = { start, end: start + 3 + document.separatorText.length };
  const written = `---${document.separatorText}`.slice(0, 40);
  const column = openBlock(document);
  if (column === undefined)
    return {
      range,
      message: l10n.t(
        'daprd cuts the document at every line that begins with ---, whatever YAML says, and drops the rest of this line ("{0}"). Other tools cannot read it: write a separator.',
        written,
      ),
      fixes: [{ title: l10n.t('Replace by {0}', '---'), edits: [{ range, newText: '---' }], preferred: true }],
    };
  return {
    range,
    message: l10n.t(
      'daprd cuts the document at every line that begins with ---, whatever YAML says, and drops this line ("{0}"): the value above it is empty. Indent the text.',
      written,
    ),
    fixes: indentFix(document, workspace.documents(document.file), ' '.repeat(column)),
  };
}

/** The column in which a text must stand that belongs to the block scalar at a document's end; undefined: none is there. */
function openBlock({ text }: Document): number | undefined {
  const lines = text.trimEnd().split('\n');
  const header = /^([ ]*(?:-[ ]+)?)[^#\s][^#]*?:[ \t]+[|>][-+]?[ \t]*(?:#.*)?\r?$/;
  const at = lines.findLastIndex((line) => header.test(line));
  if (at < 0) return undefined;
  const column = header.exec(lines[at] ?? '')?.[1]?.length ?? 0;
  const inside = lines.slice(at + 1).filter((line) => line.trim() !== '');
  if (inside.some((line) => line.search(/\S/) <= column)) return undefined;
  return inside[0]?.search(/\S/) ?? column + 2;
}

/**
 * Indents the line where that is all it needs, and PEM blocks that were cut into documents here: from each BEGIN, at a
 * cut, to its END, at the next one.
 */
function indentFix(document: Document, all: readonly Document[], indent: string): Fix[] {
  const edits: TextEdit[] = [];
  const next = all[document.index + 1];
  const whole = `${document.text}\n${indent}---${document.separatorText}\n${next?.text ?? ''}`;
  if (next !== undefined && !/^-*BEGIN /.test(document.separatorText) && parseYaml(whole).error === undefined) {
    const at = document.separator - document.start;
    edits.push({ range: { start: at, end: at }, newText: indent });
  }
  for (let i = document.index; ; i += 2) {
    const [head, body] = [all[i], all[i + 1]];
    const begins = head !== undefined && /^-*BEGIN .*-----$/.test(head.separatorText);
    if (!begins || body === undefined || !/^-*END .*-----$/.test(body.separatorText)) break;
    if (head !== document && head.text.trim() !== '') break;
    for (const line of [head.separator, ...lineStartsIn(body), body.separator])
      edits.push({ range: { start: line - document.start, end: line - document.start }, newText: indent });
  }
  return edits.length === 0 ? [] : [{ title: l10n.t('Indent the text'), edits, preferred: true }];
}

/** Where the lines of a document begin in its file that are not blank. */
function lineStartsIn({ text, start }: Document): number[] {
  return [...text.matchAll(/^.*\S/gm)].map((match) => start + match.index);
}

/** In daprd's own folder of files, not in a ConfigMap. */
function isOwnFile(document: Document): boolean {
  return !document.embedded;
}

export const documentTextRules: readonly Rule[] = [
  {
    id: 'C-12',
    severity: 'error',
    on: 'document',
    crossFile: true,
    *check(document, { workspace, options }) {
      if (!isOwnFile(document) || options.mode === 'kubernetes') return;
      if (document.lost > 0 && document.resource !== undefined) {
        const start = document.separator - document.start;
        const range = { start, end: start + 3 + document.lost };
        yield {
          range,
          consequence: 'not-loaded',
          message: l10n.t(
            'daprd reads nothing of this document: the file ends in a line that begins with --- and goes on, without a line break. Delete the line or end it.',
          ),
          fixes: [{ title: l10n.t('Delete the line'), edits: [{ range, newText: '' }], preferred: true }],
        };
        return;
      }
      if (document.separatorText === '') return;
      const next = workspace.documents(document.file)[document.index + 1];
      if (document.resource === undefined && next?.resource === undefined) return;
      yield cutText(document, workspace);
    },
  },
  {
    id: 'C-13',
    severity: 'error',
    consequence: 'not-loaded',
    on: 'document',
    *check(document) {
      const { error, resource, text } = document;
      if (error === undefined || resource === undefined) return;
      // K-54 and K-55 tell more about these.
      if (unquotedTags(document).length > 0 || isNotANumberError(document)) return;
      const line = text.slice(text.lastIndexOf('\n', error.range.start - 1) + 1, error.range.end);
      const tab = /^\s*\t/.test(line);
      yield {
        range: error.range,
        message: error.notJson
          ? l10n.t('daprd skips this document (its neighbours load): {0}.', error.reason)
          : tab
            ? l10n.t(
                'daprd skips this document (its neighbours load): "Could not determine resource type". YAML does not allow tabs as indentation.',
              )
            : l10n.t(
                'daprd skips this document (its neighbours load): "Could not determine resource type". It is no YAML: {0}.',
                error.reason,
              ),
        fixes: tab ? [{ title: l10n.t('Replace tabs by blanks'), edits: tabEdits(text), preferred: true }] : [],
      };
    },
  },
  { id: 'C-14', severity: 'error', consequence: 'runs', on: 'document', check: repeatedKeys },
  {
    id: 'C-15',
    severity: 'error',
    consequence: 'daprd-stops',
    on: 'document',
    crossFile: true,
    *check(document, { workspace, options }) {
      if (options.mode === 'kubernetes' || !isOwnFile(document) || document.text.length * 3 < SCANNER_LIMIT) return;
      if (!workspace.documents(document.file).some((other) => other.resource !== undefined)) return;
      // The line break before the dashes, the dashes, what follows them, and the line break after that.
      const closing = document.separator < 0 ? 0 : 5 + document.separatorText.length;
      const bytes = new TextEncoder().encode(document.text).length + closing;
      // With its closing line it may just fill daprd's buffer; without one daprd would have to read on.
      if (bytes < SCANNER_LIMIT + Math.sign(closing)) return;
      yield {
        range: { start: 0, end: lineEnd(document.text, 0) },
        fatal: 'loading',
        message: l10n.t(
          'This document has {0} bytes: from 65,536 on daprd reads it for ever. It never starts, prints nothing and eats memory until it is killed. Split it or move it out of the resources folder.',
          bytes.toLocaleString('en-US'),
        ),
      };
    },
  },
];

function tabEdits(text: string) {
  return [...text.matchAll(/^[ ]*\t[ \t]*/gm)].map((match) => ({
    range: { start: match.index, end: match.index + match[0].length },
    newText: match[0].replaceAll('\t', '  '),
  }));
}
