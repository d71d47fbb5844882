import { beforeAll, expect, test, vi } from 'vitest';
import type { DecodedText, RecordDetail } from '../../src/shared/messagesPage.ts';
import { recordFacts } from './recordFacts.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));

const detail: RecordDetail = {
  partition: 1,
  offset: 1234,
  timestamp: Date.UTC(1999, 0, 2, 3, 4, 5, 6),
  timestampType: 'create',
  key: null,
  value: btoa('x'.repeat(1500)),
  headers: [],
  codec: 'lz4',
  producerId: -1,
  producerEpoch: -1,
  batchBaseOffset: 1200,
};
const fact = (name: string, more: Partial<RecordDetail> = {}) =>
  recordFacts({ ...detail, ...more }, true).find((f) => f.name === name);

test('the time is copied as ISO alone', () => {
  expect(fact('Time')?.copy).toEqual({ name: 'Copy as ISO 8601', text: '1999-01-02T03:04:05.006Z' });
});

test.each<[DecodedText, string]>([
  [{ format: 'avro', text: '{}', schemaId: 7, schemaName: 'shop.Order' }, 'id 7 · shop.Order · avro'],
  [
    { format: 'protobuf', text: '{}', schemaFile: 'proto/order.proto', schemaName: 'shop.Order' },
    'proto/order.proto · shop.Order · protobuf',
  ],
  [{ format: 'jsonschema', text: '{}', schemaId: 9 }, 'id 9 · jsonschema'],
])('names the schema of %j', (decodedValue, text) => {
  expect(fact('Schema of the value', { decodedValue })?.text).toBe(text);
});

test('no schema, no line of one; sizes are those of the bytes', () => {
  expect(fact('Schema of the value', { decodedValue: { format: 'json', text: '{}' } })).toBeUndefined();
  expect(fact('Value size')?.text).toBe('1.5 KiB');
  expect(fact('Key size')?.text).toBe('null');
});
