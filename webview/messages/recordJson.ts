import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import { partView } from './recordView.ts';

/** A record as one JSON object; JSON values stand in it as they are, digit for digit; other bytes as base64. */
export function recordJson(topic: string, detail: RecordDetail): string {
  const member = (part: 'key' | 'value') => {
    const view = partView(detail, part);
    if (view.base64 === null) return [`"${part}": null`];
    if (view.text === null) return [`"${part}Base64": ${JSON.stringify(view.base64)}`];
    const structured = view.form === 'json';
    return [`"${part}": ${structured ? view.text.trim() : JSON.stringify(view.text)}`];
  };
  const members = [
    `"topic": ${JSON.stringify(topic)}`,
    `"partition": ${detail.partition}`,
    `"offset": ${detail.offset}`,
    `"timestamp": ${detail.timestamp}`,
    ...member('key'),
    ...member('value'),
    `"headers": ${JSON.stringify(detail.headers.map(([key, value]) => ({ key, value })))}`,
  ];
  return `{\n  ${members.join(',\n  ')}\n}`;
}
