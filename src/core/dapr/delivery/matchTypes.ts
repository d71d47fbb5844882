import type { MatchNode } from './matchExpression.ts';

/** What CEL's checker knows of a part of an expression; undefined: only a message tells. */
type Type = 'bool' | 'number' | 'string' | 'list' | 'null' | 'type' | undefined;

const TYPE_NAMES = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'type', 'null_type'];
/** Functions and how many arguments they take at least and at most, a method's target aside. */
const FUNCTIONS: Record<string, [min: number, max: number]> = {
  ...each('int uint double string bytes bool type dyn duration timestamp has size', 1, 1),
  matches: [2, 2],
};
const METHODS: Record<string, [min: number, max: number]> = {
  ...each('startsWith endsWith contains matches', 1, 1),
  ...each('all exists exists_one filter', 2, 2),
  map: [2, 3],
  size: [0, 0],
  ...each('FullYear Month Date DayOfMonth DayOfWeek DayOfYear Hours Minutes Seconds Milliseconds', 0, 1, 'get'),
};

function each(names: string, min: number, max: number, prefix = ''): Record<string, [number, number]> {
  return Object.fromEntries(names.split(' ').map((name) => [prefix + name, [min, max]]));
}

/**
 * The name of a function or the operator that daprd's check of the types refuses before it starts; undefined: none.
 * Executed with daprd 1.18.0: an operator on the wrong types stops it, and on a function that nobody knows it hangs.
 */
export function refusedPart(node: MatchNode): string | undefined {
  for (const part of partsOf(node)) {
    const refused = refusedPart(part);
    if (refused !== undefined) return refused;
  }
  const are = (type: Type, ...parts: MatchNode[]) => parts.every((part) => [undefined, type].includes(typeOf(part)));
  const same = (a: MatchNode, b: MatchNode) => are(typeOf(b), a) || typeOf(b) === undefined;
  switch (node.kind) {
    case 'call': {
      const known = node.target === undefined ? FUNCTIONS : METHODS;
      const counts = Object.hasOwn(known, node.name) ? known[node.name] : undefined;
      const [min, max] = counts ?? [1, 0];
      const fits = node.args.length >= min && node.args.length <= max;
      // has() asks for one field, written with a dot.
      return fits && (node.name !== 'has' || node.args[0]?.kind === 'field') ? undefined : `${node.name}()`;
    }
    case 'not':
      return are('bool', node.operand) ? undefined : '!';
    case 'negative':
      return are('number', node.operand) ? undefined : '-';
    case 'logic':
      return are('bool', node.left, node.right) ? undefined : node.operator;
    case 'comparison':
      return node.operator === 'in' || same(node.left, node.right) ? undefined : node.operator;
    case 'arithmetic':
      return same(node.left, node.right) ? undefined : node.operator;
    case 'choice':
      return are('bool', node.test) && same(node.yes, node.no) ? undefined : '?';
    default:
      return undefined;
  }
}

function typeOf(node: MatchNode): Type {
  switch (node.kind) {
    case 'literal':
      return /^[\d.]/.test(node.source) ? 'number' : node.boolean ? 'bool' : node.source === 'null' ? 'null' : 'string';
    case 'name':
      return TYPE_NAMES.includes(node.name) ? 'type' : undefined;
    case 'not':
    case 'logic':
    case 'comparison':
      return 'bool';
    default:
      return undefined;
  }
}

function partsOf(node: MatchNode): MatchNode[] {
  switch (node.kind) {
    case 'field':
      return [node.target];
    case 'index':
      return [node.target, node.index];
    case 'call':
      return node.target === undefined ? node.args : [node.target, ...node.args];
    case 'not':
    case 'negative':
      return [node.operand];
    case 'choice':
      return [node.test, node.yes, node.no];
    case 'list':
      return node.items;
    case 'literal':
    case 'name':
      return [];
    default:
      return [node.left, node.right];
  }
}
