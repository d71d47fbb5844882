import { resolveInteger } from '../yaml/scalars.ts';

/** What Go's ParseInt takes with base 0: underscores stand between digits, one at a time. */
const GO_INTEGER =
  /^[-+]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*)$/;

const LIMITS = {
  Int: [-(2n ** 63n), 2n ** 63n - 1n],
  Int32: [-(2n ** 31n), 2n ** 31n - 1n],
  Uint: [0n, 2n ** 64n - 1n],
  Uint16: [0n, 2n ** 16n - 1n],
  Uint8: [0n, 2n ** 8n - 1n],
} as const;

export type IntegerType = keyof typeof LIMITS;

/** Why Go cannot parse a text as an integer of that size; undefined: it can. `decimal`: base 10 without underscores. */
export function integerError(text: string, type: IntegerType, decimal = false): string | undefined {
  const syntax = decimal ? /^[-+]?\d+$/ : GO_INTEGER;
  if (!syntax.test(text) || (type.startsWith('U') && /^[-+]/.test(text))) return 'invalid syntax';
  const value = decimal ? BigInt(text.replace('+', '')) : resolveInteger(text.replaceAll('_', ''));
  const [min, max] = LIMITS[type];
  return value === undefined || value < min || value > max ? 'value out of range' : undefined;
}
