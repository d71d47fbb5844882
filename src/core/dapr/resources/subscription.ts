import { entryOf, nodeAt, textOf, type MapEntry, type MapNode, type YamlNode } from '../yaml/nodes.ts';
import { isValidName, located, readScopes, type Located } from './component.ts';
import { misfits, type Misfit } from './decoding.ts';
import type { Document } from './document.ts';

export interface Subscription {
  kind: 'subscription';
  document: Document;
  root: MapNode;
  /** A Subscription may lack a name. */
  name: string;
  version: 'v1alpha1' | 'v2alpha1' | undefined;
  pubsubname: Located | undefined;
  topic: Located | undefined;
  deadLetterTopic: Located | undefined;
  /** v1alpha1 */
  route: Located | undefined;
  /** v2alpha1 */
  routesEntry: MapEntry | undefined;
  rules: { node: YamlNode; match: Located | undefined; path: Located | undefined }[];
  defaultRoute: Located | undefined;
  bulkSubscribe: YamlNode | undefined;
  metadata: MapEntry[];
  scopes: Located[] | undefined;
  misfits: readonly Misfit[];
  /** daprd skips the document: it does not decode, or does not say what it is. */
  skipped: boolean;
  /** Made in code, and who told it; undefined: a Subscription in a file. */
  told?: { by: 'hand' } | { by: 'sidecar'; from: string };
}

export function readSubscription(document: Document, root: MapNode): Subscription {
  const spec = entryOf(root, 'spec')?.value;
  const read = subscriptionFrom(document, root, spec, readScopes(entryOf(root, 'scopes')?.value));
  const unfit = misfits('subscription', root);
  return {
    ...read,
    misfits: unfit,
    skipped:
      document.lost > 0 ||
      document.kind !== 'Subscription' ||
      read.version === undefined ||
      !(read.name === '' || isValidName(read.name)) ||
      unfit.length > 0,
  };
}

/** The app gets batches. */
export function isBulk(subscription: Subscription | undefined): boolean {
  const enabled = nodeAt(subscription?.bulkSubscribe, 'enabled');
  return enabled?.kind === 'scalar' && enabled.value === true;
}

/** A subscription whose fields stand in `spec`. */
export function subscriptionFrom(
  document: Document,
  root: MapNode,
  spec: YamlNode | undefined,
  scopes: Located[] | undefined,
): Subscription {
  const routesEntry = entryOf(spec, 'routes');
  const rules = nodeAt(routesEntry?.value, 'rules');
  const metadata = entryOf(spec, 'metadata')?.value;
  return {
    kind: 'subscription',
    document,
    root,
    name: textOf(nodeAt(root, 'metadata', 'name')) ?? '',
    version:
      document.apiVersion === 'dapr.io/v1alpha1'
        ? 'v1alpha1'
        : document.apiVersion === 'dapr.io/v2alpha1'
          ? 'v2alpha1'
          : undefined,
    pubsubname: located(nodeAt(spec, 'pubsubname')),
    topic: located(nodeAt(spec, 'topic')),
    deadLetterTopic: located(nodeAt(spec, 'deadLetterTopic')),
    route: located(nodeAt(spec, 'route')),
    routesEntry,
    rules:
      rules?.kind === 'seq'
        ? rules.items.map((node) => ({
            node,
            match: located(nodeAt(node, 'match')),
            path: located(nodeAt(node, 'path')),
          }))
        : [],
    defaultRoute: located(nodeAt(routesEntry?.value, 'default')),
    bulkSubscribe: nodeAt(spec, 'bulkSubscribe'),
    metadata: metadata?.kind === 'map' ? metadata.entries : [],
    scopes,
    misfits: [],
    skipped: false,
  };
}
