import { resolveInteger } from '../yaml/scalars.ts';

/** What Go's ParseInt takes with base 0; underscores were written between digits. */
const GO_INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][0-9_]*)$/;

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
