import { entryOf, keyText, textOf, type MapNode, type YamlNode } from '../yaml/nodes.ts';
import type { ScalarValue } from '../yaml/scalars.ts';

/**
 * What Go's structs take: any scalar as text, a real boolean, an integer that fits, a list, a map of texts, or fields
 * of a struct. Unknown fields do not matter, null fits everything.
 */
type Shape = Scalar | 'texts' | [Shape] | { readonly [field: string]: Shape };
/** Stands for fields of any name. */
const ANY = '*';
type Scalar = 'text' | 'string' | 'bool' | 'int32' | 'int64' | 'time';

/** Kubernetes' ObjectMeta: daprd decodes it self-hosted as well (executed). */
const METADATA: Shape = {
  name: 'text',
  generateName: 'text',
  namespace: 'text',
  selfLink: 'text',
  uid: 'text',
  resourceVersion: 'text',
  generation: 'int64',
  creationTimestamp: 'time',
  deletionTimestamp: 'time',
  deletionGracePeriodSeconds: 'int64',
  labels: 'texts',
  annotations: 'texts',
  finalizers: ['text'],
  ownerReferences: [{}],
  managedFields: [{}],
};
const BULK: Shape = { enabled: 'bool', maxMessagesCount: 'int32', maxAwaitDurationMs: 'int32' };

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

/** RT:pkg/apis/subscriptions/v1alpha1/types.go:36-62, v2alpha1/types.go:36-93: they differ in the route. */
const subscription = (route: Record<string, Shape>): Shape => ({
  metadata: METADATA,
  spec: {
    pubsubname: 'text',
    topic: 'text',
    deadLetterTopic: 'text',
    bulkSubscribe: BULK,
    metadata: 'texts',
    ...route,
  },
  scopes: ['text'],
});
const SUBSCRIPTION_V1 = subscription({ route: 'text' });
const SUBSCRIPTION_V2 = subscription({ routes: { rules: [{ match: 'text', path: 'text' }], default: 'text' } });

/** RT:pkg/apis/resiliency/v1alpha1/types.go */
const POLICY_NAMES = { timeout: 'text', retry: 'text', circuitBreaker: 'text' } as const;
const RESILIENCY: Shape = {
  metadata: METADATA,
  spec: {
    policies: {
      timeouts: 'texts',
      retries: {
        [ANY]: {
          policy: 'text',
          duration: 'text',
          maxInterval: 'text',
          maxRetries: 'int64',
          matching: { httpStatusCodes: 'text', gRPCStatusCodes: 'text' },
        },
      },
      circuitBreakers: { [ANY]: { maxRequests: 'int64', interval: 'text', timeout: 'text', trip: 'text' } },
    },
    targets: {
      apps: { [ANY]: { ...POLICY_NAMES, circuitBreakerCacheSize: 'int64' } },
      actors: { [ANY]: { ...POLICY_NAMES, circuitBreakerScope: 'text', circuitBreakerCacheSize: 'int64' } },
      components: { [ANY]: { inbound: POLICY_NAMES, outbound: POLICY_NAMES } },
    },
  },
  scopes: ['text'],
};

/** A value that keeps its whole document from decoding. */
export interface Misfit {
  node: YamlNode;
  /** e.g. `spec.type`; `spec.metadata[]` for an item of a list. */
  path: string;
  wanted: Scalar | 'list' | 'map';
}

/** What keeps daprd from reading a resource: it skips the whole document. */
export function misfits(kind: 'component' | 'subscription' | 'resiliency', root: MapNode): readonly Misfit[] {
  const found: Misfit[] = [];
  const isV1 = /v1/.test(textOf(entryOf(root, 'apiVersion')?.value) ?? '');
  const shapes = {
    component: COMPONENT,
    resiliency: RESILIENCY,
    subscription: isV1 ? SUBSCRIPTION_V1 : SUBSCRIPTION_V2,
  };
  collect(root, shapes[kind], '', found);
  return found;
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
    for (const [key, value] of valuesOf(node)) {
      const field = fieldFor(shape, key);
      const inner = field === undefined ? undefined : shape[field];
      if (inner === undefined) continue;
      const step = field === ANY ? key : field;
      collect(value, inner, path === '' ? `${step}` : `${path}.${step}`, found);
    }
}

/** As daprd gets them: of one key that stands there twice the last, of `spec` and `SPEC` both. */
function valuesOf({ entries }: MapNode): Map<string, YamlNode> {
  const ownLast = entries.some(({ merged }) => merged)
    ? [...entries].sort((a, b) => Number(b.merged) - Number(a.merged))
    : entries;
  return new Map(ownLast.map(({ key, value }) => [keyText(key), value]));
}

/** Go finds a field in any letter case. */
function fieldFor(shape: object, key: string): string | undefined {
  if (Object.hasOwn(shape, key)) return key;
  const lower = key.toLowerCase();
  const fields = Object.keys(shape);
  return fields.find((field) => field === ANY || (field.length === key.length && field.toLowerCase() === lower));
}

function wantedBy(shape: Shape): Misfit['wanted'] {
  if (Array.isArray(shape)) return 'list';
  return shape === 'texts' || typeof shape === 'object' ? 'map' : shape;
}

function fits(node: YamlNode, wanted: Misfit['wanted']): boolean {
  if (wanted === 'list') return node.kind === 'seq';
  if (wanted === 'map') return node.kind === 'map';
  if (node.kind !== 'scalar') return false;
  const { value } = node;
  switch (wanted) {
    case 'text':
      return true;
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'time':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)$/.test(value);
    default:
      return isInteger(value, wanted === 'int32' ? 31n : 63n);
  }
}

function isInteger(value: ScalarValue, bits: bigint): boolean {
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isInteger(value))) return false;
  const integer = BigInt(value);
  return integer >= -(2n ** bits) && integer < 2n ** bits;
}
