import {
  entryOf,
  jsonText,
  nodeAt,
  textOf,
  type MapEntry,
  type MapNode,
  type ScalarNode,
  type YamlNode,
} from '../yaml/nodes.ts';
import { misfits, type Misfit } from './decoding.ts';
import type { Document } from './document.ts';
import { placeholderIn } from './placeholder.ts';

/** A text of a document with the place it stands at. */
export interface Located {
  text: string;
  node: ScalarNode;
}

/** One item of `spec.metadata`. */
export interface MetadataItem {
  node: MapNode;
  /** Empty when the item has no name. */
  name: string;
  nameNode: ScalarNode | undefined;
  /** The `value` as daprd's string field gets it (a list or map is its JSON text); undefined: absent, or not known because a template tool fills it in. */
  value: string | undefined;
  valueNode: YamlNode | undefined;
  secretKeyRef: { node: YamlNode; name: string; key: string } | undefined;
  /** `read`: daprd looks at it, since there is no `value` beside it, not even an empty one. */
  envRef: { node: YamlNode; name: string; read: boolean } | undefined;
  /** A part of the value that some other tool should have replaced, e.g. `${BROKERS}`. */
  placeholder: string | undefined;
  /** The value cannot be known from the file: a template, a placeholder, a secret or the environment decides. */
  undecidable: boolean;
  /** The two together: what the field of that name holds. */
  field: FieldValue;
}

export interface Component {
  kind: 'component';
  document: Document;
  root: MapNode;
  name: string;
  nameNode: YamlNode | undefined;
  namespace: string;
  /** Lower case; empty when absent. `typeNode` has it as written. */
  type: string;
  typeNode: YamlNode | undefined;
  version: string;
  versionNode: YamlNode | undefined;
  /** App ids; undefined: every app. */
  scopes: Located[] | undefined;
  secretStore: Located | undefined;
  ignoreErrors: boolean;
  initTimeout: Located | undefined;
  /** The entry `metadata` of `spec`. */
  metadataEntry: MapEntry | undefined;
  metadata: MetadataItem[];
  /** The items that have a name, by it in lower case. */
  itemsByLowerCase: ReadonlyMap<string, MetadataItem[]>;
  misfits: readonly Misfit[];
  /** daprd skips the document: it does not decode, or does not say what it is. */
  skipped: boolean;
}

/** Reads a component leniently: what is not there is empty, what is of the wrong type is left out. */
export function readComponent(document: Document, root: MapNode): Component {
  const spec = entryOf(root, 'spec')?.value;
  const nameNode = nodeAt(root, 'metadata', 'name');
  const typeNode = nodeAt(spec, 'type');
  const versionNode = nodeAt(spec, 'version');
  const metadataEntry = entryOf(spec, 'metadata');
  const scopes = entryOf(root, 'scopes')?.value;
  const name = textOf(nameNode) ?? '';
  const metadata = readItems(metadataEntry?.value);
  const unfit = misfits('component', root);
  return {
    kind: 'component',
    document,
    root,
    name,
    nameNode,
    namespace: textOf(nodeAt(root, 'metadata', 'namespace')) ?? '',
    type: (textOf(typeNode) ?? '').toLowerCase(),
    typeNode,
    version: textOf(versionNode) ?? '',
    versionNode,
    scopes: readScopes(scopes),
    secretStore: located(nodeAt(root, 'auth', 'secretStore')),
    ignoreErrors: isTrue(nodeAt(spec, 'ignoreErrors')),
    initTimeout: located(nodeAt(spec, 'initTimeout')),
    metadataEntry,
    metadata,
    itemsByLowerCase: byLowerCase(metadata),
    skipped:
      document.lost > 0 ||
      document.apiVersion !== 'dapr.io/v1alpha1' ||
      document.kind !== 'Component' ||
      !isValidName(name) ||
      unfit.length > 0,
    misfits: unfit,
  };
}

/** daprd ignores a component without a name, and one that its path rules refuse (scenarios y-name-*). */
export function isValidName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/%]/.test(name);
}

export function readScopes(node: YamlNode | undefined): Located[] | undefined {
  if (node?.kind !== 'seq') return undefined;
  const scopes = node.items.flatMap((item) => {
    const at = located(item);
    return at === undefined ? [] : [at];
  });
  return scopes.length === 0 ? undefined : scopes;
}

export function located(node: YamlNode | undefined): Located | undefined {
  return node?.kind === 'scalar' ? { text: textOf(node) ?? '', node } : undefined;
}

function isTrue(node: YamlNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

function readItems(list: YamlNode | undefined): MetadataItem[] {
  if (list?.kind !== 'seq') return [];
  return list.items.flatMap((node) => (node.kind === 'map' ? [readItem(node)] : []));
}

function readItem(node: MapNode): MetadataItem {
  const nameNode = entryOf(node, 'name')?.value;
  const valueNode = entryOf(node, 'value')?.value;
  const secret = entryOf(node, 'secretKeyRef')?.value;
  const env = textOf(entryOf(node, 'envRef')?.value);
  const envNode = entryOf(node, 'envRef')?.value;
  const secretName = textOf(nodeAt(secret, 'name')) ?? '';
  const templated =
    (valueNode?.kind === 'scalar' && valueNode.templated) || (nameNode?.kind === 'scalar' && nameNode.templated);
  const secretKeyRef =
    secret !== undefined && secretName !== ''
      ? { node: secret, name: secretName, key: textOf(nodeAt(secret, 'key')) ?? '' }
      : undefined;
  const hasValue = valueNode !== undefined && (valueNode.kind !== 'scalar' || valueNode.value !== null);
  const envRef =
    envNode !== undefined && env !== undefined && env !== ''
      ? { node: envNode, name: env, read: !hasValue }
      : undefined;
  const value =
    valueNode === undefined || templated
      ? undefined
      : valueNode.kind === 'scalar'
        ? textOf(valueNode)
        : jsonText(valueNode);
  const placeholder = value === undefined || valueNode?.kind !== 'scalar' ? undefined : placeholderIn(value);
  const undecidable = templated || placeholder !== undefined || secretKeyRef !== undefined || envRef?.read === true;
  return {
    node,
    name: textOf(nameNode) ?? '',
    nameNode: nameNode?.kind === 'scalar' ? nameNode : undefined,
    value,
    valueNode,
    secretKeyRef,
    envRef,
    placeholder,
    undecidable,
    field: undecidable ? { known: false } : { known: true, text: value ?? '' },
  };
}

function byLowerCase(items: readonly MetadataItem[]): Map<string, MetadataItem[]> {
  const groups = new Map<string, MetadataItem[]>();
  for (const item of items) {
    if (item.name === '') continue;
    const key = item.name.toLowerCase();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The item daprd uses for an exact name: the last of several (scenario b-two-same). */
export function itemOf(component: Component, name: string): MetadataItem | undefined {
  return component.itemsByLowerCase.get(name.toLowerCase())?.findLast((item) => item.name === name);
}

/** The item of a name in any letter case, as most fields are read; an exact one is preferred. */
export function looseItemOf(component: Component, name: string): MetadataItem | undefined {
  const items = component.itemsByLowerCase.get(name.toLowerCase());
  return items?.findLast((item) => item.name === name) ?? items?.at(-1);
}

/** What a field of the component holds: text, nothing, or something this file does not tell. */
export function valueOf(item: MetadataItem | undefined): FieldValue {
  return item?.field ?? EMPTY;
}

export type FieldValue = { known: true; text: string } | { known: false };

const EMPTY: FieldValue = { known: true, text: '' };

/** Kafka by `spec.type`, pub/sub and binding: they share the metadata of one Go struct. */
export function isKafka(component: Component): boolean {
  return component.type === 'pubsub.kafka' || component.type === 'bindings.kafka';
}
