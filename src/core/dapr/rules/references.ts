import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.ts';
import { itemOf, looseItemOf, type Component, type Located, type MetadataItem } from '../resources/component.ts';
import { isForKubernetes, shareAnApp } from '../resources/visibility.ts';
import { entryOf, keyText, nodeAt, textOf, type MapEntry } from '../yaml/nodes.ts';
import { folderOf } from '../resources/folders.ts';
import type { LintOptions } from '../lintOptions.ts';
import type { Workspace } from '../workspace.ts';
import { stopsWhenEmpty } from './authentication.ts';
import { eolOf, lineAbove, remove, replaceByText } from './edits.ts';
import type { Problem, Rule, RuleContext } from './rule.ts';
import { isRefused } from './variables.ts';

const ITEM_FIELDS = new Set(['name', 'value', 'secretkeyref', 'envref']);

/** Self-hosted there is no default secret store: without `auth.secretStore` the value stays empty. */
export function lacksStore(component: Component, options: LintOptions): boolean {
  return options.mode === 'self-hosted' && (component.secretStore?.text ?? '') === '' && !isForKubernetes(component);
}

function isUnset(variable: string, options: LintOptions): boolean {
  return options.environment !== undefined && options.environment[variable] === undefined;
}

/** What an empty value means for a field of the heart. */
function whenEmpty(component: Component, item: MetadataItem): string {
  const name = item.name.toLowerCase();
  if (component.type === 'pubsub.kafka' && (name === 'consumergroup' || name === 'consumerid'))
    return l10n.t('the group is the app id then');
  if (component.type.endsWith('.kafka') && item.name === 'initialOffset') return l10n.t('it starts at newest then');
  return stopsWhenEmpty(component, item) ? l10n.t('daprd stops then') : l10n.t('the field counts as not set then');
}

function whatFollows(component: Component, item: MetadataItem): Pick<Problem, 'consequence'> {
  return stopsWhenEmpty(component, item) ? { consequence: 'daprd-stops' } : {};
}

function allSecretStores(workspace: Workspace): Component[] {
  return workspace.components.filter((c) => c.type.startsWith('secretstores.') && !c.skipped);
}

/** Names of the secret stores beside the component; without any, those of the whole workspace. */
function secretStores(component: Component, workspace: Workspace): string[] {
  const folder = folderOf(component.document.file);
  const stores = workspace.derive(allSecretStores);
  const near = stores.filter((c) => folderOf(c.document.file) === folder);
  return [...new Set((near.length > 0 ? near : stores).map((c) => c.name))];
}

/** The secret store a component waits for in vain: it never starts, whatever else is wrong with it. */
export function missingStore(component: Component, { options, workspace }: RuleContext): Located | undefined {
  const store = component.secretStore;
  if (options.mode !== 'self-hosted' || store === undefined || store.text === '' || store.text === 'kubernetes')
    return undefined;
  if (store.node.templated || component.namespace !== '') return undefined;
  if (!component.metadata.some((item) => item.secretKeyRef !== undefined)) return undefined;
  const stores = workspace.derive(allSecretStores).filter(({ name }) => name === store.text);
  return stores.some((other) => shareAnApp(other, component)) ? undefined : store;
}

/** Fixes that name a secret store beside the component in `auth`. */
export function storesToName(component: Component, workspace: Workspace): Fix[] {
  const spec = entryOf(component.root, 'spec');
  if (spec === undefined || component.root.flow || entryOf(component.root, 'auth') !== undefined) return [];
  const { document } = component;
  return secretStores(component, workspace).map((store) => ({
    title: l10n.t('Use the secret store {0}', store),
    edits: [
      lineAbove(spec.key.range.start, `auth:${eolOf(document.text)}  secretStore: ${JSON.stringify(store)}`, document),
    ],
  }));
}

/** `valueFrom: {secretKeyRef: …}` of Kubernetes as Dapr's own `secretKeyRef`. */
function convertValueFrom(component: Component, item: MetadataItem, entry: MapEntry): Problem['fixes'] {
  const reference = nodeAt(entry.value, 'secretKeyRef');
  const name = textOf(nodeAt(reference, 'name'));
  if (name === undefined || item.node.flow) return [];
  const key = textOf(nodeAt(reference, 'key'));
  const { text } = component.document;
  const indent = ' '.repeat(entry.key.range.start - (text.lastIndexOf('\n', entry.key.range.start - 1) + 1));
  const eol = eolOf(text);
  const lines = ['secretKeyRef:', `${indent}  name: ${JSON.stringify(name)}`];
  if (key !== undefined) lines.push(`${indent}  key: ${JSON.stringify(key)}`);
  return [
    {
      title: l10n.t('Convert to {0}', 'secretKeyRef'),
      edits: [{ range: { start: entry.key.range.start, end: entry.value.range.end }, newText: lines.join(eol) }],
      preferred: true,
    },
  ];
}

export const referenceRules: readonly Rule[] = [
  {
    id: 'K-17',
    severity: 'info',
    *check(component, { options }) {
      if (!component.type.endsWith('.kafka')) return;
      for (const item of [
        looseItemOf(component, 'consumerGroup'),
        itemOf(component, 'consumerID'),
        itemOf(component, 'initialOffset'),
      ]) {
        if (item?.nameNode === undefined) continue;
        const secret = item.secretKeyRef !== undefined && !lacksStore(component, options);
        const env =
          item.secretKeyRef === undefined &&
          item.envRef?.read === true &&
          !isRefused(item.envRef.name) &&
          !isUnset(item.envRef.name, options);
        if (!secret && !env) continue;
        yield {
          range: (item.secretKeyRef ?? item.envRef ?? item).node.range,
          message: l10n.t(
            'Where this component starts cannot be told from its file: {0} comes from elsewhere, and if that is not found it is empty ({1}).',
            item.name,
            whenEmpty(component, item),
          ),
        };
      }
    },
  },
  {
    id: 'K-52',
    severity: 'warning',
    crossFile: true,
    *check(component, { options, workspace }) {
      if (!lacksStore(component, options) || component.document.conditional) return;
      for (const item of component.metadata) {
        if (item.secretKeyRef === undefined) continue;
        const empty = (item.value ?? '') === '';
        const fixes = storesToName(component, workspace);
        yield {
          range: item.secretKeyRef.node.range,
          ...(empty ? whatFollows(component, item) : {}),
          message: empty
            ? l10n.t(
                'Self-hosted there is no secret store without auth.secretStore: daprd warns and leaves {0} empty ({1}).',
                item.name,
                whenEmpty(component, item),
              )
            : l10n.t(
                'Self-hosted there is no secret store without auth.secretStore: daprd uses the plain value of {0}.',
                item.name,
              ),
          fixes,
        };
      }
    },
  },
  {
    id: 'K-53',
    severity: 'warning',
    *check(component, { options }) {
      const unreadable = lacksStore(component, options)
        ? component.metadata.findIndex(({ secretKeyRef, envRef }) => secretKeyRef !== undefined && !envRef?.read)
        : -1;
      for (const [at, item] of component.metadata.entries()) {
        if (item.envRef === undefined) continue;
        const { name, node, read } = item.envRef;
        if (!read)
          yield {
            range: node.range,
            severity: 'info',
            message: l10n.t('daprd does not read this variable: envRef counts only where there is no value at all.'),
          };
        else if (unreadable >= 0 && at > unreadable)
          yield {
            range: node.range,
            ...whatFollows(component, item),
            message: l10n.t(
              'daprd does not come to this variable: it gives up at the secretKeyRef above, for which there is no secret store, and {0} is empty: {1}.',
              item.name,
              whenEmpty(component, item),
            ),
          };
        else if (isRefused(name))
          yield {
            range: node.range,
            ...whatFollows(component, item),
            message: l10n.t(
              'daprd refuses to read the variable {0} (with a warning), and {1} is empty: {2}.',
              name,
              item.name,
              whenEmpty(component, item),
            ),
          };
        else if (isUnset(name, options))
          yield {
            range: node.range,
            ...whatFollows(component, item),
            message: l10n.t(
              'The variable {0} is not set: {1} is empty without a message, {2}.',
              name,
              item.name,
              whenEmpty(component, item),
            ),
          };
      }
    },
  },
  {
    id: 'K-60',
    severity: 'warning',
    *check(component) {
      for (const item of component.metadata)
        for (const entry of item.node.entries) {
          const key = keyText(entry.key);
          if (ITEM_FIELDS.has(key.toLowerCase()) || entry.key.templated || entry.merged) continue;
          const empty = (item.value ?? '') === '' && !item.undecidable;
          yield {
            range: entry.key.range,
            message: empty
              ? l10n.t(
                  'daprd ignores "{0}" here and leaves {1} empty: an item has name and value, secretKeyRef or envRef.',
                  key,
                  item.name === '' ? l10n.t('the item') : item.name,
                )
              : l10n.t('daprd ignores "{0}" here: an item has name and value, secretKeyRef or envRef.', key),
            fixes:
              key === 'valueFrom'
                ? (convertValueFrom(component, item, entry) ?? [])
                : [{ title: l10n.t('Remove "{0}"', key), edits: [remove(entry, component.document)] }],
          };
        }
    },
  },
  {
    id: 'K-62',
    severity: 'error',
    consequence: 'not-loaded',
    crossFile: true,
    *check(component, context) {
      const store = missingStore(component, context);
      if (store === undefined) return;
      const stores = secretStores(component, context.workspace);
      yield {
        range: store.node.range,
        message: l10n.t(
          'daprd never loads this component and still says it is initialised: no secret store {0} is among the components of its apps here, so its subscriptions stay silent.',
          store.text,
        ),
        fixes: stores.map((name) => ({
          title: l10n.t('Use the secret store {0}', name),
          edits: [replaceByText(store.node, name)],
        })),
      };
    },
  },
];
