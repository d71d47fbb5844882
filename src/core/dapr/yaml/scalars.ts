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
export function resolveInteger(text: string): bigint | undefined {
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/.exec(text);
  if (match === null) return undefined;
  let digits = match[2] ?? '';
  if (/^0[0-7]/.test(digits)) digits = `0o${digits.slice(1)}`;
  const value = match[1] === '-' ? -BigInt(digits) : BigInt(digits);
  return value <= MAX_UINT64 && value >= MIN_INT64 ? value : undefined;
}

/** A text that is not of the type its tag says: daprd's parser refuses the whole document. */
export class TagMismatch extends Error {}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The value of a scalar with an explicit tag, whether it is quoted or not; an unknown tag leaves text.
 * @throws TagMismatch
 */
export function resolveTagged(tag: string, text: string): ScalarValue {
  if (tag === '!!binary') return fromBase64(text);
  const fits = FITS[tag];
  if (fits === undefined) return text;
  const value = resolvePlain(text);
  if (!fits(value)) throw new TagMismatch(`cannot decode \`${text}\` as a ${tag}`);
  return value;
}

const FITS: Record<string, (value: ScalarValue) => boolean> = {
  '!!null': (value) => value === null,
  '!!bool': (value) => typeof value === 'boolean',
  '!!int': (value) => typeof value === 'bigint',
  '!!float': (value) => typeof value === 'bigint' || typeof value === 'number',
};

function fromBase64(text: string): string {
  const bare = text.replace(/[\r\n]/g, '');
  if (!BASE64.test(bare)) throw new TagMismatch('!!binary value contains invalid base64 data');
  return new TextDecoder().decode(Uint8Array.from(atob(bare), (character) => character.charCodeAt(0)));
}

/** The string a string field of daprd gets from a scalar: null is empty, numbers are their JSON text. */
export function scalarToText(value: ScalarValue): string {
  return value === null ? '' : String(value);
}
