import { bytesOf, textOf } from './bytes.ts';
import { parseBranch, type Json } from './json.ts';
import type { RecordDetail } from './messagesPage.ts';

/**
 * Headers as JSON, in their order and twice where they are twice. An object or a list stands in it as it is, other text as
 * text, null as null; bytes that are no text as `valueBase64`.
 */
export function headersJson(headers: RecordDetail['headers']): Json[] {
  return headers.map(([key, base64]) => {
    if (base64 === null) return { key, value: null };
    const text = textOf(bytesOf(base64));
    return text === null ? { key, valueBase64: base64 } : { key, value: parseBranch(text) ?? text };
  });
}
