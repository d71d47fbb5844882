import { stringify } from 'lossless-json';
import { base64Of, bytesOf, textOf } from '../../src/shared/bytes.ts';
import { jsonKind, type Json } from '../../src/shared/json.ts';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import type { PartView } from './recordView.ts';

/** A record that is a CloudEvent, as the Kafka binding (https://github.com/cloudevents/spec) puts it into one. */
export interface CloudEvent {
  /** `structured`: the value is the event as JSON; `binary`: the value is its data alone, its attributes are headers. */
  mode: 'structured' | 'binary';
  /** Context attributes and extensions, in their order. */
  attributes: [name: string, text: string][];
  /** null: it carries none. */
  data: PartView | null;
  /** Where the data begins in the value's JSON: a JSON pointer. */
  place: string;
}

/** Required of every event; `id` is too, but an event without one is still better named than not. */
const REQUIRED = ['specversion', 'type', 'source'];

/** Of a record by its headers and its value; null: it is none. */
export function cloudEventOf(headers: RecordDetail['headers'], value: PartView): CloudEvent | null {
  return inHeaders(headers, value) ?? inValue(value.json);
}

/** Binary mode: headers `ce_…`, and the value's media type as `content-type`. */
function inHeaders(headers: RecordDetail['headers'], value: PartView): CloudEvent | null {
  const attributes = headers.flatMap(([header, base64]): CloudEvent['attributes'] => {
    const name = header.startsWith('ce_') ? header.slice('ce_'.length) : '';
    const attribute = header.toLowerCase() === 'content-type' ? 'datacontenttype' : name;
    const text = base64 === null ? null : textOf(bytesOf(base64));
    return attribute === '' || text === null ? [] : [[attribute, text]];
  });
  const has = (name: string) => attributes.some(([attribute]) => attribute === name);
  if (!REQUIRED.every(has)) return null;
  return { mode: 'binary', attributes, data: value.bytes && value, place: '' };
}

/** Structured mode, by its contents: Dapr and others write it without the header `application/cloudevents+json`. */
function inValue(json: Json | undefined): CloudEvent | null {
  if (json === undefined || json === null || typeof json !== 'object' || Array.isArray(json)) return null;
  const { data, data_base64: base64, ...rest } = json as Record<string, Json>;
  if (!REQUIRED.every((name) => typeof rest[name] === 'string')) return null;
  const attributes = Object.entries(rest).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : (stringify(value) ?? ''),
  ]);
  const shown = typeof base64 === 'string' ? bytesView(base64) : data === undefined ? null : dataView(data);
  return { mode: 'structured', attributes, data: shown, place: '/data' };
}

function bytesView(base64: string): PartView {
  const bytes = bytesOf(base64);
  const text = textOf(bytes);
  return { base64, bytes, text, json: undefined, form: text === null ? 'hex' : 'text' };
}

/** JSON as it is, text without its quotes. */
function dataView(data: Json): PartView {
  const text = typeof data === 'string' ? data : (stringify(data, undefined, 2) ?? '');
  const bytes = new TextEncoder().encode(text);
  const shown = { base64: base64Of(bytes), bytes, text };
  return jsonKind(data) === 'branch'
    ? { ...shown, json: data, form: 'json' }
    : { ...shown, json: undefined, form: 'text' };
}
