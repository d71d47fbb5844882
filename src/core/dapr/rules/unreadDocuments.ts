import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.ts';
import { hasDapr, listedIn, type Document } from '../resources/document.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import { eolOf, lineEnd } from './edits.ts';
import type { Problem, Rule, RuleContext } from './rule.ts';

/** A line `---` where the resources begin that nobody reads. */
function separate({ text }: Document, start: number): Fix[] {
  const ownLine = text[start - 1] === '\n';
  const eol = eolOf(text);
  return [
    {
      title: l10n.t('Insert --- between the resources'),
      edits: [{ range: { start, end: start }, newText: `${ownLine ? '' : eol}---${eol}` }],
      preferred: true,
    },
  ];
}

/** `- apiVersion: …` becomes a document of its own: `---`, and each line as far to the left as the dash stood. */
function unlist({ text }: Document, list: YamlNode): Fix[] {
  if (list.kind !== 'seq' || list.flow || list.items.some((item) => item.kind !== 'map' || item.flow)) return [];
  const lines = /^-([ ]+)/.exec(text.slice(list.range.start));
  const column = lines?.[0].length ?? 0;
  if (column === 0 || text.slice(text.lastIndexOf('\n', list.range.start - 1) + 1, list.range.start) !== '') return [];
  const eol = eolOf(text);
  const edits = [...text.matchAll(/^([ -]*)(?=\S)/gm)].flatMap(({ index, 1: indent = '' }) => {
    if (index < list.range.start || index >= list.range.end || indent === '') return [];
    const range = { start: index, end: index + Math.min(indent.length, column) };
    return [{ range, newText: !indent.startsWith('-') || index === list.range.start ? '' : `---${eol}` }];
  });
  return [{ title: l10n.t('Make them documents of their own'), edits, preferred: true }];
}

function firstLine({ text }: Document, start: number): Problem['range'] {
  return { start, end: lineEnd(text, start) };
}

function* unreadDocuments(document: Document, { options }: RuleContext): Generator<Problem> {
  const { root, unread, resource, text } = document;
  // kubectl reads JSON objects one after the other.
  if (unread !== undefined && resource !== undefined && !(options.mode === 'kubernetes' && text.startsWith('{'))) {
    const start = unread + (/^\s*/.exec(text.slice(unread))?.[0].length ?? 0);
    yield {
      range: firstLine(document, start),
      ...(hasDapr(text, unread)
        ? {
            message: l10n.t(
              'Nobody reads what follows, neither daprd nor kubectl, and nobody says so: only a line --- begins another document.',
            ),
            fixes: separate(document, start),
          }
        : {
            consequence: 'runs',
            message: l10n.t(
              'For daprd the document ends above: it does not read what follows, without a message. All of a document must begin in one column.',
            ),
          }),
    };
  }
  const [first] = listedIn(document);
  if (root === undefined || first === undefined) return;
  if (root.kind === 'seq')
    yield {
      range: firstLine(document, root.range.start),
      message: l10n.t(
        'daprd skips this document (its neighbours load): it is a list, and each resource must be a document of its own. kubectl refuses it, too.',
      ),
      fixes: unlist(document, root),
    };
  else if (options.mode === 'self-hosted')
    yield {
      range: firstLine(document, root.range.start),
      severity: 'warning',
      message: l10n.t(
        'daprd skips a {0} without a message, with all that is in it: only kubectl takes its items. Self-hosted each resource must be a document of its own.',
        document.kind,
      ),
    };
}

export const unreadDocumentRules: readonly Rule[] = [
  { id: 'C-21', severity: 'error', consequence: 'not-loaded', on: 'document', check: unreadDocuments },
];
