import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ValueEncoder } from '../../core/kafka/values/valueEncoder.ts';
import type { MessageDraft } from '../../shared/producePage.ts';
import { draftOf, emptyDraft, messageOf } from './draft.ts';

const encoder = new ValueEncoder();
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');

// Where a day begins nine hours before that of UTC.
beforeAll(() => void vi.stubEnv('TZ', 'Asia/Seoul'));
afterAll(() => void vi.unstubAllEnvs());

test('a draft made from a record writes exactly its bytes again', async () => {
  const bytes = fc.option(
    fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'binary' }).map((s) => Buffer.from(s)),
      fc.json().map((s) => Buffer.from(s)),
    ),
  );
  await fc.assert(
    fc.asyncProperty(bytes, bytes, fc.array(fc.tuple(fc.string(), bytes)), async (key, value, headers) => {
      const of = (b: Uint8Array | null) => (b === null ? null : base64(b));
      const record = {
        partition: 2,
        offset: 9,
        key: of(key),
        value: of(value),
        headers: headers.map(([name, b]): [string, string | null] => [name, of(b)]),
      };
      const buffer = (b: Uint8Array | null) => (b === null ? null : Buffer.from(b));
      expect(await messageOf(draftOf(record), encoder)).toEqual({
        key: buffer(key),
        value: buffer(value),
        headers: headers.map(([name, b]) => [name, buffer(b)]),
        partition: 2,
        codec: 'none',
        timestamp: null,
      });
    }),
  );
});

test.each([
  ['{"a": 1}', 'json'],
  ['[]', 'json'],
  ['{"a"', 'text'],
  ['12', 'text'],
  ['a\r\nb', 'base64'],
  ['\u0000', 'base64'],
  ['\ufeffx', 'text'],
])('%j is offered as %s', (text, format) => {
  const draft = draftOf({ partition: 0, offset: 0, key: null, value: base64(text), headers: [] });
  expect(draft.value.format).toBe(format);
  expect(draft.key.isNull).toBe(true);
});

const draft = (part: Partial<MessageDraft>): MessageDraft => ({ ...emptyDraft(null), ...part });

test.each<[Partial<MessageDraft>, string]>([
  [{ value: { isNull: false, format: 'json', text: '{', subject: '' } }, 'Value: This is not JSON'],
  [{ key: { isNull: false, format: 'base64', text: '?', subject: '' } }, 'Key: This is not base64'],
  [
    {
      value: { isNull: true, format: 'json', text: '', subject: '' },
      headers: [{ name: 'h', isNull: false, format: 'base64', text: '?' }],
    },
    'Header h: This is not base64',
  ],
  [{ value: { isNull: true, format: 'json', text: '', subject: '' }, time: 'soon' }, 'Timestamp: write a time'],
])('the sentence names the field: %j', async (part, sentence) => {
  await expect(messageOf(draft(part), encoder)).rejects.toThrow(sentence);
});

test('a null keeps what was typed out, and a time is read in both forms', async () => {
  const value = { isNull: true, format: 'json', text: '{', subject: '' } as const;
  expect(await messageOf(draft({ value, time: '1790000000000' }), encoder)).toMatchObject({
    value: null,
    timestamp: 1790000000000,
  });
  expect(await messageOf(draft({ value, time: '2026-01-31T10:00:00Z' }), encoder)).toMatchObject({
    timestamp: Date.UTC(2026, 0, 31, 10),
  });
  // A day is the person's own, as a moment without a zone is.
  expect(await messageOf(draft({ value, time: '2026-01-31' }), encoder)).toMatchObject({
    timestamp: new Date(2026, 0, 31).getTime(),
  });
});
