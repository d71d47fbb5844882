import { isLosslessNumber, parse, stringify } from 'lossless-json';

/** Numbers a double may not hold exactly, or that are not written as integers: those take the slow, exact way. */
const NEEDS_CARE = /\d[.eE]|\d{16}/;
const INTEGER = /^-?\d+$/;
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/**
 * JSON as an expression sees it: integers are BigInt (CEL's int), other numbers double. Undefined when the text is not
 * JSON. Integers beyond 64 bits become doubles, as CEL has no such int.
 */
export function parseJsonForCel(text: string): unknown {
  const first = text.trimStart()[0];
  if (first === undefined || !'{["-0123456789tfn'.includes(first)) return undefined;
  try {
    return NEEDS_CARE.test(text)
      ? parse(text, undefined, { parseNumber, onDuplicateKey })
      : withIntegers(JSON.parse(text));
  } catch {
    // Not JSON, or nested deeper than any parser follows: then the value is text.
    return undefined;
  }
}

/** Is the text one JSON document? */
export function isJson(text: string): boolean {
  const first = text.trimStart()[0];
  if (first === undefined || !'{["-0123456789tfn'.includes(first)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parseNumber(text: string): unknown {
  if (!INTEGER.test(text)) return Number(text);
  const integer = BigInt(text);
  return integer > INT64_MAX || integer < INT64_MIN ? Number(text) : integer;
}

/** The last one wins, as in JSON.parse. */
const onDuplicateKey = ({ newValue }: { newValue: unknown }): unknown => newValue;

function withIntegers(value: unknown): unknown {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = withIntegers(value[i]);
    return value;
  }
  const object = value as Record<string, unknown>;
  for (const key of Object.keys(object)) {
    const before = object[key];
    const after = withIntegers(before);
    // Defining, not assigning: a key may be called __proto__.
    if (after !== before)
      Object.defineProperty(object, key, { value: after, writable: true, enumerable: true, configurable: true });
  }
  return object;
}

/** A JSON document with every digit of its numbers; undefined when the text is none. */
export function parseLossless(text: string): unknown {
  if (!isJson(text)) return undefined;
  try {
    return parse(text, undefined, { onDuplicateKey });
  } catch {
    // Nested deeper than the exact parser follows.
    return undefined;
  }
}

/** What stands at a JSON pointer (RFC 6901): a text as it is, anything else as JSON text; null when nothing does. */
export function textAt(document: unknown, pointer: string): string | null {
  let at: unknown = document;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || isLosslessNumber(at) || !Object.hasOwn(at, name)) return null;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'string' ? at : (stringify(at) ?? null);
}
