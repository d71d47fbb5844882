import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.ts';
import type { Component } from '../resources/component.ts';
import { entryOf, keyText, type YamlNode } from '../yaml/nodes.ts';
import { replaceFix } from './replaceFix.ts';
import type { Problem, Rule } from './rule.ts';

function* misplaced(component: Component): Generator<Problem> {
  for (const parent of ['spec', 'metadata']) {
    const entry = entryOf(entryOf(component.root, parent)?.value, 'scopes');
    if (entry !== undefined)
      yield {
        range: entry.key.range,
        message: l10n.t(
          'Ignored under {0}: every app loads this component. scopes stands at the top level of the document.',
          parent,
        ),
        fixes: moveToTop(component, entry.key.range.start, entry.value, 'scopes'),
      };
  }
  const auth = entryOf(entryOf(component.root, 'spec')?.value, 'auth');
  if (auth !== undefined)
    yield {
      range: auth.key.range,
      message: l10n.t(
        'Ignored under spec: no secret store is known, and values from secrets stay empty. auth stands at the top level of the document.',
      ),
      fixes: moveToTop(component, auth.key.range.start, auth.value, 'auth'),
    };
}

/** Cuts a block entry out of its parent and puts it at the end of the document, with its indentation removed. */
function moveToTop(component: Component, start: number, value: YamlNode, key: string): Fix[] {
  const { text } = component.document;
  if ((value.kind !== 'scalar' && value.flow) || component.root.flow || value.range.end <= start) return [];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== '') return [];
  const newline = text.indexOf('\n', value.range.end);
  const end = newline < 0 ? text.length : newline + 1;
  const indent = start - lineStart - (columnOf(text, component.root.range.start) ?? 0);
  const block = text
    .slice(lineStart, end)
    .split('\n')
    .map((line) => (line.slice(0, indent).trim() === '' ? line.slice(indent) : line))
    .join('\n');
  const tail = text.length;
  const gap = text.endsWith('\n') ? '' : '\n';
  return [
    {
      title: l10n.t('Move {0} to the top level', key),
      edits: [
        { range: { start: lineStart, end }, newText: '' },
        { range: { start: tail, end: tail }, newText: gap + block },
      ],
      preferred: true,
    },
  ];
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

export const misplacedFieldRules: readonly Rule[] = [
  {
    id: 'C-02',
    severity: 'warning',
    consequence: 'runs',
    on: 'component',
    *check(component, { options }) {
      yield* misplaced(component);
      if (options.mode !== 'kubernetes') return;
      const auth = entryOf(component.root, 'auth')?.value;
      const entry = entryOf(auth, 'secretStore');
      if (entry !== undefined && keyText(entry.key) !== 'secretStore')
        yield {
          range: entry.key.range,
          message: l10n.t('Kubernetes reads the exact spelling secretStore only: this one is dropped.'),
          fixes: replaceFix(entry.key, 'secretStore'),
        };
    },
  },
];
