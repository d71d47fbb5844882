import { isLosslessNumber } from 'lossless-json';
import type { Json } from '../../src/shared/json.ts';

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
