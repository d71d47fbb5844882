/**
 * The syntax of a route rule's `match`: the Common Expression Language, as far as it decides whether daprd starts
 * (CEL specification, section Syntax). Pure and small, since it runs on every keystroke; evaluation is not its business.
 */
export type MatchNode =
  | { kind: 'literal'; boolean: boolean; source: string }
  | { kind: 'name'; name: string; start: number; end: number }
  /** `target.field` or, `indexed`, `target["field"]`. */
  | { kind: 'field'; target: MatchNode; field: string; indexed?: true; start: number; end: number }
  | { kind: 'index'; target: MatchNode; index: MatchNode }
  | { kind: 'call'; name: string; target: MatchNode | undefined; args: MatchNode[] }
  | { kind: 'not'; operand: MatchNode }
  | { kind: 'negative'; operand: MatchNode }
  | { kind: 'logic' | 'comparison' | 'arithmetic'; operator: string; left: MatchNode; right: MatchNode }
  | { kind: 'choice'; test: MatchNode; yes: MatchNode; no: MatchNode }
  /** Of a map, keys and values take turns. */
  | { kind: 'list'; items: MatchNode[]; map?: true };

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
/** Words that no field can be called by; a reserved one may. */
const LITERALS = /^(?:in|true|false|null)$/;
const TOKEN =
  /\s+|\/\/[^\n]*|((?:[rR]?[bB]?|[bB][rR])(?:"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))|(0x[0-9a-fA-F]+u?|(?:\d+\.\d+(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\d+u?))|([_a-zA-Z][_a-zA-Z0-9]*)|(&&|\|\||[<>=!]=|[-+*/%<>!?:.,()[\]{}])/y;

/** In a text that is not raw. */
const BAD_ESCAPE = /^[bB]?["'](?:[^\\]|\\[^])*?\\[^abfnrtvxXuU0-3\\?"'`]/;

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
    if (match[1] !== undefined && BAD_ESCAPE.test(match[1]))
      throw new Fault({ kind: 'string', text: match[1], start, end: TOKEN.lastIndex });
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
    // Two of them are none.
    for (const [operator, kind] of [
      ['!', 'not'],
      ['-', 'negative'],
    ] as const) {
      if (this.take(operator) === undefined) continue;
      const operand = this.unary();
      return operand.kind === kind ? operand.operand : { kind, operand };
    }
    return this.member(this.primary());
  }

  private member(target: MatchNode): MatchNode {
    let node = target;
    for (;;) {
      if (this.take('.') !== undefined) {
        const field = this.next;
        if (field.kind !== 'name' || LITERALS.test(field.text)) throw new Fault(field);
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
            : { kind: 'field', target: node, field: name, indexed: true, ...this.span(node, end) };
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
      return { kind: 'literal', boolean: false, source: name.text };
    }
    if (name.kind !== 'name' || name.text === 'in' || RESERVED.has(name.text)) throw new Fault(this.next);
    this.at++;
    if (['true', 'false', 'null'].includes(name.text))
      return { kind: 'literal', boolean: name.text !== 'null', source: name.text };
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
    return { kind: 'list', items, map: true };
  }
}
