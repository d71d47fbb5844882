import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.ts';
import type { Component } from '../resources/component.ts';
import type { Subscription } from '../resources/subscription.ts';
import { entryOf, keyText, type YamlNode } from '../yaml/nodes.ts';
import { replaceFix } from './replaceFix.ts';
import type { Problem, Rule } from './rule.ts';

function* misplacedScopes(resource: Component | Subscription): Generator<Problem> {
  for (const parent of ['spec', 'metadata']) {
    const entry = entryOf(entryOf(resource.root, parent)?.value, 'scopes');
    if (entry !== undefined)
      yield {
        range: entry.key.range,
        message:
          resource.kind === 'component'
            ? l10n.t(
                'Ignored under {0}: every app loads this component. scopes stands at the top level of the document.',
                parent,
              )
            : l10n.t(
                'Ignored under {0}: every app subscribes. scopes stands at the top level of the document.',
                parent,
              ),
        fixes: moveToTop(resource, entry.key.range.start, entry.value, 'scopes'),
      };
  }
}

function* misplacedAuth(component: Component): Generator<Problem> {
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
function moveToTop(resource: Component | Subscription, start: number, value: YamlNode, key: string): Fix[] {
  const { text } = resource.document;
  if ((value.kind !== 'scalar' && value.flow) || resource.root.flow || value.range.end <= start) return [];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== '') return [];
  const newline = text.indexOf('\n', value.range.end);
  const end = newline < 0 ? text.length : newline + 1;
  const indent = start - lineStart - (columnOf(text, resource.root.range.start) ?? 0);
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
    on: 'document',
    *check({ resource }, { options }) {
      if (resource?.kind === 'subscription' || resource?.kind === 'component') yield* misplacedScopes(resource);
      if (resource?.kind !== 'component') return;
      yield* misplacedAuth(resource);
      const entry = entryOf(entryOf(resource.root, 'auth')?.value, 'secretStore');
      if (options.mode !== 'kubernetes' || entry === undefined || keyText(entry.key) === 'secretStore') return;
      yield {
        range: entry.key.range,
        message: l10n.t('Kubernetes reads the exact spelling secretStore only: this one is dropped.'),
        fixes: replaceFix(entry.key, 'secretStore'),
      };
    },
  },
];
