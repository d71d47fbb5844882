/** A memory of WebAssembly, as far as it is used here: pages of 64 KiB, and a buffer that growing replaces. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Part of every host, but of none of the type libraries in use here. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

/**
 * A function written in WebAssembly's text format (folded instructions), ready to be called under its own name, with a
 * memory of its own. All its parameters, its locals and its result are i32.
 */
export function instantiate<Exports>(text: string): Exports & { memory: Memory } {
  return new WebAssembly.Instance(new WebAssembly.Module(assemble(text))).exports as Exports & { memory: Memory };
}

/** Knows the instructions that our decoders are made of; throws for others. */
function assemble(text: string): Uint8Array {
  const [func] = parse(text.replaceAll(/;;.*/g, '').match(/[()]|[^\s()]+/g) ?? []);
  if (!Array.isArray(func) || func[0] !== 'func') throw new Error('the text is not one (func …)');
  const [, name, ...rest] = func;
  const declared = (kind: string) =>
    rest.filter((e): e is Expression[] => Array.isArray(e) && e[0] === kind).flatMap((e) => e.slice(1).map(String));
  const params = declared('param');
  const locals = declared('local');
  const body = rest.filter((e) => !Array.isArray(e) || (e[0] !== 'param' && e[0] !== 'local'));
  const code = body.flatMap((e) => instruction(e, { names: [...params, ...locals], labels: [] }));
  const entry = [1, ...unsigned(locals.length), I32, ...code, END];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [0x60, ...vector(params.map(() => [I32])), ...vector([[I32]])]),
    ...section(3, [0]),
    ...section(5, [0x00, 1]), // a memory that begins with one page
    ...[7, ...sized(vector([exported(String(name).slice(1), 0x00), exported('memory', 0x02)]))],
    ...section(10, sized(entry)),
  ]);
}

type Expression = string | Expression[];

interface Scope {
  /** Parameters and locals, all of type i32. */
  names: readonly string[];
  /** Labels of the constructs around, the innermost last. */
  labels: readonly string[];
}

const I32 = 0x7f;
const NO_RESULT = 0x40;
const END = 0x0b;
/** Instructions without immediates: their operands stand before them. */
const PLAIN: Readonly<Record<string, number>> = {
  return: 0x0f,
  'i32.eqz': 0x45,
  'i32.eq': 0x46,
  'i32.lt_u': 0x49,
  'i32.gt_u': 0x4b,
  'i32.ge_u': 0x4f,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.and': 0x71,
  'i32.shr_u': 0x76,
};
/** Loads and stores, at any alignment. */
const MEMORY: Readonly<Record<string, number>> = {
  'i64.load': 0x29,
  'i32.load8_u': 0x2d,
  'i32.load16_u': 0x2f,
  'i64.store': 0x37,
  'i32.store8': 0x3a,
};

function parse(tokens: readonly string[]): Expression[] {
  const stack: Expression[][] = [[]];
  for (const token of tokens)
    if (token === '(') stack.push([]);
    else if (token === ')') {
      const done = stack.pop()!;
      if (stack.length === 0) throw new Error('a parenthesis closes what is not open');
      stack.at(-1)!.push(done);
    } else stack.at(-1)!.push(token);
  if (stack.length > 1) throw new Error('a parenthesis is not closed');
  return stack[0]!;
}

function instruction(expression: Expression, scope: Scope): number[] {
  const [first, ...operands] = Array.isArray(expression) ? expression : [expression];
  const name = String(first);
  const all = (list: readonly Expression[], inside = scope) => list.flatMap((e) => instruction(e, inside));
  const within = (label: string): Scope => ({ ...scope, labels: [...scope.labels, label] });
  const local = () => unsigned(known(scope.names.indexOf(String(operands[0])), operands[0]));
  const depth = () => unsigned(known([...scope.labels].reverse().indexOf(String(operands[0])), operands[0]));
  switch (name) {
    case 'local.get':
      return [0x20, ...local()];
    case 'local.set':
      return [...all(operands.slice(1)), 0x21, ...local()];
    case 'i32.const':
      return [0x41, ...signed(Number(operands[0]))];
    case 'loop':
      return [0x03, NO_RESULT, ...all(operands.slice(1), within(String(operands[0]))), END];
    case 'if': {
      const [condition, then, otherwise] = operands;
      const arm = (e: Expression | undefined) => all((e ?? []).slice(1) as Expression[], within(''));
      return [
        ...all([condition!]),
        0x04,
        NO_RESULT,
        ...arm(then),
        ...(otherwise ? [0x05, ...arm(otherwise)] : []),
        END,
      ];
    }
    case 'br':
      return [0x0c, ...depth()];
    case 'br_if':
      return [...all(operands.slice(1)), 0x0d, ...depth()];
  }
  const plain = PLAIN[name];
  if (plain !== undefined) return [...all(operands), plain];
  const memory = MEMORY[name];
  if (memory !== undefined) return [...all(operands), memory, 0, 0];
  throw new Error(`unknown instruction ${name}`);
}

function known(index: number, name: Expression | undefined): number {
  if (index < 0) throw new Error(`${String(name)} is not declared`);
  return index;
}

const sized = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];
const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];
/** A section with one item. */
const section = (id: number, item: readonly number[]): number[] => [id, ...sized(vector([item]))];
const exported = (name: string, kind: number): number[] => [...sized([...Buffer.from(name)]), kind, 0];

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
