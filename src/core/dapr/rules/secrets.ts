import * as l10n from '@vscode/l10n';
import { componentOf, fieldOf } from '../catalog/catalog.ts';
import { valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import type { Fix } from '../finding.ts';
import { lacksStore, storesToName } from './references.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A text that stands for a value to be filled in, or that names no secret. */
const PLACEHOLDER =
  /\$\{|\$\(|\{env:|<[A-Za-z].*>|%[A-Z_]+%|^\$ConnectionString$|^\*+$|^(?:TODO|CHANGEME|REPLACE_ME|your[-_ ].*|xxx+)$/i;

/** Addresses and connection strings are only secret when they carry credentials; a key may be named by its file. */
function carriesSecret(name: string, text: string): boolean {
  if (/key$/i.test(name) && /^private/i.test(name)) return text.includes('-----BEGIN');
  if (!/^(host|url|connectionString|storageConnectionString)$/i.test(name)) return true;
  return /:\/\/[^/@\s]*:[^/@\s]+@|(?:AccountKey|SharedAccessKey|SharedAccessSignature|password)\s*=/i.test(text);
}

/** `value: x` becomes `secretKeyRef:` with a secret named after the component. */
function toSecret(component: Component, item: MetadataItem, context: RuleContext): Fix[] {
  const { valueNode } = item;
  const entry = item.node.entries.find((candidate) => candidate.value === valueNode);
  if (entry === undefined || valueNode === undefined) return [];
  const secret = `${component.name === '' ? 'kafka' : component.name}-secrets`;
  const { text } = component.document;
  const range = { start: entry.key.range.start, end: valueNode.range.end };
  const source = text.slice(range.start, range.end);
  if (source.includes('\n') && item.node.flow) return [];
  const naming = lacksStore(component, context.options)
    ? (storesToName(component, context.workspace)[0]?.edits ?? [])
    : [];
  return [
    {
      title: l10n.t('Read it from a secret'),
      edits: [
        ...naming,
        {
          range,
          newText: `secretKeyRef: {name: ${JSON.stringify(secret)}, key: ${JSON.stringify(item.name)}}${source.endsWith('\n') ? '\n' : ''}`,
        },
      ],
    },
  ];
}

export const secretRules: readonly Rule[] = [
  {
    id: 'K-44',
    severity: 'warning',
    // The fix names a secret store of the workspace.
    crossFile: true,
    *check(component, context) {
      if (componentOf(component.type) === undefined) return;
      for (const item of component.metadata) {
        const value = valueOf(item);
        if (!value.known || value.text === '' || item.valueNode?.kind !== 'scalar') continue;
        if (
          fieldOf(component.type, item.name)?.sensitive !== true ||
          PLACEHOLDER.test(value.text) ||
          !carriesSecret(item.name, value.text)
        )
          continue;
        yield {
          range: item.valueNode.range,
          message: l10n.t(
            '{0} is a secret and stands here as plain text: read it from a secret store with secretKeyRef.',
            item.name,
          ),
          fixes: toSecret(component, item, context),
        };
      }
    },
  },
];
