import * as l10n from '@vscode/l10n';
import { componentOf } from '../../core/dapr/catalog/catalog.ts';
import { VERSION } from '../../core/dapr/catalog/component.ts';
import { completableFields, completableValues, type CompletableField } from '../../core/dapr/catalog/completion.ts';
import { COMPONENT_TYPES } from '../../core/dapr/catalog/componentTypes.ts';
import { fieldHelp, valueHelp } from '../../core/dapr/catalog/help.ts';
import type { HelpTexts } from '../../core/dapr/help/helpTexts.ts';
import type { Workspace } from '../../core/dapr/workspace.ts';
import { cursorContext, type CursorContext } from './cursorContext.ts';

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

/** What may be typed at an offset (UTF-16 units) of a text, and the part of it that stands there already. */
export function suggestionsAt(
  text: string,
  offset: number,
  workspace: Workspace,
  names: ClusterNames,
  help: HelpTexts,
): { typed: string; list: Suggestion[] } {
  const context = cursorContext(text, offset);
  return context
    ? { typed: context.typed, list: suggestions(context, workspace, names, help) }
    : { typed: '', list: [] };
}

/** What may stand at a place of a Dapr document; empty for every other YAML. */
export function suggestions(
  context: CursorContext,
  workspace: Workspace,
  names: ClusterNames,
  help: HelpTexts,
): Suggestion[] {
  if (!/^\s*["']?apiVersion["']?\s*:\s*["']?dapr\.io\//m.test(context.document)) return [];
  const path = context.path.join('.');
  const type = /^[ \t]+type[ \t]*:[ \t]*["']?([\w.-]+)/m.exec(context.document)?.[1] ?? '';
  if (context.at === 'item' && path === 'spec.metadata.[]') return items(type, context, help);
  if (context.at === 'key' && path === 'spec.metadata.[]') return items(type, context, help);
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
      return [value(VERSION)];
    case 'spec.metadata.[].name':
      return missing(type, context).map((field) => ({ ...described(type, field, help), insert: field.name }));
    case 'spec.metadata.[].value':
      return values(type, context.siblings['name'] ?? '', names);
    case 'spec.pubsubname':
      return workspace.components.filter((c) => c.type.startsWith('pubsub.')).map((c) => reference(c.name, c.type));
    case 'spec.topic':
    case 'spec.deadLetterTopic':
      return names.topics.map((t) => reference(t, l10n.t('topic of a connected cluster')));
    case 'spec.metadata.rawPayload':
      return ['"true"', '"false"'].map((v) => value(v));
    case 'spec.metadata.valueSchemaType':
      return ['avro', 'none'].map((v) => value(v));
    case 'auth.secretStore':
      return workspace.components
        .filter((c) => c.type.startsWith('secretstores.'))
        .map((c) => reference(c.name, c.type));
    default:
      return [];
  }
}

/** Whole items for the names that are still missing. Required ones of the chosen way to log in stand first. */
function items(type: string, context: CursorContext, help: HelpTexts): Suggestion[] {
  const dash = context.at === 'item' || context.path.at(-1) === '[]' ? '' : '- ';
  const pad = ' '.repeat(context.indentation);
  return missing(type, context).map((field) => ({
    ...described(type, field, help),
    snippet: true,
    insert:
      field.sensitive === true
        ? `${dash}name: ${field.name}\n${pad}secretKeyRef:\n${pad}  name: \${1:secret}\n${pad}  key: \${2:${field.name}}`
        : `${dash}name: ${field.name}\n${pad}value: ${placeholder(field)}`,
  }));
}

function placeholder(field: CompletableField): string {
  if (field.allowedValues) return `\${1|${field.allowedValues.join(',')}|}`;
  if (field.type === 'bool') return '"${1|true,false|}"';
  return `"\${1:${field.example ?? field.codeDefault ?? ''}}"`;
}

function missing(type: string, context: CursorContext): CompletableField[] {
  const names = [...context.document.matchAll(/-[ \t]+name[ \t]*:[ \t]*["']?([\w.-]+)/g)].map((m) => m[1] ?? '');
  const present = names.filter((name) => name !== context.typed);
  const authType = /name[ \t]*:[ \t]*["']?authType["']?\s+value[ \t]*:[ \t]*["']?(\w+)/i.exec(context.document)?.[1];
  return completableFields(type, present, authType);
}

function described(type: string, field: CompletableField, texts: HelpTexts): Omit<Suggestion, 'insert'> {
  const help = fieldHelp(type, field.name, texts);
  return {
    label: field.name,
    kind: 'field',
    ...(field.missing ? { detail: l10n.t('required') } : {}),
    documentation: [help?.meaning, help?.facts.join(' ')].filter((t) => t !== undefined).join('\n\n'),
  };
}

function values(type: string, name: string, names: ClusterNames): Suggestion[] {
  const lower = name.toLowerCase();
  const known = completableValues(type, name).map((text) =>
    value(/[{}:#]/.test(text) ? `"${text}"` : text, valueHelp(type, name, text)),
  );
  if (lower === 'consumergroup' || lower === 'consumerid')
    return [...names.groups.map((g) => reference(g, l10n.t('group of a connected cluster'))), ...known];
  if (lower === 'topics' || lower === 'publishtopic')
    return [...names.topics.map((t) => reference(t, l10n.t('topic of a connected cluster'))), ...known];
  return known;
}

const value = (text: string, documentation?: string): Suggestion => ({
  label: text,
  insert: text,
  kind: 'value',
  ...(documentation === undefined ? {} : { documentation }),
});
const reference = (text: string, detail: string): Suggestion => ({
  label: text,
  insert: text,
  kind: 'reference',
  detail,
});
const unique = (texts: string[]) => [...new Set(texts)];
