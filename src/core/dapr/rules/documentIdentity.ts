import * as l10n from '@vscode/l10n';
import { editDistance } from '../catalog/nearest.ts';
import { isValidName } from '../resources/component.ts';
import type { Document } from '../resources/document.ts';
import type { Fix } from '../finding.ts';
import { entryOf, nodeAt, textOf, type MapNode, type YamlNode } from '../yaml/nodes.ts';
import { eolOf, lineAbove, replaceByText } from './edits.ts';
import { isTemplated, replaceFix } from './replaceFix.ts';
import type { Problem, Rule } from './rule.ts';

/** Kind -> apiVersions that daprd reads (self-hosted: RT:pkg/internal/loader/disk/manifest.go:140-142). */
const KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Component', ['dapr.io/v1alpha1']],
  ['Configuration', ['dapr.io/v1alpha1']],
  ['Subscription', ['dapr.io/v1alpha1', 'dapr.io/v2alpha1']],
  // Read under any apiVersion (executed).
  ['Resiliency', []],
  ['HTTPEndpoint', ['dapr.io/v1alpha1']],
]);

function* identity(document: Document): Generator<Problem> {
  const { root, resource } = document;
  if (root?.kind !== 'map' || resource === undefined) return;
  const kind = entryOf(root, 'kind')?.value;
  const apiVersion = entryOf(root, 'apiVersion')?.value;
  if (isTemplated(kind) || isTemplated(apiVersion) || document.conditional) return;
  const meant =
    resource.kind === 'component'
      ? 'Component'
      : resource.kind === 'subscription'
        ? 'Subscription'
        : kindMeant(document.kind);
  const skipped = l10n.t('daprd skips this document without a message and runs without it');
  if (meant !== undefined && document.kind !== meant)
    yield {
      range: (kind ?? root).range,
      message:
        kind === undefined
          ? l10n.t('{0}: kind is missing.', skipped)
          : l10n.t('{0}: kind must be exactly {1}, not "{2}".', skipped, meant, document.kind),
      fixes: replaceFix(kind, meant),
    };
  // Of another API: a Dapr resource is lost above it (C-14).
  const foreign = resource.kind === 'other' && !/dapr/i.test(document.apiVersion);
  const allowed = foreign ? undefined : KINDS.get(meant ?? document.kind);
  if (allowed?.length && !allowed.includes(document.apiVersion))
    yield {
      range: (apiVersion ?? root).range,
      message:
        apiVersion === undefined
          ? l10n.t('{0}: apiVersion is missing.', skipped)
          : l10n.t(
              '{0}: apiVersion of a {1} must be {2}, not "{3}".',
              skipped,
              meant ?? document.kind,
              allowed.join(', '),
              document.apiVersion,
            ),
      fixes: replaceFix(apiVersion, allowed.at(-1) ?? 'dapr.io/v1alpha1'),
    };
  const name = nodeAt(root, 'metadata', 'name');
  const text = textOf(name);
  if (
    resource.kind !== 'other' &&
    name !== undefined &&
    !isTemplated(name) &&
    text !== undefined &&
    text !== '' &&
    !isValidName(text)
  )
    yield {
      range: name.range,
      message: l10n.t(
        'daprd skips this document with a warning (invalid name "{0}" for "{1}") and runs without it.',
        text,
        document.kind,
      ),
      fixes: replaceFix(name, text.replace(/[/%]+/g, '-').replace(/^\.+$/, 'component')),
    };
}

/** The known kind somebody meant by another spelling; undefined: nothing near, or spelled well. */
function kindMeant(kind: string): string | undefined {
  if (kind === '' || KINDS.has(kind)) return undefined;
  return [...KINDS.keys()].find(
    (known) => known.toLowerCase() === kind.toLowerCase() || editDistance(known.toLowerCase(), kind.toLowerCase()) <= 2,
  );
}

/** The name of the file, where the component has none. */
function addName(root: MapNode, nameNode: YamlNode | undefined, document: Document): Fix[] {
  const file = document.file.slice(document.file.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const name = file.replace(/[^\w.-]+/g, '-');
  if (!isValidName(name) || root.flow) return [];
  const title = l10n.t('Add {0}', `name: ${name}`);
  if (nameNode !== undefined) return [{ title, edits: [replaceByText(nameNode, name)] }];
  const metadata = entryOf(root, 'metadata')?.value;
  const first = metadata?.kind === 'map' && !metadata.flow ? metadata.entries[0] : undefined;
  if (first !== undefined && !first.merged)
    return [{ title, edits: [lineAbove(first.key.range.start, `name: ${name}`, document)] }];
  const spec = entryOf(root, 'spec');
  if (metadata !== undefined || spec === undefined) return [];
  const eol = eolOf(document.text);
  return [{ title, edits: [lineAbove(spec.key.range.start, `metadata:${eol}  name: ${name}`, document)] }];
}

export const documentIdentityRules: readonly Rule[] = [
  { id: 'C-01', severity: 'error', consequence: 'not-loaded', on: 'document', check: identity },
  {
    id: 'C-07',
    severity: 'error',
    consequence: 'not-loaded',
    *check({ name, nameNode, root, document }) {
      if (name !== '' || isTemplated(nameNode) || document.conditional || document.kind.toLowerCase() !== 'component')
        return;
      const metadata = entryOf(root, 'metadata')?.value;
      yield {
        range: (nameNode ?? metadata ?? root).range,
        message: l10n.t('daprd ignores this component without a message: it has no metadata.name.'),
        fixes: addName(root, nameNode, document),
      };
    },
  },
];
