import { stringify } from 'lossless-json';
import { bytesOf, hexText, textOf } from '../../src/shared/bytes.ts';
import { headersJson } from '../../src/shared/headers.ts';
import { parseBranch, type Json } from '../../src/shared/json.ts';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import type { Form } from './recordView.ts';

type Headers = RecordDetail['headers'];

/** One header, ready to be shown. */
export interface HeaderView {
  name: string;
  base64: string | null;
  /** An object or a list in its text; undefined: there is none. */
  json: Json | undefined;
}

export function headerViews(headers: Headers): HeaderView[] {
  return headers.map(([name, base64]) => {
    const text = base64 === null ? null : textOf(bytesOf(base64));
    return { name, base64, json: text === null ? undefined : parseBranch(text) };
  });
}

/** The value of a header; bytes that are no text are hex digits in every form but base64. */
export function headerText(base64: string | null, form: Form): string {
  if (base64 === null) return 'null';
  if (form === 'base64') return base64;
  const bytes = bytesOf(base64);
  return (form === 'hex' ? null : textOf(bytes)) ?? hexText(bytes);
}

/** All of them, to be copied: JSON as a list of JSON, else a line for each. */
export function headersText(headers: Headers, form: Form): string {
  if (form !== 'json') return headers.map(([name, value]) => `${name}: ${headerText(value, form)}`).join('\n');
  return stringify(headersJson(headers), undefined, 2) ?? '[]';
}
