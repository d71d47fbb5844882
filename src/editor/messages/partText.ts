import { parse, stringify } from 'lossless-json';
import type { RecordDetail } from '../../shared/messagesPage.ts';
import type { RecordPart } from '../../shared/messagesPanel.ts';

export interface PartText {
  text: string;
  /** VS Code's language id. */
  language: string;
  extension: string;
}

/** A part of a record as an editor shows it: JSON laid out with every digit kept, XML and text as they are, else hex. */
export function partText(record: RecordDetail, part: RecordPart): PartText {
  switch (part) {
    case 'value':
    case 'key':
      return shownText(record, part);
    case 'headers':
      return json(headersOf(record));
    case 'record': {
      const { key: _key, value: _value, decodedKey: _k, decodedValue: _v, headers: _h, ...facts } = record;
      return json({
        ...facts,
        key: memberOf(shownText(record, 'key')),
        headers: headersOf(record),
        value: memberOf(shownText(record, 'value')),
      });
    }
  }
}

/** Bytes that are no text stay base64. */
function headersOf({ headers }: RecordDetail): unknown[] {
  return headers.map(([key, base64]) => {
    if (base64 === null) return { key, value: null };
    const text = utf8(Buffer.from(base64, 'base64'));
    return text === null ? { key, valueBase64: base64 } : { key, value: text };
  });
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What a schema made of the bytes, else the bytes. */
function shownText(record: RecordDetail, part: 'key' | 'value'): PartText {
  const decoded = part === 'key' ? record.decodedKey : record.decodedValue;
  const schema = decoded?.schemaId ?? decoded?.schemaFile;
  const value = schema === undefined || !decoded?.text ? undefined : jsonOf(decoded.text);
  return value === undefined ? bytesText(record[part]) : json(value);
}

function bytesText(base64: string | null): PartText {
  if (base64 === null) return { text: 'null', language: 'plaintext', extension: 'txt' };
  const bytes = Buffer.from(base64, 'base64');
  const text = utf8(bytes);
  if (text === null) return { text: hex(bytes), language: 'plaintext', extension: 'hex.txt' };
  const value = jsonOf(text);
  if (value !== undefined) return json(value);
  if (/^\s*<[?!A-Za-z]/.test(text)) return { text, language: 'xml', extension: 'xml' };
  return { text, language: 'plaintext', extension: 'txt' };
}

/** Objects and lists; undefined where the text is something else. */
function jsonOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function json(value: unknown): PartText {
  return { text: stringify(value, undefined, 2) ?? 'null', language: 'json', extension: 'json' };
}

function memberOf(part: PartText): unknown {
  return part.language === 'json' ? parse(part.text) : part.text;
}

function hex(bytes: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16)
    lines.push(
      `${at.toString(16).padStart(8, '0')}  ${[...bytes.subarray(at, at + 16)].map((b) => b.toString(16).padStart(2, '0')).join(' ')}`,
    );
  return lines.join('\n');
}
