import * as l10n from '@vscode/l10n';
import { fieldOf } from '../catalog/catalog.ts';
import { itemOf, valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import type { Fix } from '../finding.ts';
import type { Document } from '../resources/document.ts';
import { entryOf } from '../yaml/nodes.ts';
import { scalarToText } from '../yaml/scalars.ts';
import { isUnreachable } from './brokers.ts';
import { quote, replaceByText } from './edits.ts';
import type { Rule } from './rule.ts';
import { isRefused } from './variables.ts';

/** Fields of Kafka that daprd checks letter by letter: what is not right stops it. */
const STRICT = new Set(['initialoffset', 'version', 'authtype']);

function isStrict(component: Component, item: MetadataItem): boolean {
  if (!component.type.endsWith('.kafka')) return false;
  const field = fieldOf(component.type, item.name);
  if (field === undefined) return false;
  if (field.name === 'initialOffset') return item.name === 'initialOffset';
  return STRICT.has(item.name.toLowerCase());
}

/** A placeholder in such a field is no value daprd accepts. */
function isChecked(component: Component, item: MetadataItem): boolean {
  if (isStrict(component, item)) return true;
  if (!component.type.endsWith('.kafka')) return false;
  const field = fieldOf(component.type, item.name);
  if (field?.name === 'brokers') return isUnreachable(item.value ?? '');
  return (
    field !== undefined &&
    (field.type === 'duration' || field.type === 'number' || ['compression', 'backOffPolicy'].includes(field.name))
  );
}

const TEMPLATE_AT_START =
  /^[^\S\r\n]*(?:-[^\S\r\n]+)?["']?value["']?[^\S\r\n]*:[^\S\r\n]+(\{\{?(?:uuid|podName|namespace|appID)\}\}?[^\r\n#]*?)[^\S\r\n]*(?:#[^\r\n]*)?\r?$/gim;

/**
 * In a document that does not parse: the unquoted values that begin with a Dapr tag, which YAML takes for a map.
 * Where this finds something it is the cause, and the general syntax error is not told as well.
 */
export function unquotedTags(document: Document): { start: number; end: number }[] {
  if (document.error === undefined || document.resource === undefined) return [];
  return [...document.text.matchAll(TEMPLATE_AT_START)].flatMap((match) => {
    const value = match[1] ?? '';
    if (/^\{\w+\}$/.test(value)) return [];
    const start = match.index + match[0].indexOf(value);
    return [{ start, end: start + value.length }];
  });
}

/** `.inf` or `.nan`: the reason why this document has no JSON form. */
export function isNotANumberError(document: Document): boolean {
  return document.error?.reason.startsWith('json: unsupported value') === true;
}

export const scalarRules: readonly Rule[] = [
  {
    id: 'K-54',
    severity: 'warning',
    on: 'document',
    *check(document) {
      for (const range of unquotedTags(document))
        yield {
          range,
          severity: 'error',
          consequence: 'not-loaded',
          message: l10n.t(
            'daprd skips this document: without quotes YAML takes {0} for the start of a map, and what follows is a syntax error.',
            document.text.slice(range.start, range.end),
          ),
          fixes: [
            {
              title: l10n.t('Put quotes around it'),
              edits: [{ range, newText: JSON.stringify(document.text.slice(range.start, range.end)) }],
              preferred: true,
            },
          ],
        };
      if (document.resource?.kind !== 'component') return;
      for (const item of document.resource.metadata) {
        const { valueNode } = item;
        if (valueNode?.kind !== 'map' || !valueNode.flow) continue;
        const source = document.text.slice(valueNode.range.start, valueNode.range.end);
        if (!/^\{\s*[\w.-]+\s*\}$/.test(source)) continue;
        yield {
          range: valueNode.range,
          message: l10n.t(
            'Without quotes this is a YAML map, not a Dapr tag: {0} becomes the text {1}.',
            item.name,
            item.value ?? '',
          ),
          fixes: [
            {
              title: l10n.t('Put quotes around it'),
              edits: [{ range: valueNode.range, newText: JSON.stringify(source) }],
              preferred: true,
            },
          ],
        };
      }
    },
  },
  {
    id: 'K-55',
    severity: 'warning',
    on: 'document',
    *check(document) {
      if (document.error !== undefined) {
        if (document.resource === undefined || !isNotANumberError(document)) return;
        const { range } = document.error;
        const text = document.text.slice(range.start, range.end);
        yield {
          range,
          severity: 'error',
          consequence: 'not-loaded',
          message: l10n.t('daprd skips this document: {0} without quotes is a number that JSON does not have.', text),
          fixes: [
            {
              title: l10n.t('Put quotes around it'),
              edits: [{ range, newText: JSON.stringify(text) }],
              preferred: true,
            },
          ],
        };
        return;
      }
      if (document.resource?.kind !== 'component') return;
      const component = document.resource;
      for (const item of component.metadata) {
        const node = item.valueNode;
        if (node?.kind !== 'scalar' || node.style !== 'plain' || node.alias || node.value === null || node.templated)
          continue;
        const field = fieldOf(component.type, item.name);
        if (field !== undefined && field.type !== 'string') continue;
        // Of a field nobody here knows a word like yes may well be meant as a boolean.
        if (field === undefined && typeof node.value === 'boolean') continue;
        const read = scalarToText(node.value);
        if (read === node.text) continue;
        yield {
          range: node.range,
          message: l10n.t('Without quotes daprd reads {0} as {1}, by the rules of YAML 1.1.', node.text, read),
          fixes: [{ title: l10n.t('Put quotes around it'), edits: [quote(node, document)], preferred: true }],
        };
      }
    },
  },
  {
    id: 'K-56',
    severity: 'warning',
    *check(component) {
      for (const item of component.metadata) {
        const node = item.valueNode;
        if (node?.kind !== 'scalar' || (node.style !== 'literal' && node.style !== 'folded') || node.alias) continue;
        if (itemOf(component, item.name) !== item) continue;
        const field = fieldOf(component.type, item.name);
        const single = node.text.replace(/\n+$/, '');
        if (!node.text.endsWith('\n') || single.includes('\n') || field === undefined || field.pem === true) continue;
        if (field.type === 'bool' || /^(?:-----BEGIN|\{)/.test(single)) continue;
        const strict = isStrict(component, item);
        yield {
          range: node.range,
          ...(strict ? { severity: 'error', consequence: 'daprd-stops' } : {}),
          message: strict
            ? l10n.t(
                'daprd stops: the newline at the end of the block belongs to the value, and {0} does not allow one.',
                item.name,
              )
            : l10n.t('The newline at the end of the block belongs to the value: {0} is "{1}\\n".', item.name, single),
          fixes: [
            {
              title: l10n.t('Write it as one quoted line'),
              edits: [replaceByText(asQuoted(node), single)],
              preferred: true,
            },
          ],
        };
      }
    },
  },
  {
    id: 'K-57',
    severity: 'warning',
    *check(component) {
      if (component.document.templated) return;
      for (const item of component.metadata) {
        const node = item.valueNode;
        if (item.placeholder === undefined || node?.kind !== 'scalar' || valueOf(item).known) continue;
        if (item.secretKeyRef !== undefined || item.name === 'excludeHeaderMetaRegex') continue;
        const at = node.alias ? -1 : component.document.text.indexOf(item.placeholder, node.range.start);
        const inside = at >= 0 && at + item.placeholder.length <= node.range.end;
        yield {
          range: inside ? { start: at, end: at + item.placeholder.length } : node.range,
          ...(isChecked(component, item) ? { consequence: 'daprd-stops' } : {}),
          message: l10n.t(
            'daprd does not replace {0}: it uses the text as it is. Replace it before the file is used, or take the value from envRef or secretKeyRef.',
            item.placeholder,
          ),
          fixes: fromEnvironment(item, item.placeholder),
        };
      }
    },
  },
];

/** A value that is nothing but a variable becomes a reference to it, where daprd reads variables of that name. */
function fromEnvironment(item: MetadataItem, placeholder: string): Fix[] {
  const entry = entryOf(item.node, 'value');
  const variable = /^(?:\$\{|\$\(|%|\{env:)(\w+)(?:\}|\)|%)$/.exec(placeholder)?.[1];
  if (variable === undefined || isRefused(variable) || entry === undefined || item.value !== placeholder) return [];
  const range = { start: entry.key.range.start, end: entry.value.range.end };
  return [
    { title: l10n.t('Take it from the variable {0}', variable), edits: [{ range, newText: `envRef: ${variable}` }] },
  ];
}

/** Blocks have no quotes to keep: the line that replaces one gets double quotes. */
function asQuoted(node: Extract<MetadataItem['valueNode'], { kind: 'scalar' }>): typeof node {
  return { ...node, style: 'double' };
}
