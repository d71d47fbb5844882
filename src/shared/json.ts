import { isLosslessNumber, parse, type LosslessNumber } from 'lossless-json';

export type Json = null | boolean | string | LosslessNumber | Json[] | { [key: string]: Json };

/** JSON text -> value with every digit of its numbers; undefined where it is not JSON. */
export function parseJson(text: string): Json | undefined {
  if (!/^\s*(?:[[{"\d-]|true|false|null)/.test(text)) return undefined;
  try {
    return parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** An object or a list in JSON text; undefined where it is anything else: `12` and `null` may as well be plain text. */
export const parseBranch = (text: string): Json | undefined => (/^\s*[[{]/.test(text) ? parseJson(text) : undefined);

export function jsonKind(value: Json): 'number' | 'string' | 'keyword' | 'branch' {
  if (isLosslessNumber(value)) return 'number';
  if (typeof value === 'string') return 'string';
  return value === null || typeof value === 'boolean' ? 'keyword' : 'branch';
}
