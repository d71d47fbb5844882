import * as l10n from '@vscode/l10n';
import { authProfiles, componentOf, fieldOf, fieldsOf } from '../../core/dapr/catalog/catalog.ts';
import type { CatalogField } from '../../core/dapr/catalog/component.ts';
import { COMPONENT_TYPES } from '../../core/dapr/catalog/componentTypes.ts';
import type { Workspace } from '../../core/dapr/workspace.ts';
import type { CursorContext } from './cursorContext.ts';
import { kafkaMeaning } from './fieldMeanings.ts';

export interface Suggestion {
  label: string;
  /** What is put in; a snippet of VS Code's syntax when `snippet`. */
  insert: string;
  snippet?: boolean;
  detail?: string;
  documentation?: string;
  kind: 'field' | 'value' | 'reference' | 'type';
}

/** Names that a live cluster knows; empty lists without one. */
export interface ClusterNames {
  topics: string[];
  groups: string[];
}

/** What may stand at a place of a Dapr document; empty for every other YAML. */
export function suggestions(context: CursorContext, workspace: Workspace, names: ClusterNames): Suggestion[] {
  if (!/^\s*["']?apiVersion["']?\s*:\s*["']?dapr\.io\//m.test(context.document)) return [];
  const path = context.path.join('.');
  const type = /^[ \t]+type[ \t]*:[ \t]*["']?([\w.-]+)/m.exec(context.document)?.[1] ?? '';
  if (context.at === 'item' && path === 'spec.metadata.[]') return items(type, context);
  if (context.at === 'key' && path === 'spec.metadata.[]') return items(type, context);
  if (path === 'scopes.[]') return unique(workspace.apps.map((a) => a.id)).map((id) => reference(id, l10n.t('app')));
  if (context.at !== 'value') return [];
  switch (path) {
    case 'kind':
      return ['Component', 'Subscription', 'Configuration', 'Resiliency', 'HTTPEndpoint'].map((k) => value(k));
    case 'apiVersion':
      return ['dapr.io/v1alpha1', 'dapr.io/v2alpha1'].map((v) => value(v));
    case 'spec.type':
      return COMPONENT_TYPES.map((t) => ({ label: t, insert: t, kind: 'type', detail: componentOf(t)?.title ?? '' }));
    case 'spec.version':
      return [value(componentOf(type)?.version ?? 'v1')];
    case 'spec.metadata.[].name':
      return missing(type, context).map((field) => ({ ...described(type, field), insert: field.name }));
    case 'spec.metadata.[].value':
      return values(type, context.siblings['name'] ?? '', names);
    case 'spec.pubsubname':
      return workspace.components.filter((c) => c.type.startsWith('pubsub.')).map((c) => reference(c.name, c.type));
    case 'spec.topic':
    case 'spec.deadLetterTopic':
      return names.topics.map((t) => reference(t, l10n.t('topic of a connected cluster')));
    case 'auth.secretStore':
      return workspace.components
        .filter((c) => c.type.startsWith('secretstores.'))
        .map((c) => reference(c.name, c.type));
    default:
      return [];
  }
}

/** Whole items for the names that are still missing. Required ones of the chosen way to log in stand first. */
function items(type: string, context: CursorContext): Suggestion[] {
  const dash = context.at === 'item' || context.path.at(-1) === '[]' ? '' : '- ';
  const pad = ' '.repeat(context.indentation);
  return missing(type, context).map((field) => ({
    ...described(type, field),
    snippet: true,
    insert:
      field.sensitive === true
        ? `${dash}name: ${field.name}\n${pad}secretKeyRef:\n${pad}  name: \${1:secret}\n${pad}  key: \${2:${field.name}}`
        : `${dash}name: ${field.name}\n${pad}value: ${placeholder(field)}`,
  }));
}

function placeholder(field: CatalogField): string {
  if (field.allowedValues) return `\${1|${field.allowedValues.join(',')}|}`;
  if (field.type === 'bool') return '"${1|true,false|}"';
  return `"\${1:${field.example ?? field.default ?? ''}}"`;
}

function missing(type: string, context: CursorContext): CatalogField[] {
  const present = new Set(
    [...context.document.matchAll(/-[ \t]+name[ \t]*:[ \t]*["']?([\w.-]+)/g)].map((m) => m[1]?.toLowerCase()),
  );
  if (context.typed !== '') present.delete(context.typed.toLowerCase());
  const authType = /name[ \t]*:[ \t]*["']?authType["']?\s+value[ \t]*:[ \t]*["']?(\w+)/i
    .exec(context.document)?.[1]
    ?.toLowerCase();
  const profiles = authProfiles(type);
  const chosen = profiles.find((p) => p.authType === authType);
  const needed = new Set(chosen?.fields.filter((f) => f.required === true).map((f) => f.name));
  // Fields that only another way to log in reads would be ignored.
  const foreign = new Set(
    chosen ? profiles.filter((p) => p !== chosen).flatMap((p) => p.fields.map((f) => f.name)) : [],
  );
  for (const field of chosen?.fields ?? []) foreign.delete(field.name);
  return fieldsOf(type)
    .filter((f) => f.deprecated === undefined && !present.has(f.name.toLowerCase()) && !foreign.has(f.name))
    .toSorted((a, b) => rank(a, needed) - rank(b, needed));
}

const rank = (field: CatalogField, needed: ReadonlySet<string>) =>
  field.required === true || needed.has(field.name) ? 0 : 1;

function described(type: string, field: CatalogField): Omit<Suggestion, 'insert'> {
  const detail = [
    field.required === true ? l10n.t('required') : '',
    field.default === undefined ? '' : l10n.t('default in code `{0}`', field.default).replaceAll('`', ''),
  ].filter((t) => t !== '');
  const meaning = type.endsWith('.kafka') ? kafkaMeaning(field.name) : undefined;
  return {
    label: field.name,
    kind: 'field',
    ...(detail.length === 0 ? {} : { detail: detail.join(' · ') }),
    ...(meaning === undefined ? {} : { documentation: meaning }),
  };
}

function values(type: string, name: string, names: ClusterNames): Suggestion[] {
  const field = fieldOf(type, name);
  if (field?.allowedValues)
    return field.allowedValues.map((v) => value(v, v === field.default ? l10n.t('default') : ''));
  if (field?.type === 'bool') return ['"true"', '"false"'].map((v) => value(v));
  if (field?.type === 'duration') return ['100ms', '1s', '5s', '30s', '1m'].map((v) => value(v));
  if (name.toLowerCase() === 'consumergroup' || name === 'consumerID')
    return [
      ...names.groups.map((g) => reference(g, l10n.t('group of a connected cluster'))),
      value('"{appID}"', l10n.t('the app id')),
      value('"{namespace}"', l10n.t('namespace and app id; also put before the topic')),
      value('"{podName}"', l10n.t('one group per pod')),
      value('"{uuid}"', l10n.t('a new group at every start')),
    ];
  if (name === 'authType')
    return authProfiles(type).flatMap((p) => (p.authType === undefined ? [] : [value(p.authType, p.title)]));
  if (name === 'topics' || name === 'publishTopic')
    return names.topics.map((t) => reference(t, l10n.t('topic of a connected cluster')));
  return field?.example === undefined ? [] : [value(field.example, l10n.t('example'))];
}

const value = (text: string, detail = ''): Suggestion => ({
  label: text,
  insert: text,
  kind: 'value',
  ...(detail === '' ? {} : { detail }),
});
const reference = (text: string, detail: string): Suggestion => ({
  label: text,
  insert: text,
  kind: 'reference',
  detail,
});
const unique = (texts: string[]) => [...new Set(texts)];
