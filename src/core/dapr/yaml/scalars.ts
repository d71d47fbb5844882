/** A JSON value that a scalar becomes when daprd reads it; integers stay exact as bigint. */
export type ScalarValue = string | number | bigint | boolean | null;

/** `.inf` and `.nan`: no JSON exists for them, so daprd cannot decode the whole document. */
export class NotJson extends Error {}

const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']);
const NULL = new Set(['', '~', 'null', 'Null', 'NULL']);
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const MAX_UINT64 = 2n ** 64n - 1n;
const MIN_INT64 = -(2n ** 63n);

/**
 * A plain (unquoted) scalar as daprd's YAML 1.1 reader resolves it before the JSON decoder sees it: `yes` is true,
 * `0123` is 83, `1.10` is 1.1. Source: daprd behaviour, scenarios y-value-*.
 * @throws NotJson for `.inf` and `.nan`
 */
export function resolvePlain(text: string): ScalarValue {
  if (NULL.has(text)) return null;
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  if (NOT_FINITE.test(text)) throw new NotJson(text);
  const first = text.charCodeAt(0);
  const numeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  return numeric ? (resolveNumber(text) ?? text) : text;
}

function resolveNumber(text: string): number | bigint | undefined {
  const digits = text.replaceAll('_', '');
  const integer = resolveInteger(digits);
  if (integer !== undefined) return integer;
  const number = FLOAT.test(digits) ? Number(digits) : undefined;
  // Too large for Go: it stays a text.
  return number !== undefined && Number.isFinite(number) ? number : undefined;
}

/** Go's `ParseInt(text, 0, 64)`: a leading 0 is octal, so `08` is no integer (and then a decimal number). */
function resolveInteger(text: string): bigint | undefined {
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/.exec(text);
  if (match === null) return undefined;
  let digits = match[2] ?? '';
  if (/^0[0-7]/.test(digits)) digits = `0o${digits.slice(1)}`;
  const value = match[1] === '-' ? -BigInt(digits) : BigInt(digits);
  return value <= MAX_UINT64 && value >= MIN_INT64 ? value : undefined;
}

/** The value of a scalar with an explicit tag; an unknown tag leaves text. */
export function resolveTagged(tag: string, text: string): ScalarValue {
  switch (tag) {
    case '!!null':
      return null;
    case '!!bool':
    case '!!int':
    case '!!float':
      return resolvePlain(text);
    default:
      return text;
  }
}

/** The string a string field of daprd gets from a scalar: null is empty, numbers are their JSON text. */
export function scalarToText(value: ScalarValue): string {
  return value === null ? '' : String(value);
}
