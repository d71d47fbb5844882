import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.ts';
import type { Misfit } from '../resources/decoding.ts';
import { entryOf, keyText, nodeAt, textOf, type MapNode, type YamlNode } from '../yaml/nodes.ts';
import { resolvePlain } from '../yaml/scalars.ts';
import { replaceFix } from './replaceFix.ts';
import type { Problem, Rule } from './rule.ts';

/** Of a resource with scopes: what keeps the document from decoding. */
function* scopesShape(root: MapNode, misfits: readonly Misfit[]): Generator<Problem> {
  const entry = entryOf(root, 'scopes');
  if (entry === undefined) return;
  const { value } = entry;
  if (value.kind === 'scalar' ? value.value === null || value.templated : false) return;
  const skipped = l10n.t('daprd skips the whole document: scopes must be a list of app ids.');
  if (value.kind === 'scalar') {
    yield {
      range: value.range,
      message: skipped,
      fixes: [
        {
          title: l10n.t('Convert to a list'),
          edits: [
            {
              range: value.range,
              newText: `[${(textOf(value) ?? '')
                .split(',')
                .map((app) => JSON.stringify(app.trim()))
                .join(', ')}]`,
            },
          ],
          preferred: true,
        },
      ],
    };
    return;
  }
  if (value.kind === 'map') {
    yield { range: value.range, message: skipped };
    return;
  }
  for (const item of value.items) {
    if (!misfits.some(({ node }) => node === item)) continue;
    const name =
      item.kind === 'scalar'
        ? item.text
        : item.kind === 'map'
          ? item.entries
              .map((e) => (/^(name|appid|id)$/i.test(keyText(e.key)) ? textOf(e.value) : undefined))
              .find((text) => text !== undefined)
          : undefined;
    yield { range: item.range, message: skipped, fixes: name === undefined ? [] : replaceFix(item, name) };
  }
}

/** What a field should be, in words. */
export const WANTED: Record<Misfit['wanted'], () => string> = {
  text: () => l10n.t('a text'),
  string: () => l10n.t('a text'),
  bool: () => l10n.t('true or false without quotes'),
  int32: () => l10n.t('a whole number without quotes'),
  int64: () => l10n.t('a whole number without quotes'),
  time: () => l10n.t('a time like 2030-01-31T12:00:00Z'),
  list: () => l10n.t('a list'),
  map: () => l10n.t('a map'),
};

/** `"true"` and `"80"` lose their quotes. */
function unquoted(node: YamlNode, wanted: Misfit['wanted']): Fix[] {
  const text = (textOf(node) ?? '').trim();
  const value = /^[\w-]+$/.test(text) ? resolvePlain(text) : null;
  if (typeof value !== (wanted === 'bool' ? 'boolean' : 'bigint') || !/^(?:bool|int)/.test(wanted)) return [];
  return [{ title: l10n.t('Replace by {0}', text), edits: [{ range: node.range, newText: text }], preferred: true }];
}

export const componentShapeRules: readonly Rule[] = [
  {
    id: 'C-08',
    severity: 'error',
    consequence: 'not-loaded',
    *check(component) {
      const node = nodeAt(entryOf(component.root, 'spec')?.value, 'ignoreErrors');
      if (
        node === undefined ||
        (node.kind === 'scalar' && (node.templated || node.value === null || typeof node.value === 'boolean'))
      )
        return;
      const text = textOf(node) ?? '';
      const meant = /^(true|yes|on|y|1)$/i.test(text) ? 'true' : 'false';
      yield {
        range: node.range,
        message: l10n.t('daprd skips the whole document: ignoreErrors must be true or false without quotes.'),
        fixes: [
          { title: l10n.t('Replace by {0}', meant), edits: [{ range: node.range, newText: meant }], preferred: true },
        ],
      };
    },
  },
  {
    id: 'C-09',
    severity: 'error',
    consequence: 'not-loaded',
    on: 'document',
    *check({ root, resource }) {
      if (root?.kind === 'map' && (resource?.kind === 'component' || resource?.kind === 'subscription'))
        yield* scopesShape(root, resource.misfits);
    },
  },
  {
    id: 'C-10',
    severity: 'error',
    consequence: 'not-loaded',
    on: 'document',
    *check({ resource }) {
      if (resource?.kind !== 'component' && resource?.kind !== 'subscription') return;
      for (const { node, path, wanted } of resource.misfits) {
        // C-08, C-09 and S-06 tell more about these.
        if (path === 'spec.ignoreErrors' || path.startsWith('scopes')) continue;
        if (path === 'spec.bulkSubscribe' && node.kind === 'seq') continue;
        if (resource.kind === 'component' && /^spec\.metadata(?:\[\])?$/.test(path))
          yield {
            range: node.range,
            message: l10n.t(
              'daprd skips the whole document: spec.metadata must be a list of items with name and value.',
            ),
            fixes: node.kind === 'map' && wanted === 'list' ? mapToItems(node) : [],
          };
        else
          yield {
            range: node.range,
            message: l10n.t('daprd skips the whole document: {0} must be {1}.', path, WANTED[wanted]()),
            fixes: unquoted(node, wanted),
          };
      }
    },
  },
];

/** `key: value` pairs become `- name: key` / `value: value`, each on its own lines. */
function mapToItems(list: MapNode): Fix[] {
  if (
    list.flow ||
    list.entries.some(
      (entry) =>
        entry.merged ||
        entry.value.kind !== 'scalar' ||
        entry.value.style === 'literal' ||
        entry.value.style === 'folded',
    )
  )
    return [];
  return [
    {
      title: l10n.t('Convert to a list of name and value'),
      edits: list.entries.map((entry) => ({
        range: { start: entry.key.range.start, end: entry.value.range.end },
        newText: `- {name: ${JSON.stringify(keyText(entry.key))}, value: ${JSON.stringify(textOf(entry.value) ?? '')}}`,
      })),
      preferred: true,
    },
  ];
}
