import type { TextRange } from '../finding.ts';
import { scalarToText, type ScalarValue } from './scalars.ts';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode {
  kind: 'scalar';
  /** The scalar with its quotes or block header; empty at the place where a missing value would stand. */
  range: TextRange;
  style: ScalarStyle;
  /** The decoded text as written: escapes, folding and chomping applied, types not. */
  text: string;
  /** What daprd reads: a YAML 1.1 value for plain scalars, else the text. */
  value: ScalarValue;
  /** Stands in the text as `*name`: the range is the alias's. */
  alias: boolean;
  /** Contains a part that a template tool fills in: its value is not known. */
  templated: boolean;
}

export interface MapNode {
  kind: 'map';
  range: TextRange;
  flow: boolean;
  entries: MapEntry[];
}

export interface SeqNode {
  kind: 'seq';
  range: TextRange;
  flow: boolean;
  items: YamlNode[];
}

export interface MapEntry {
  key: ScalarNode;
  value: YamlNode;
  /** Came through a merge key (`<<`); an own entry of the same name wins. */
  merged: boolean;
}

export type YamlNode = ScalarNode | MapNode | SeqNode;

/** How daprd names this key: `on:` is the key `true`. */
export function keyText(key: ScalarNode): string {
  return key.value === null ? key.text : scalarToText(key.value);
}

/**
 * The entry that daprd reads for a field: names match in any letter case. Of several it decodes all, in the order of
 * their bytes, so that `spec` wins over `SPEC`; of equal ones the last is there (scenarios y-top-case, y-dup-yaml-key-value).
 */
export function entryOf(node: YamlNode | undefined, name: string): MapEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  let used: MapEntry | undefined;
  let usedKey = '';
  for (const entry of node.entries) {
    const key = keyText(entry.key);
    if (key !== name && (key.length !== name.length || key.toLowerCase() !== name.toLowerCase())) continue;
    if (used !== undefined && (key === usedKey ? entry.merged && !used.merged : key < usedKey)) continue;
    used = entry;
    usedKey = key;
  }
  return used;
}

/** The node under a path of field names, as {@link entryOf} finds them. */
export function nodeAt(node: YamlNode | undefined, ...path: string[]): YamlNode | undefined {
  let at = node;
  for (const name of path) at = entryOf(at, name)?.value;
  return at;
}

/** The text of a scalar field, or undefined when it is no scalar. A number's text is its JSON text; null is empty. */
export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? scalarToText(node.value) : undefined;
}

/** A node as JSON.parse would give it, keys in the order of the text; what an alias repeats is there once. */
export function plainValue(node: YamlNode, known = new Map<YamlNode, unknown>()): unknown {
  if (node.kind === 'scalar') return typeof node.value === 'bigint' ? Number(node.value) : node.value;
  if (known.has(node)) return known.get(node);
  const value: unknown =
    node.kind === 'seq'
      ? node.items.map((item) => plainValue(item, known))
      : Object.fromEntries(node.entries.map((entry) => [keyText(entry.key), plainValue(entry.value, known)]));
  known.set(node, value);
  return value;
}

const JSON_TEXT_LIMIT = 4096;

/** As Go writes it: also safe within HTML. */
const quoted = (text: string) =>
  JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * A node's JSON text, as daprd hands a list or map to a string field: keys are sorted; cut after a few kilobytes, so
 * aliases cannot explode it.
 */
export function jsonText(node: YamlNode): string {
  let text = '';
  const write = (n: YamlNode): void => {
    if (text.length > JSON_TEXT_LIMIT) return;
    if (n.kind === 'scalar')
      text += typeof n.value === 'string' ? quoted(n.value) : n.value === null ? 'null' : String(n.value);
    else if (n.kind === 'seq') {
      text += '[';
      n.items.forEach((item, i) => {
        if (i > 0) text += ',';
        write(item);
      });
      text += ']';
    } else {
      text += '{';
      const keys = n.entries.map(({ key, value }) => ({ key: keyText(key), value }));
      keys.sort((a, b) => (a.key < b.key ? -1 : 1));
      keys.forEach(({ key, value }, i) => {
        text += `${i > 0 ? ',' : ''}${quoted(key)}:`;
        write(value);
      });
      text += '}';
    }
  };
  write(node);
  return text;
}
