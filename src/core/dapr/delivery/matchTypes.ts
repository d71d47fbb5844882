import type { MatchNode } from './matchExpression.ts';

/** What CEL's checker knows of a part of an expression; `dyn`: only a message tells. `type`: the name of a type. */
type Name =
  'bool' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'null' | 'type' | 'duration' | 'timestamp' | 'dyn';
type Type = Name | { list: Type } | { map: [key: Type, value: Type] };

const TYPE_NAMES = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'type', 'null_type'];

/** What functions and methods (with their target in front) take, by the number of arguments, and what they yield. */
const FUNCTIONS: Record<string, { takes: string[]; yields: Name }> = {
  size: { takes: ['string bytes list map'], yields: 'int' },
  int: { takes: ['int uint double string timestamp duration'], yields: 'int' },
  uint: { takes: ['int uint double string'], yields: 'uint' },
  double: { takes: ['int uint double string'], yields: 'double' },
  string: { takes: ['bool bytes double duration int string timestamp uint'], yields: 'string' },
  bytes: { takes: ['bytes string'], yields: 'bytes' },
  bool: { takes: ['bool string'], yields: 'bool' },
  duration: { takes: ['duration int string'], yields: 'duration' },
  timestamp: { takes: ['timestamp int string'], yields: 'timestamp' },
  matches: { takes: ['string', 'string'], yields: 'bool' },
};
const METHODS: Record<string, { takes: string[]; yields: Name; least?: number }> = {
  ...each('startsWith endsWith contains matches', { takes: ['string', 'string'], yields: 'bool' }),
  size: { takes: ['string bytes list map'], yields: 'int' },
  ...each('getFullYear getMonth getDate getDayOfMonth getDayOfWeek getDayOfYear', {
    takes: ['timestamp', 'string'],
    yields: 'int',
    least: 1,
  }),
  ...each('getHours getMinutes getSeconds getMilliseconds', {
    takes: ['timestamp duration', 'string'],
    yields: 'int',
    least: 1,
  }),
};
const MACROS = ['all', 'exists', 'exists_one', 'filter', 'map'];

/** Types that the two sides of an operator may share. */
const ORDERED = 'bool int uint double string bytes timestamp duration';
const ARITHMETIC: Record<string, string> = {
  '+': 'int uint double string bytes list duration',
  '-': 'int uint double duration',
  '*': 'int uint double',
  '/': 'int uint double',
  '%': 'int uint',
};

function each<T>(names: string, value: T): Record<string, T> {
  return Object.fromEntries(names.split(' ').map((name) => [name, value]));
}

export interface RefusedPart {
  /** The name of a function, the operator or the literal. */
  part: string;
  /** A function that nobody knows: daprd does not refuse it, but tries for ever. */
  unknown: boolean;
}

class Refused extends Error {
  readonly unknown: boolean;
  constructor(part: string, unknown = false) {
    super(part);
    this.unknown = unknown;
  }
}

/**
 * What daprd's check of the types refuses before it starts; undefined: nothing. Executed with daprd 1.18.0: an operator
 * on the wrong types stops it, and on a function that nobody knows it hangs.
 */
export function refusedPart(node: MatchNode): RefusedPart | undefined {
  try {
    typeOf(node, new Map());
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return { part: error.message, unknown: error.unknown };
    throw error;
  }
}

type Scope = ReadonlyMap<string, Type>;

const kindOf = (type: Type) => (typeof type === 'string' ? type : 'list' in type ? 'list' : 'map');

const isOneOf = (names: string, type: Type) => type === 'dyn' || names.split(' ').includes(kindOf(type));

function demand(ok: boolean, part: string): void {
  if (!ok) throw new Refused(part);
}

/** May a value of the one type stand where the other is? */
function fits(a: Type, b: Type): boolean {
  if (a === 'dyn' || b === 'dyn') return true;
  if (typeof a === 'object' && typeof b === 'object') {
    if ('list' in a && 'list' in b) return fits(a.list, b.list);
    return 'map' in a && 'map' in b && fits(a.map[0], b.map[0]) && fits(a.map[1], b.map[1]);
  }
  const kinds = [a, b];
  return a === b || (kinds.includes('null') && (kinds.includes('duration') || kinds.includes('timestamp')));
}

/** One type for all of them. */
const joined = (types: Type[]): Type =>
  types.reduce((all, type) => (all !== 'dyn' && fits(all, type) ? type : 'dyn'), types[0] ?? 'dyn');

function typeOf(node: MatchNode, scope: Scope): Type {
  const of = (part: MatchNode) => typeOf(part, scope);
  switch (node.kind) {
    case 'literal':
      return literalType(node, false);
    case 'name':
      return scope.get(node.name) ?? (TYPE_NAMES.includes(node.name) ? 'type' : 'dyn');
    case 'field':
    case 'index':
      return memberType(of(node.target), node.kind === 'index' ? of(node.index) : 'string', node);
    case 'call':
      return callType(node, scope);
    case 'not':
      demand(isOneOf('bool', of(node.operand)), '!');
      return 'bool';
    case 'negative': {
      const type = node.operand.kind === 'literal' ? literalType(node.operand, true) : of(node.operand);
      demand(isOneOf('int double', type), '-');
      return type;
    }
    case 'logic':
      demand(
        [of(node.left), of(node.right)].every((type) => isOneOf('bool', type)),
        node.operator,
      );
      return 'bool';
    case 'comparison': {
      const [left, right] = [of(node.left), of(node.right)];
      if (node.operator === 'in')
        demand(isOneOf('list map', right) && (right === 'dyn' || fits(left, itemOf(right))), 'in');
      else if (/[<>]/.test(node.operator))
        demand(isOneOf(ORDERED, left) && isOneOf(ORDERED, right) && fits(left, right), node.operator);
      else demand(fits(left, right), node.operator);
      return 'bool';
    }
    case 'arithmetic':
      return arithmeticType(node.operator, of(node.left), of(node.right));
    case 'choice': {
      demand(isOneOf('bool', of(node.test)), '?');
      const [yes, no] = [of(node.yes), of(node.no)];
      demand(fits(yes, no), '?');
      return joined([yes, no]);
    }
    case 'list': {
      const types = node.items.map(of);
      if (node.map !== true) return { list: joined(types) };
      return { map: [joined(types.filter((_, i) => i % 2 === 0)), joined(types.filter((_, i) => i % 2 === 1))] };
    }
  }
}

function literalType({ source, boolean }: MatchNode & { kind: 'literal' }, negated: boolean): Type {
  if (boolean) return 'bool';
  if (source === 'null') return 'null';
  if (!/^[\d.]/.test(source)) return /^[rR]?[bB]/.test(source) ? 'bytes' : 'string';
  if (/^0x/.test(source) ? false : /[.eE]/.test(source)) {
    demand(Number.isFinite(Number(source)), source);
    return 'double';
  }
  const unsigned = source.endsWith('u');
  const most = unsigned ? 2n ** 64n - 1n : 2n ** 63n - (negated ? 0n : 1n);
  demand(BigInt(unsigned ? source.slice(0, -1) : source) <= most, source);
  return unsigned ? 'uint' : 'int';
}

/** What a list's or map's `in` and macros go through. */
function itemOf(type: Type): Type {
  if (typeof type === 'string') return 'dyn';
  return 'list' in type ? type.list : type.map[0];
}

function memberType(target: Type, key: Type, node: MatchNode & { kind: 'field' | 'index' }): Type {
  const byDot = node.kind === 'field' && node.indexed !== true;
  const part = node.kind === 'field' ? node.field : '[]';
  if (target === 'dyn') return 'dyn';
  demand(typeof target === 'object' && !(byDot && 'list' in target), part);
  if (typeof target === 'string') return 'dyn';
  if ('list' in target) {
    demand(isOneOf('int', key), part);
    return target.list;
  }
  demand(byDot || fits(key, target.map[0]), part);
  return target.map[1];
}

function arithmeticType(operator: string, left: Type, right: Type): Type {
  const [a, b] = [kindOf(left), kindOf(right)];
  const time = a === 'timestamp' || b === 'timestamp';
  if (time) {
    const other = a === 'timestamp' ? right : left;
    const ok =
      operator === '+'
        ? isOneOf('duration', other)
        : operator === '-' && (a === 'timestamp' ? isOneOf('duration timestamp', other) : a === 'dyn');
    demand(ok, operator);
    return operator === '+' ? 'timestamp' : b === 'timestamp' ? 'duration' : a === 'timestamp' && b === 'duration' ? 'timestamp' : 'dyn'; // prettier-ignore
  }
  const allowed = ARITHMETIC[operator] ?? '';
  demand(isOneOf(allowed, left) && isOneOf(allowed, right) && fits(left, right), operator);
  // A duration may be added to a time.
  return left === 'dyn' || right === 'dyn' ? (a === 'duration' || b === 'duration' ? 'dyn' : left === 'dyn' ? right : left) : left; // prettier-ignore
}

function callType(node: MatchNode & { kind: 'call' }, scope: Scope): Type {
  const { name, target, args } = node;
  const part = `${name}()`;
  if (target === undefined && name === 'has') {
    // It asks for one field, written with a dot.
    const [field] = args;
    if (args.length !== 1) throw new Refused(part, true);
    demand(field?.kind === 'field' && field.indexed !== true, part);
    if (field !== undefined) typeOf(field, scope);
    return 'bool';
  }
  if (target !== undefined && MACROS.includes(name) && args.length >= 2) return macroType(node, target, scope);
  const types = [...(target === undefined ? [] : [target]), ...args].map((arg) => typeOf(arg, scope));
  if (target === undefined && (name === 'type' || name === 'dyn')) {
    demand(types.length === 1, part);
    return name;
  }
  const known = target === undefined ? FUNCTIONS : METHODS;
  const shape = Object.hasOwn(known, name) ? (known[name] as (typeof METHODS)[string]) : undefined;
  if (shape === undefined) throw new Refused(part, true);
  const { takes, yields, least = takes.length } = shape;
  demand(types.length >= least && types.length <= takes.length, part);
  demand(
    types.every((type, i) => isOneOf(takes[i] ?? '', type)),
    part,
  );
  // Only a time has a zone.
  demand(types.length === 1 || !name.startsWith('get') || types[0] !== 'duration', part);
  return yields;
}

/** `list.all(x, …)` and so on: x is one of the list, or a key of the map. */
function macroType({ name, args }: MatchNode & { kind: 'call' }, target: MatchNode, scope: Scope): Type {
  const part = `${name}()`;
  const [variable, ...bodies] = args;
  if (bodies.length > (name === 'map' ? 2 : 1)) throw new Refused(part, true);
  demand(variable?.kind === 'name', part);
  const range = typeOf(target, scope);
  // What nobody declared may be anything, but not be gone through; a field of it may.
  const undeclared = target.kind === 'name' && !scope.has(target.name);
  demand(!undeclared && isOneOf('list map', range), part);
  const inner = new Map(scope).set(variable?.kind === 'name' ? variable.name : '', itemOf(range));
  const types = bodies.map((body) => typeOf(body, inner));
  const tests = name === 'map' ? types.slice(0, -1) : types;
  demand(
    tests.every((type) => isOneOf('bool', type)),
    part,
  );
  if (name === 'map') return { list: types.at(-1) ?? 'dyn' };
  return name === 'filter' ? { list: itemOf(range) } : 'bool';
}
