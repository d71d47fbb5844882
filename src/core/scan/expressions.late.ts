import { Environment, type ASTNode, type ParseResult } from '@marcbachmann/cel-js';
import * as l10n from '@vscode/l10n';
import { RE2JS } from 're2js';

/** What an expression may name; integers as BigInt, which are CEL's ints. */
export interface CelNames {
  key: string | null;
  /** Parsed JSON, else text. */
  value: unknown;
  headers: { key: string; value: string | null }[];
  partition: bigint;
  offset: bigint;
  /** ms */
  timestamp: bigint;
}

/** A regular expression in RE2's syntax: its time grows with the text, never faster. Throws with the reason. */
export function compileRegex(pattern: string): (text: string) => boolean {
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(pattern);
  } catch (error) {
    throw new Error(l10n.t('This is not a regular expression: {0}', (error as Error).message), { cause: error });
  }
  return (text) => regex.matcher(text).find();
}

/**
 * A CEL expression that gives true or false. Throws a sentence with the place of the mistake; the program it returns
 * throws when the expression cannot be evaluated on a record.
 */
export function compileCel(expression: string): (names: CelNames) => boolean {
  const regexes = new Map<string, (text: string) => boolean>();
  const environment = new Environment()
    .registerVariable('key', 'dyn')
    .registerVariable('value', 'dyn')
    .registerVariable('headers', 'list')
    .registerVariable('partition', 'int')
    .registerVariable('offset', 'int')
    .registerVariable('timestamp', 'int')
    // CEL's own `matches` runs JavaScript's regular expressions, of which (a+)+$ never returns.
    .registerFunction('string.linearMatches(string): bool', (text: string, pattern: string) => {
      let regex = regexes.get(pattern);
      if (!regex) regexes.set(pattern, (regex = compileRegex(pattern)));
      return regex(text);
    });
  const program = parse(environment, expression);
  return (names) => {
    const result: unknown = program(names);
    if (typeof result !== 'boolean') throw notBoolean(typeof result);
    return result;
  };
}

function parse(environment: Environment, expression: string): ParseResult {
  let type: string | undefined;
  let program: ParseResult;
  try {
    program = environment.parse(expression);
    useLinearMatches(program.ast);
    const checked = program.check();
    if (checked.error) throw checked.error;
    type = checked.type;
  } catch (error) {
    throw new Error(l10n.t('This is not a CEL expression: {0}', summaryOf(error)), { cause: error });
  }
  if (type !== undefined && type !== 'bool' && type !== 'dyn') throw notBoolean(type);
  return program;
}

const notBoolean = (type: string): Error => new Error(l10n.t('The expression gives {0}, not true or false.', type));

function summaryOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { summary, range } = error as { summary?: string; range?: { start: number } };
  if (summary === undefined) return error.message;
  return range === undefined ? summary : l10n.t('{0} (at character {1})', summary, range.start + 1);
}

/** Calls of `matches` become calls of ours. */
function useLinearMatches(node: unknown): void {
  if (Array.isArray(node)) for (const item of node) useLinearMatches(item);
  else if (isNode(node)) {
    if (node.op === 'rcall' && node.args[0] === 'matches') node.args[0] = 'linearMatches';
    useLinearMatches(node.args);
  }
}

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
