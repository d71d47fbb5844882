import { Environment, type ASTNode, type ParseResult } from '@marcbachmann/cel-js';
import * as l10n from '@vscode/l10n';
import { RE2JS } from 're2js';
import { parseJsonForCel } from '../kafka/values/json.ts';
import { headersOf, keyOf, valueOf, type RecordSpan } from '../kafka/records/record.ts';
import { FilterError, type RecordFilter } from './filter.ts';

/**
 * A filter in CEL over key (text), value (parsed JSON, else text), headers (list of {key, value}), partition, offset and
 * timestamp (ms). Integers are CEL ints, so `offset % 2 == 0` works. Throws {@link FilterError}.
 */
export function celFilter(expression: string): RecordFilter {
  const program = compile(expression);
  return {
    matches(record, partition) {
      const result: unknown = program(contextOf(record, partition));
      if (typeof result !== 'boolean')
        throw new FilterError(l10n.t('The expression gives {0}, not true or false.', typeof result));
      return result;
    },
  };
}

function compile(expression: string): ParseResult {
  const regexes = new Map<string, RE2JS>();
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
      if (!regex) regexes.set(pattern, (regex = RE2JS.compile(pattern)));
      return regex.matcher(text).find();
    });
  try {
    const program = environment.parse(expression);
    useLinearMatches(program.ast);
    const { valid, type, error } = program.check();
    if (!valid && error) throw error;
    if (type !== undefined && type !== 'bool' && type !== 'dyn')
      throw new FilterError(l10n.t('The expression gives {0}, not true or false.', type));
    return program;
  } catch (error) {
    if (error instanceof FilterError) throw error;
    throw new FilterError(l10n.t('This is not a CEL expression: {0}', summaryOf(error)));
  }
}

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

function contextOf(record: RecordSpan, partition: number): Record<string, unknown> {
  const value = valueOf(record);
  const text = value === null ? null : value.toString('utf8');
  return {
    key: keyOf(record)?.toString('utf8') ?? null,
    value: text === null ? null : (parseJsonForCel(text) ?? text),
    headers: headersOf(record).map(([key, v]) => ({ key, value: v?.toString('utf8') ?? null })),
    partition: BigInt(partition),
    offset: BigInt(record.offset),
    timestamp: BigInt(record.timestamp),
  };
}
