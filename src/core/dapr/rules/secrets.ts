import * as l10n from '@vscode/l10n';
import { componentOf, fieldOf } from '../catalog/catalog.ts';
import { valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import type { Fix } from '../finding.ts';
import { lacksStore, storesToName } from './references.ts';
import type { Rule, RuleContext } from './rule.ts';
import { isRefused } from './variables.ts';

/** A text that stands for a value to be filled in, or that names no secret. */
const PLACEHOLDER =
  /\$\{|\$\(|\{env:|<[A-Za-z].*>|%[A-Z_]+%|^\$ConnectionString$|^\*+$|^(?:TODO|CHANGEME|REPLACE_ME|your[-_ ].*|xxx+)$/i;

/** Addresses and connection strings are only secret when they carry credentials; a key may be named by its file. */
function carriesSecret(name: string, text: string): boolean {
  if (/key$/i.test(name) && /^private/i.test(name)) return text.includes('-----BEGIN');
  if (!/^(host|url|connectionString|storageConnectionString)$/i.test(name)) return true;
  return /:\/\/[^/@\s]*:[^/@\s]+@|(?:AccountKey|SharedAccessKey|SharedAccessSignature|password)\s*=/i.test(text);
}

/**
 * `value: x` becomes `secretKeyRef:` with a secret named after the component. Where that leaves it without a secret store
 * (K-52) its title says so, and a variable of the environment comes first, which needs none.
 */
function elsewhere(component: Component, item: MetadataItem, context: RuleContext): Fix[] {
  const { valueNode } = item;
  const entry = item.node.entries.find((candidate) => candidate.value === valueNode);
  if (entry === undefined || valueNode === undefined) return [];
  const owner = component.name === '' ? 'kafka' : component.name;
  const { text } = component.document;
  const range = { start: entry.key.range.start, end: valueNode.range.end };
  const source = text.slice(range.start, range.end);
  if (source.includes('\n') && item.node.flow) return [];
  const instead = (key: string) => ({ range, newText: key + (source.endsWith('\n') ? '\n' : '') });
  const secret = instead(
    `secretKeyRef: {name: ${JSON.stringify(`${owner}-secrets`)}, key: ${JSON.stringify(item.name)}}`,
  );
  const lacking = lacksStore(component, context.options);
  const store = lacking ? storesToName(component, context.workspace)[0] : undefined;
  if (!lacking || store !== undefined)
    return [{ title: l10n.t('Read it from a secret'), edits: [...(store?.edits ?? []), secret] }];
  const variable = variableFor(owner, item.name);
  return [
    {
      title: l10n.t('Read it from the environment variable {0}', variable),
      edits: [instead(`envRef: ${variable}`)],
    },
    { title: l10n.t('Read it from a secret (auth.secretStore is still to be added)'), edits: [secret] },
  ];
}

/** e.g. `KAFKA_PUBSUB_SASL_PASSWORD`. */
function variableFor(owner: string, field: string): string {
  const name = `${owner}_${field.replace(/([a-z])(?=[A-Z])/g, '$1_')}`.replace(/\W+/g, '_').toUpperCase();
  return isRefused(name) || /^\d/.test(name) ? `KAFKA_${name}` : name;
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
          fixes: elsewhere(component, item, context),
        };
      }
    },
  },
];
