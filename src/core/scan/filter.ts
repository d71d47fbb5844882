import { headersOf, keyOf, valueOf, type RecordSpan } from '../kafka/records/record.ts';
import { parseJsonForCel } from '../kafka/values/json.ts';
import type { FilterSpec } from '../../shared/messagesPage.ts';
import type { CelNames } from './expressions.late.ts';
import type { BatchEvent } from '../kafka/read/readEvent.ts';
import type { ValueDecoder } from '../kafka/values/valueDecoder.ts';
import { loadSchemas } from './loadSchemas.ts';
import { AUTO, ShownRecords } from './shownRecord.ts';

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
  /** Asks a registry for the schemas that the records of a batch name; to be awaited before they are judged. */
  readonly load?: (event: BatchEvent) => Promise<void>;
}

/**
 * Throws {@link FilterError}. null: everything matches. The engines of regex and CEL are loaded on first use.
 * @param decoder reads key and value in the formats of the spec, by a registry's schemas too
 */
export async function createFilter(spec: FilterSpec | null, decoder: ValueDecoder): Promise<RecordFilter | null> {
  if (spec === null || spec.text === '') return null;
  const shown = new ShownRecords(decoder, { ...(spec.formats ?? AUTO), paths: [] });
  if (shown.plain) return filterOn(spec, plainText);
  const filter = await filterOn(spec, (record, part) => shown.text(record, part));
  return { ...filter, load: (event) => loadSchemas(event, shown) };
}

async function filterOn({ language, text }: FilterSpec, texts: Texts): Promise<RecordFilter> {
  if (language === 'text') return texts === plainText ? textFilter(text) : shownTextFilter(text, texts);
  const { compileCel, compileRegex } = await import('./expressions.late.ts');
  if (language === 'cel')
    return celFilter(
      wellFormed(() => compileCel(text)),
      texts,
    );
  return regexFilter(
    wellFormed(() => compileRegex(text)),
    texts,
  );
}

/** Text of a part of a record; null is null. Throws when it cannot be decoded. */
type Texts = (record: RecordSpan, part: 'key' | 'value') => string | null;

const plainText: Texts = (record, part) => (part === 'key' ? keyOf(record) : valueOf(record))?.toString('utf8') ?? null;

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
  const load = a.load ?? b.load;
  return {
    matches: (r, p) => a.matches(r, p) && b.matches(r, p),
    ...(needle ? { needle } : {}),
    ...(load ? { load } : {}),
  };
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

/** The same where key and value are shown decoded: found in what is shown, or in the bytes. */
function shownTextFilter(text: string, texts: Texts): RecordFilter {
  const needle = Buffer.from(text, 'utf8');
  return {
    matches: (record) =>
      containsBytes(record, needle) ||
      (texts(record, 'key')?.includes(text) ?? false) ||
      (texts(record, 'value')?.includes(text) ?? false),
  };
}

/** Found anywhere in key, value, header name or header value. */
function regexFilter(regex: (text: string) => boolean, texts: Texts): RecordFilter {
  const found = (text: string | null): boolean => text !== null && regex(text);
  return {
    matches: (record) =>
      found(texts(record, 'key')) ||
      found(texts(record, 'value')) ||
      headersOf(record).some(([name, value]) => found(name) || found(value?.toString() ?? null)),
  };
}

function celFilter(expression: (names: CelNames) => boolean, texts: Texts): RecordFilter {
  return {
    matches(record, partition) {
      const value = texts(record, 'value');
      return expression({
        key: texts(record, 'key'),
        value: value === null ? null : (parseJsonForCel(value) ?? value),
        headers: headersOf(record).map(([key, v]) => ({ key, value: v?.toString('utf8') ?? null })),
        partition: BigInt(partition),
        offset: BigInt(record.offset),
        timestamp: BigInt(record.timestamp),
      });
    },
  };
}
