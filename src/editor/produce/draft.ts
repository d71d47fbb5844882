import * as l10n from '@vscode/l10n';
import type { NewMessage } from '../../core/kafka/changes/produce.ts';
import type { TextToWrite, ValueEncoder } from '../../core/kafka/values/valueEncoder.ts';
import { parseIsoTime } from '../../shared/isoTime.ts';
import type { HeaderDraft, MessageDraft, PartDraft, RecordBytes } from '../../shared/producePage.ts';

const EMPTY: PartDraft = { isNull: false, format: 'text', text: '', subject: '' };

export const emptyDraft = (partition: number | null): MessageDraft => ({
  key: { ...EMPTY, isNull: true },
  value: { ...EMPTY, format: 'json' },
  headers: [],
  partition,
  codec: 'none',
  time: '',
});

/** A draft that would write exactly the key, value and headers of a record again, to its partition. */
export function draftOf(record: RecordBytes): MessageDraft {
  return {
    key: partOf(record.key),
    value: partOf(record.value),
    headers: record.headers.map(([name, value]) => headerOf(name, value)),
    partition: record.partition,
    codec: 'none',
    time: '',
  };
}

function partOf(base64: string | null): PartDraft {
  if (base64 === null) return { ...EMPTY, isNull: true };
  const text = exactText(base64);
  if (text === undefined) return { ...EMPTY, format: 'base64', text: base64 };
  return { ...EMPTY, format: isJsonDocument(text) ? 'json' : 'text', text };
}

function headerOf(name: string, value: string | null): HeaderDraft {
  if (value === null) return { name, isNull: true, format: 'text', text: '' };
  const text = exactText(value);
  return text === undefined
    ? { name, isNull: false, format: 'base64', text: value }
    : { name, isNull: false, format: 'text', text };
}

/**
 * Text that a form's field gives back unchanged: UTF-8 without control characters besides tab and line feed (a field
 * turns a carriage return into a line feed). undefined: only base64 keeps these bytes.
 */
function exactText(base64: string): string | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
  return [...text].some((c) => (c < ' ' && c !== '\t' && c !== '\n') || c === '\x7f') ? undefined : text;
}

function isJsonDocument(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The message of a draft. Throws a sentence that names the field to correct. */
export async function messageOf(draft: MessageDraft, encoder: ValueEncoder): Promise<NewMessage> {
  const part = async (name: string, content: PartDraft): Promise<Buffer | null> =>
    content.isNull ? null : named(name, () => encoder.encode(textOf(content)));
  return {
    key: await part(l10n.t('Key'), draft.key),
    value: await part(l10n.t('Value'), draft.value),
    headers: await Promise.all(
      draft.headers.map(async ({ name, isNull, format, text }) => {
        const where = l10n.t('Header {0}', name);
        return [name, isNull ? null : await named(where, () => encoder.encode({ format, text }))] as const;
      }),
    ),
    partition: draft.partition,
    codec: draft.codec,
    timestamp: timeOf(draft.time),
  };
}

const textOf = ({ format, text, subject }: PartDraft): TextToWrite =>
  format === 'schema' ? { format, text, subject } : { format, text };

async function named(name: string, encode: () => Promise<{ bytes: Buffer }>): Promise<Buffer> {
  try {
    return (await encode()).bytes;
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** ms since the epoch; null: none was typed. */
function timeOf(text: string): number | null {
  const typed = text.trim();
  if (typed === '') return null;
  const time = /^\d+$/.test(typed) ? Number(typed) : parseIsoTime(typed, 'local');
  if (time !== null && Number.isSafeInteger(time)) return time;
  throw new Error(l10n.t('Timestamp: write a time such as 2026-01-31T10:00:00Z, or milliseconds since 1970.'));
}
