import { parse, stringify } from 'lossless-json';
import { hexDump, textOf } from '../../shared/bytes.ts';
import { headersJson } from '../../shared/headers.ts';
import { parseBranch, parseJson } from '../../shared/json.ts';
import type { RecordDetail } from '../../shared/messagesPage.ts';
import type { RecordPart } from '../../shared/messagesPanel.ts';

/** Of a text that shows bytes as hex digits. */
const HEX = 'hex.txt';

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
      return json(headersJson(record.headers));
    case 'record': {
      const { key: _key, value: _value, decodedKey: _k, decodedValue: _v, headers: _h, ...facts } = record;
      return json({
        ...facts,
        ...memberOf(record, 'key'),
        headers: headersJson(record.headers),
        ...memberOf(record, 'value'),
      });
    }
  }
}

/** What a schema or an integer format made of the bytes, else the bytes. */
function shownText(record: RecordDetail, part: 'key' | 'value'): PartText {
  const decoded = part === 'key' ? record.decodedKey : record.decodedValue;
  const { text, error, format, schemaId, schemaFile } = decoded ?? {};
  const read = schemaId !== undefined || schemaFile !== undefined || format === 'integer';
  if (!read || text === undefined || text === null || error !== undefined) return bytesText(record[part]);
  const value = parseJson(text);
  return value === undefined ? { text, language: 'plaintext', extension: 'txt' } : json(value);
}

function bytesText(base64: string | null): PartText {
  if (base64 === null) return { text: 'null', language: 'plaintext', extension: 'txt' };
  const bytes = Buffer.from(base64, 'base64');
  const text = textOf(bytes);
  if (text === null) return { text: hexDump(bytes, Infinity), language: 'plaintext', extension: HEX };
  const value = parseBranch(text);
  if (value !== undefined) return json(value);
  if (/^\s*<[?!A-Za-z]/.test(text)) return { text, language: 'xml', extension: 'xml' };
  return { text, language: 'plaintext', extension: 'txt' };
}

function json(value: unknown): PartText {
  return { text: stringify(value, undefined, 2) ?? 'null', language: 'json', extension: 'json' };
}

/** null is null; bytes that are no text are base64. */
function memberOf(record: RecordDetail, part: 'key' | 'value'): object {
  const base64 = record[part];
  if (base64 === null) return { [part]: null };
  const { text, language, extension } = shownText(record, part);
  if (extension === HEX) return { [`${part}Base64`]: base64 };
  return { [part]: language === 'json' ? parse(text) : text };
}
