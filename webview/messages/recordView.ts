import { stringify } from 'lossless-json';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import { base64Of, bytesOf, textOf } from './bytes.ts';
import { jsonKind, parseJson, type Json } from './jsonRows.ts';

export type Part = 'value' | 'key' | 'headers' | 'record';
export type Form = 'json' | 'text' | 'hex' | 'base64';

/** Values beyond this many bytes are shown by their beginning; the whole opens in an editor. */
export const SHOWN_BYTES = 256 * 1024;

/** One part of a record, ready to be shown. Absent: null in Kafka. */
export interface PartView {
  base64: string | null;
  bytes: Uint8Array | null;
  /** As its schema or format reads it, else as UTF-8; null: neither. */
  text: string | null;
  /** undefined: not JSON, or too large to be parsed in the page. */
  json: Json | undefined;
  form: Form;
}

export function partView(detail: RecordDetail, part: 'value' | 'key'): PartView {
  const base64 = detail[part];
  if (base64 === null) return { base64, bytes: null, text: null, json: undefined, form: 'text' };
  const bytes = bytesOf(base64);
  const decoded = part === 'key' ? detail.decodedKey : detail.decodedValue;
  if (decoded?.format === 'hex' || decoded?.format === 'base64')
    return { base64, bytes, text: textOf(bytes), json: undefined, form: decoded.format };
  const text = decoded && decoded.format !== 'binary' ? decoded.text : textOf(bytes);
  const json = text !== null && text.length <= SHOWN_BYTES * 4 ? parseJson(text) : undefined;
  const structured = json !== undefined && jsonKind(json) === 'branch';
  return { base64, bytes, text, json, form: text === null ? 'hex' : structured ? 'json' : 'text' };
}

/** What a CloudEvent in structured JSON form carries (https://github.com/cloudevents/spec, "specversion"); else null. */
export function cloudEvent(json: Json | undefined): { data: Json; base64?: string } | null {
  if (json === undefined || json === null || typeof json !== 'object' || Array.isArray(json)) return null;
  const event = json as Record<string, Json>;
  const { specversion, type, source, data_base64: base64 } = event;
  if (typeof specversion !== 'string' || typeof type !== 'string' || typeof source !== 'string') return null;
  return { data: event['data'] ?? null, ...(typeof base64 === 'string' ? { base64 } : {}) };
}

/** The data of a CloudEvent as a part of its own: JSON as it is, text and bytes without their quotes; null: there is none. */
export function eventDataView(json: Json | undefined): PartView | null {
  const event = cloudEvent(json);
  if (event === null) return null;
  const { data, base64 } = event;
  if (base64 !== undefined) {
    const bytes = bytesOf(base64);
    const text = textOf(bytes);
    return { base64, bytes, text, json: undefined, form: text === null ? 'hex' : 'text' };
  }
  const text = typeof data === 'string' ? data : (stringify(data, undefined, 2) ?? '');
  const bytes = new TextEncoder().encode(text);
  const structured = jsonKind(data) === 'branch';
  const shown = { base64: base64Of(bytes), bytes, text };
  return structured ? { ...shown, json: data, form: 'json' } : { ...shown, json: undefined, form: 'text' };
}
