import { entryOf, textOf, type MapNode, type YamlNode } from '../yaml/nodes.ts';

/**
 * What Go's structs take: any scalar as text, a real boolean or integer, a list, a map of texts, or fields of a struct.
 * Unknown fields do not matter, null fits everything.
 */
type Shape = 'text' | 'string' | 'bool' | 'integer' | 'texts' | [Shape] | { readonly [field: string]: Shape };

const METADATA: Shape = { name: 'text', namespace: 'text', labels: 'texts', annotations: 'texts' };
const BULK: Shape = { enabled: 'bool', maxMessagesCount: 'integer', maxAwaitDurationMs: 'integer' };

/** RT:pkg/apis/components/v1alpha1/types.go:37-116 */
const COMPONENT: Shape = {
  metadata: METADATA,
  spec: {
    type: 'text',
    version: 'text',
    initTimeout: 'text',
    ignoreErrors: 'bool',
    metadata: [{ name: 'text', secretKeyRef: { name: 'text', key: 'text' }, envRef: 'text' }],
  },
  auth: { secretStore: 'text' },
  // Here, other than anywhere else, a number or boolean does not become a text (executed).
  scopes: ['string'],
};

/** RT:pkg/apis/subscriptions/v1alpha1/types.go:36-62, v2alpha1/types.go:36-93 */
const SUBSCRIPTION: Shape = {
  metadata: METADATA,
  spec: {
    pubsubname: 'text',
    topic: 'text',
    deadLetterTopic: 'text',
    route: 'text',
    routes: { rules: [{ match: 'text', path: 'text' }], default: 'text' },
    bulkSubscribe: BULK,
    metadata: 'texts',
  },
  scopes: ['text'],
};

/** A value that keeps its whole document from decoding. */
export interface Misfit {
  node: YamlNode;
  /** e.g. `spec.type`; `spec.metadata[]` for an item of a list. */
  path: string;
  wanted: 'text' | 'string' | 'bool' | 'integer' | 'list' | 'map';
}

/** What keeps daprd from reading a component or subscription: it skips the whole document. */
export function misfits(kind: 'component' | 'subscription', root: MapNode): readonly Misfit[] {
  const found: Misfit[] = [];
  collect(root, kind === 'component' ? COMPONENT : SUBSCRIPTION, '', found);
  if (found.length === 0) return found;
  // v1alpha1 knows no routes, v2alpha1 no route: whatever stands there.
  const unknown = /v1/.test(textOf(entryOf(root, 'apiVersion')?.value) ?? '') ? 'spec.routes' : 'spec.route';
  return found.filter(({ path }) => path.split(/[.[]/, 2).join('.') !== unknown);
}

function collect(node: YamlNode | undefined, shape: Shape, path: string, found: Misfit[]): void {
  if (node === undefined || (node.kind === 'scalar' && (node.templated || node.value === null))) return;
  const wanted = wantedBy(shape);
  if (!fits(node, wanted)) found.push({ node, path, wanted });
  else if (Array.isArray(shape)) {
    if (node.kind === 'seq') for (const item of node.items) collect(item, shape[0], `${path}[]`, found);
  } else if (node.kind !== 'map') return;
  else if (shape === 'texts')
    for (const entry of node.entries) collect(entry.value, 'text', `${path}.${entry.key.text}`, found);
  else if (typeof shape === 'object')
    for (const field in shape) {
      const inner = shape[field];
      const value = inner === undefined ? undefined : entryOf(node, field)?.value;
      if (inner !== undefined && value !== undefined)
        collect(value, inner, path === '' ? field : `${path}.${field}`, found);
    }
}

function wantedBy(shape: Shape): Misfit['wanted'] {
  if (Array.isArray(shape)) return 'list';
  return shape === 'texts' || typeof shape === 'object' ? 'map' : shape;
}

function fits(node: YamlNode, wanted: Misfit['wanted']): boolean {
  if (wanted === 'list') return node.kind === 'seq';
  if (wanted === 'map') return node.kind === 'map';
  if (node.kind !== 'scalar') return false;
  if (wanted === 'string') return typeof node.value === 'string';
  if (wanted === 'bool') return typeof node.value === 'boolean';
  return wanted === 'text' || typeof node.value === 'bigint' || Number.isInteger(node.value);
}
