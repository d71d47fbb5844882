import type { MatchNode } from './matchExpression.ts';

/** Whether the expression surely yields something else than true or false. A field may hold a boolean, but rarely does. */
export function yieldsNoBoolean(node: MatchNode): boolean {
  switch (node.kind) {
    case 'literal':
      return !node.boolean;
    case 'list':
    case 'arithmetic':
    case 'negative':
      return true;
    case 'choice':
      return yieldsNoBoolean(node.yes) || yieldsNoBoolean(node.no);
    case 'call':
      return [
        'size',
        'string',
        'int',
        'uint',
        'double',
        'type',
        'timestamp',
        'duration',
        'bytes',
        'map',
        'filter',
        'lowerAscii',
        'upperAscii',
      ].includes(node.name);
    case 'field':
      return node.target.kind === 'name' && ATTRIBUTES.includes(node.field);
    case 'name':
      return true;
    case 'index':
    case 'not':
    case 'logic':
    case 'comparison':
      return false;
  }
}

/** Attributes of a CloudEvent that are text: an expression that is one of them alone is no condition. */
const ATTRIBUTES = [
  'type',
  'source',
  'id',
  'subject',
  'specversion',
  'datacontenttype',
  'time',
  'topic',
  'pubsubname',
  'traceid',
  'traceparent',
];

export interface UnguardedField {
  /** e.g. `event.type`. */
  path: string;
  start: number;
  end: number;
}

/** Fields of the event that are read although `has(…)` did not make sure that they are there; the first of each path. */
export function unguardedFields(tree: MatchNode): UnguardedField[] {
  const found = new Map<string, UnguardedField>();
  visit(tree, new Set(), found);
  return [...found.values()];
}

/**
 * The paths that are surely there when `node` is `outcome`: `has(event.a)` and `"a" in event`, through `!`, `&&` and `||`.
 */
function madeSureOf(node: MatchNode, outcome: boolean): string[] {
  switch (node.kind) {
    case 'call': {
      const path = outcome && node.args[0] !== undefined && isHas(node) ? pathOf(node.args[0]) : undefined;
      return path === undefined ? [] : [path];
    }
    case 'comparison': {
      const path = outcome && node.operator === 'in' && node.left.kind === 'literal' ? pathOf(node.right) : undefined;
      const key = node.left.kind === 'literal' ? /^["'](\w+)["']$/.exec(node.left.source)?.[1] : undefined;
      return path === undefined || key === undefined ? [] : [`${path}.${key}`];
    }
    case 'not':
      return madeSureOf(node.operand, !outcome);
    case 'logic':
      // Both sides are known only of a true && and of a false ||.
      return outcome === (node.operator === '&&')
        ? [...madeSureOf(node.left, outcome), ...madeSureOf(node.right, outcome)]
        : [];
    default:
      return [];
  }
}

const isHas = (node: MatchNode & { kind: 'call' }) => node.name === 'has' && node.target === undefined;

function visit(node: MatchNode, guarded: ReadonlySet<string>, found: Map<string, UnguardedField>): void {
  const within = (test: MatchNode, outcome: boolean) => new Set([...guarded, ...madeSureOf(test, outcome)]);
  switch (node.kind) {
    case 'literal':
      return;
    case 'name':
      if (node.name !== 'event' && !found.has(node.name) && !guarded.has(node.name))
        found.set(node.name, { path: node.name, start: node.start, end: node.end });
      return;
    case 'field': {
      const path = pathOf(node);
      if (path === undefined) visit(node.target, guarded, found);
      else if (!guarded.has(path) && !found.has(path)) found.set(path, { path, start: node.start, end: node.end });
      return;
    }
    case 'index':
      visit(node.target, guarded, found);
      visit(node.index, guarded, found);
      return;
    case 'call': {
      const [first] = node.args;
      const path = isHas(node) && first !== undefined ? pathOf(first) : undefined;
      if (path !== undefined) {
        // has(event.data.x) itself fails when event.data is missing.
        const parent = path.slice(0, path.lastIndexOf('.'));
        if (parent !== 'event' && parent !== '' && first?.kind === 'field') visit(first.target, guarded, found);
        return;
      }
      // Macros bind names of their own: all(x, …), exists(x, …).
      const bound =
        ['all', 'exists', 'exists_one', 'map', 'filter'].includes(node.name) && first?.kind === 'name'
          ? first.name
          : undefined;
      if (node.target !== undefined) visit(node.target, guarded, found);
      for (const arg of node.args) visit(arg, bound === undefined ? guarded : new Set([...guarded, bound]), found);
      return;
    }
    case 'not':
    case 'negative':
      visit(node.operand, guarded, found);
      return;
    case 'logic':
      visit(node.left, guarded, found);
      visit(node.right, within(node.left, node.operator === '&&'), found);
      return;
    case 'comparison':
    case 'arithmetic':
      visit(node.left, guarded, found);
      visit(node.right, guarded, found);
      return;
    case 'choice':
      visit(node.test, guarded, found);
      visit(node.yes, within(node.test, true), found);
      visit(node.no, within(node.test, false), found);
      return;
    case 'list':
      for (const item of node.items) visit(item, guarded, found);
      return;
  }
}

/** `event.a.b` of a chain of fields that begins at `event`. */
function pathOf(node: MatchNode): string | undefined {
  if (node.kind === 'name') return node.name === 'event' ? 'event' : undefined;
  if (node.kind !== 'field') return undefined;
  const target = pathOf(node.target);
  return target === undefined ? undefined : `${target}.${node.field}`;
}
