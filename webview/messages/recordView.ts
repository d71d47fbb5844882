import { bytesOf, textOf } from '../../src/shared/bytes.ts';
import { jsonKind, parseJson, type Json } from '../../src/shared/json.ts';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import type { RecordPart } from '../../src/shared/messagesPanel.ts';

/** `event`: the attributes and the data of a CloudEvent. */
export type Part = RecordPart | 'event';
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
