import { isLosslessNumber, parse, type LosslessNumber } from 'lossless-json';

export type Json = null | boolean | string | LosslessNumber | Json[] | { [key: string]: Json };

/** JSON text -> value with every digit of its numbers; undefined where it is not JSON. */
export function parseJson(text: string): Json | undefined {
  if (!/^\s*(?:[[{"\d-]|true|false|null)/.test(text)) return undefined;
  try {
    return parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** One visible line of a tree. */
export interface JsonRow {
  /** JSON pointer. */
  path: string;
  /** Key or index; null at the root. */
  name: string | null;
  depth: number;
  value: Json;
  /** Number of children; null for a leaf. */
  size: number | null;
  open: boolean;
}

/** At most this many children of one node are shown at a time. */
export const CHILDREN = 200;

/** The lines of the tree of `root` where exactly the nodes of `open` are unfolded, depth first. */
export function jsonRows(root: Json, open: ReadonlySet<string>): JsonRow[] {
  const rows: JsonRow[] = [];
  const visit = (path: string, name: string | null, depth: number, value: Json) => {
    const children = childrenOf(value);
    const unfolded = children !== null && open.has(path);
    rows.push({ path, name, depth, value, size: children?.length ?? null, open: unfolded });
    if (!unfolded) return;
    for (const [key, child] of children.slice(0, CHILDREN))
      visit(`${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, key, depth + 1, child);
  };
  visit('', null, 0, root);
  return rows;
}

function childrenOf(value: Json): [string, Json][] | null {
  if (value === null || typeof value !== 'object' || isLosslessNumber(value)) return null;
  return Array.isArray(value) ? value.map((v, i) => [String(i), v]) : Object.entries(value);
}

/** A leaf as JSON writes it; a branch as its size. */
export function jsonText(row: JsonRow): string {
  if (row.size !== null) return Array.isArray(row.value) ? `[ ${row.size} ]` : `{ ${row.size} }`;
  return isLosslessNumber(row.value) ? row.value.toString() : JSON.stringify(row.value);
}

export function jsonKind(value: Json): 'number' | 'string' | 'keyword' | 'branch' {
  if (isLosslessNumber(value)) return 'number';
  if (typeof value === 'string') return 'string';
  return value === null || typeof value === 'boolean' ? 'keyword' : 'branch';
}
