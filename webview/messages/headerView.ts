import { stringify } from 'lossless-json';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import { bytesOf, hexText, textOf } from './bytes.ts';
import { parseJson } from './jsonRows.ts';
import type { Form } from './recordView.ts';

type Headers = RecordDetail['headers'];

/** The value of a header; bytes that are no text are hex digits in every form but base64. */
export function headerText(base64: string | null, form: Form): string {
  if (base64 === null) return 'null';
  if (form === 'base64') return base64;
  const bytes = bytesOf(base64);
  const text = form === 'hex' ? null : textOf(bytes);
  if (text === null) return hexText(bytes);
  const json = form === 'json' ? parseJson(text) : undefined;
  return json === undefined ? text : (stringify(json, undefined, 2) ?? text);
}

/** All of them, to be copied: JSON as a list of JSON, else a line for each. */
export function headersText(headers: Headers, form: Form): string {
  if (form !== 'json') return headers.map(([name, value]) => `${name}: ${headerText(value, form)}`).join('\n');
  const list = headers.map(([key, base64]) => {
    const text = base64 === null ? null : textOf(bytesOf(base64));
    if (base64 !== null && text === null) return { key, valueBase64: base64 };
    return { key, value: text === null ? null : (parseJson(text) ?? text) };
  });
  return stringify(list, undefined, 2) ?? '[]';
}
