import { stringify } from 'lossless-json';
import { headersJson } from '../../src/shared/headers.ts';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import { partView } from './recordView.ts';

/**
 * A record as one JSON object, as it is shown: JSON values stand in it as they are, digit for digit; bytes that are no
 * text, or that a schema or format has read, as base64.
 */
export function recordJson(topic: string, detail: RecordDetail): string {
  const member = (part: 'key' | 'value') => {
    const view = partView(detail, part);
    if (view.base64 === null) return [`"${part}": null`];
    const decoded = part === 'key' ? detail.decodedKey : detail.decodedValue;
    const shown = view.form === 'hex' || view.form === 'base64' ? (decoded?.text ?? null) : view.text;
    if (shown === null) return [`"${part}Base64": ${JSON.stringify(view.base64)}`];
    const structured = view.form === 'json';
    const text = `"${part}": ${structured ? shown.trim() : JSON.stringify(shown)}`;
    // What a schema or a format says is not what the bytes are.
    const asIs = decoded === undefined || ['json', 'text', 'binary'].includes(decoded.format);
    return asIs ? [text] : [text, `"${part}Base64": ${JSON.stringify(view.base64)}`];
  };
  const members = [
    `"topic": ${JSON.stringify(topic)}`,
    `"partition": ${detail.partition}`,
    `"offset": ${detail.offset}`,
    `"timestamp": ${detail.timestamp}`,
    ...member('key'),
    ...member('value'),
    `"headers": ${stringify(headersJson(detail.headers))}`,
  ];
  return `{\n  ${members.join(',\n  ')}\n}`;
}
