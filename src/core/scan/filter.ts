import { headersOf, keyOf, valueOf, type RecordSpan } from '../kafka/records/record.ts';
import { parseJsonForCel } from '../kafka/values/json.ts';
import type { FilterSpec } from '../../shared/messagesPage.ts';
import type { CelNames } from './expressions.late.ts';

/** A filter that is not well formed: the sentence says where and why. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
}

/** Decides whether a record matches. */
export interface RecordFilter {
  /** Throws when the record cannot be judged: it does not match then, and is counted. */
  matches(record: RecordSpan, partition: number): boolean;
  /** Bytes that every matching record contains: whole batches without them are never looked at record by record. */
  readonly needle?: Buffer;
}

/** Throws {@link FilterError}. null: everything matches. The engines of regex and CEL are loaded on first use. */
export async function createFilter(spec: FilterSpec | null): Promise<RecordFilter | null> {
  if (spec === null || spec.text === '') return null;
  if (spec.language === 'text') return textFilter(spec.text);
  const { compileCel, compileRegex } = await import('./expressions.late.ts');
  if (spec.language === 'cel') return celFilter(wellFormed(() => compileCel(spec.text)));
  return regexFilter(wellFormed(() => compileRegex(spec.text)));
}

function wellFormed<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    throw new FilterError((error as Error).message, { cause: error });
  }
}

/** Both must match; the text is asked first, as it is quick. */
export function both(a: RecordFilter | null, b: RecordFilter | null): RecordFilter | null {
  if (a === null || b === null) return a ?? b;
  const needle = a.needle ?? b.needle;
  return { matches: (r, p) => a.matches(r, p) && b.matches(r, p), ...(needle ? { needle } : {}) };
}

/** The text, exactly so, in key, value, header name or header value. */
export function textFilter(text: string): RecordFilter {
  const needle = Buffer.from(text, 'utf8');
  return { needle, matches: (record) => containsBytes(record, needle) };
}

function containsBytes(record: RecordSpan, needle: Buffer): boolean {
  if (keyOf(record)?.includes(needle) || valueOf(record)?.includes(needle)) return true;
  if (record.headerCount === 0) return false;
  return headersOf(record).some(([name, value]) => value?.includes(needle) || Buffer.from(name).includes(needle));
}

/** Found anywhere in key, value, header name or header value. */
function regexFilter(regex: (text: string) => boolean): RecordFilter {
  const found = (bytes: Buffer | string | null): boolean => bytes !== null && regex(bytes.toString());
  return {
    matches: (record) =>
      found(keyOf(record)) ||
      found(valueOf(record)) ||
      headersOf(record).some(([name, value]) => found(name) || found(value)),
  };
}

function celFilter(expression: (names: CelNames) => boolean): RecordFilter {
  return {
    matches(record, partition) {
      const value = valueOf(record)?.toString('utf8') ?? null;
      return expression({
        key: keyOf(record)?.toString('utf8') ?? null,
        value: value === null ? null : (parseJsonForCel(value) ?? value),
        headers: headersOf(record).map(([key, v]) => ({ key, value: v?.toString('utf8') ?? null })),
        partition: BigInt(partition),
        offset: BigInt(record.offset),
        timestamp: BigInt(record.timestamp),
      });
    },
  };
}
