import * as l10n from '@vscode/l10n';
import { RE2JS } from 're2js';
import { headersOf, keyOf, valueOf, type RecordSpan } from '../kafka/records/record.ts';
import type { FilterSpec } from '../../shared/messagesPage.ts';

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

/** Throws {@link FilterError}. null: everything matches. CEL is loaded on first use. */
export async function createFilter(spec: FilterSpec | null): Promise<RecordFilter | null> {
  if (spec === null || spec.text === '') return null;
  switch (spec.language) {
    case 'text':
      return textFilter(spec.text);
    case 'regex':
      return regexFilter(spec.text);
    case 'cel': {
      const { celFilter } = await import('./celFilter.late.ts');
      return celFilter(spec.text);
    }
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

/** RE2 syntax, found anywhere in key, value, header name or header value. Time grows with the text, never faster. */
export function regexFilter(pattern: string): RecordFilter {
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(pattern);
  } catch (error) {
    throw new FilterError(l10n.t('This is not a regular expression: {0}', (error as Error).message));
  }
  const found = (bytes: Buffer | string | null): boolean => bytes !== null && regex.matcher(bytes.toString()).find();
  return {
    matches: (record) =>
      found(keyOf(record)) ||
      found(valueOf(record)) ||
      headersOf(record).some(([name, value]) => found(name) || found(value)),
  };
}
