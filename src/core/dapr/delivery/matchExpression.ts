/**
 * The syntax of a route rule's `match`: the Common Expression Language, as far as it decides whether daprd starts
 * (CEL specification, section Syntax). Pure and small, since it runs on every keystroke; evaluation is not its business.
 */
export type MatchNode =
  | { kind: 'literal'; boolean: boolean }
  | { kind: 'name'; name: string; start: number; end: number }
  /** `target.field` or `target["field"]`. */
  | { kind: 'field'; target: MatchNode; field: string; start: number; end: number }
  | { kind: 'index'; target: MatchNode; index: MatchNode }
  | { kind: 'call'; name: string; target: MatchNode | undefined; args: MatchNode[] }
  | { kind: 'not'; operand: MatchNode }
  | { kind: 'negative'; operand: MatchNode }
  | { kind: 'logic' | 'comparison' | 'arithmetic'; operator: string; left: MatchNode; right: MatchNode }
  | { kind: 'choice'; test: MatchNode; yes: MatchNode; no: MatchNode }
  | { kind: 'list'; items: MatchNode[] };

/** Offsets in the expression. */
export interface MatchFault {
  start: number;
  end: number;
  /** What stands there, for a sentence; empty at the end. */
  found: string;
}

interface Token {
  kind: 'name' | 'string' | 'number' | 'operator' | 'end';
  text: string;
  start: number;
  end: number;
}

const RESERVED = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);
const TOKEN =
  /\s+|\/\/[^\n]*|((?:[rR]?[bB]?|[bB][rR])(?:"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))|(0x[0-9a-fA-F]+u?|(?:\d+\.\d+(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\d+u?))|([_a-zA-Z][_a-zA-Z0-9]*)|(&&|\|\||[<>=!]=|[-+*/%<>!?:.,()[\]{}])/y;

class Fault extends Error {
  readonly fault: MatchFault;
  constructor(token: Token) {
    super(token.text);
    this.fault = { start: token.start, end: token.end, found: token.text };
  }
}

/** The tree of an expression, or where it stops being one. */
export function parseMatch(text: string): { tree: MatchNode } | { fault: MatchFault } {
  try {
    return { tree: new Parser(tokenize(text)).whole() };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.fault };
    throw error;
  }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null)
      throw new Fault({ kind: 'operator', text: text.slice(start, start + 1), start, end: start + 1 });
    const kind =
      match[1] !== undefined
        ? 'string'
        : match[2] !== undefined
          ? 'number'
          : match[3] !== undefined
            ? 'name'
            : match[4] !== undefined
              ? 'operator'
              : undefined;
    if (kind !== undefined) tokens.push({ kind, text: match[0], start, end: start + match[0].length });
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

const MAX_DEPTH = 100;

class Parser {
  private readonly tokens: Token[];
  private at = 0;
  private depth = 0;
  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  whole(): MatchNode {
    const tree = this.expression();
    if (this.next.kind !== 'end') throw new Fault(this.next);
    return tree;
  }

  private get next(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '', start: 0, end: 0 };
  }

  private take(...operators: string[]): string | undefined {
    const token = this.next;
    const isOperator = token.kind === 'operator' || (token.kind === 'name' && token.text === 'in');
    if (!isOperator || !operators.includes(token.text)) return undefined;
    this.at++;
    return token.text;
  }

  private expect(operator: string): void {
    if (this.take(operator) === undefined) throw new Fault(this.next);
  }

  private expression(): MatchNode {
    if (++this.depth > MAX_DEPTH) throw new Fault(this.next);
    const test = this.or();
    let node = test;
    if (this.take('?') !== undefined) {
      const yes = this.or();
      this.expect(':');
      node = { kind: 'choice', test, yes, no: this.expression() };
    }
    this.depth--;
    return node;
  }

  private binary(
    kind: 'logic' | 'comparison' | 'arithmetic',
    operators: string[],
    operand: () => MatchNode,
  ): MatchNode {
    let left = operand();
    for (let operator = this.take(...operators); operator !== undefined; operator = this.take(...operators))
      left = { kind, operator, left, right: operand() };
    return left;
  }

  private or(): MatchNode {
    return this.binary('logic', ['||'], () => this.binary('logic', ['&&'], () => this.relation()));
  }

  private relation(): MatchNode {
    return this.binary('comparison', ['<', '<=', '>=', '>', '==', '!=', 'in'], () =>
      this.binary('arithmetic', ['+', '-'], () => this.binary('arithmetic', ['*', '/', '%'], () => this.unary())),
    );
  }

  private unary(): MatchNode {
    if (this.take('!') !== undefined) return { kind: 'not', operand: this.unary() };
    if (this.take('-') !== undefined) return { kind: 'negative', operand: this.unary() };
    return this.member(this.primary());
  }

  private member(target: MatchNode): MatchNode {
    let node = target;
    for (;;) {
      if (this.take('.') !== undefined) {
        const field = this.next;
        if (field.kind !== 'name' || field.text === 'in' || RESERVED.has(field.text)) throw new Fault(field);
        this.at++;
        node =
          this.take('(') !== undefined
            ? { kind: 'call', name: field.text, target: node, args: this.list(')') }
            : { kind: 'field', target: node, field: field.text, ...this.span(node, field.end) };
      } else if (this.take('[') !== undefined) {
        const key = this.next;
        const index = this.expression();
        const end = this.next.end;
        this.expect(']');
        const name =
          key.kind === 'string' && index.kind === 'literal' ? key.text.replace(/^[rRbB]*["']+|["']+$/g, '') : undefined;
        node =
          name === undefined
            ? { kind: 'index', target: node, index }
            : { kind: 'field', target: node, field: name, ...this.span(node, end) };
      } else return node;
    }
  }

  private span(target: MatchNode, end: number): { start: number; end: number } {
    return { start: 'start' in target ? target.start : end, end };
  }

  private primary(): MatchNode {
    const token = this.next;
    this.take('.');
    if (this.take('(') !== undefined) {
      const node = this.expression();
      this.expect(')');
      return node;
    }
    if (this.take('[') !== undefined) return { kind: 'list', items: this.list(']') };
    if (this.take('{') !== undefined) return this.map();
    const name = this.next;
    if (name.kind === 'string' || name.kind === 'number') {
      this.at++;
      return { kind: 'literal', boolean: false };
    }
    if (name.kind !== 'name' || name.text === 'in' || RESERVED.has(name.text)) throw new Fault(this.next);
    this.at++;
    if (name.text === 'true' || name.text === 'false') return { kind: 'literal', boolean: true };
    if (name.text === 'null') return { kind: 'literal', boolean: false };
    if (this.take('(') !== undefined) return { kind: 'call', name: name.text, target: undefined, args: this.list(')') };
    return { kind: 'name', name: name.text, start: token.start, end: name.end };
  }

  private list(close: string): MatchNode[] {
    const items: MatchNode[] = [];
    while (this.take(close) === undefined) {
      items.push(this.expression());
      if (this.take(',') !== undefined) continue;
      this.expect(close);
      break;
    }
    return items;
  }

  private map(): MatchNode {
    const items: MatchNode[] = [];
    while (this.take('}') === undefined) {
      items.push(this.expression());
      this.expect(':');
      items.push(this.expression());
      if (this.take(',') !== undefined) continue;
      this.expect('}');
      break;
    }
    return { kind: 'list', items };
  }
}

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

/** Returns the paths that are there when `node` is true. */
function visit(node: MatchNode, guarded: ReadonlySet<string>, found: Map<string, UnguardedField>): Set<string> {
  switch (node.kind) {
    case 'literal':
      return new Set();
    case 'name':
      if (node.name !== 'event' && !found.has(node.name) && !guarded.has(node.name))
        found.set(node.name, { path: node.name, start: node.start, end: node.end });
      return new Set();
    case 'field': {
      const path = pathOf(node);
      if (path === undefined) return visit(node.target, guarded, found);
      if (!guarded.has(path) && !found.has(path)) found.set(path, { path, start: node.start, end: node.end });
      return new Set();
    }
    case 'index':
      visit(node.target, guarded, found);
      visit(node.index, guarded, found);
      return new Set();
    case 'call': {
      const [first] = node.args;
      const path = node.name === 'has' && node.target === undefined && first !== undefined ? pathOf(first) : undefined;
      if (path !== undefined) {
        // has(event.data.x) itself fails when event.data is missing.
        const parent = path.slice(0, path.lastIndexOf('.'));
        if (parent !== 'event' && parent !== '' && !guarded.has(parent) && first?.kind === 'field')
          visit(first.target, guarded, found);
        return new Set([path]);
      }
      // Macros bind names of their own: all(x, …), exists(x, …).
      const bound =
        ['all', 'exists', 'exists_one', 'map', 'filter'].includes(node.name) && first?.kind === 'name'
          ? first.name
          : undefined;
      if (node.target !== undefined) visit(node.target, guarded, found);
      for (const arg of node.args) visit(arg, bound === undefined ? guarded : new Set([...guarded, bound]), found);
      return new Set();
    }
    case 'not':
    case 'negative':
      visit(node.operand, guarded, found);
      return new Set();
    case 'logic': {
      const left = visit(node.left, guarded, found);
      const inner = node.operator === '&&' ? new Set([...guarded, ...left]) : guarded;
      const right = visit(node.right, inner, found);
      return node.operator === '&&' ? new Set([...left, ...right]) : new Set();
    }
    case 'comparison':
    case 'arithmetic':
      visit(node.left, guarded, found);
      visit(node.right, guarded, found);
      // `"type" in event` makes sure of event.type.
      return new Set();
    case 'choice': {
      const there = visit(node.test, guarded, found);
      visit(node.yes, new Set([...guarded, ...there]), found);
      visit(node.no, guarded, found);
      return new Set();
    }
    case 'list':
      for (const item of node.items) visit(item, guarded, found);
      return new Set();
  }
}

/** `event.a.b` of a chain of fields that begins at `event`. */
function pathOf(node: MatchNode): string | undefined {
  if (node.kind === 'name') return node.name === 'event' ? 'event' : undefined;
  if (node.kind !== 'field') return undefined;
  const target = pathOf(node.target);
  return target === undefined ? undefined : `${target}.${node.field}`;
}
