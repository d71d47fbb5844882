import { expect, test } from 'vitest';
import { recordJson } from './recordJson.ts';

const base64 = (bytes: string | Uint8Array) => btoa(typeof bytes === 'string' ? bytes : String.fromCharCode(...bytes));
const record = {
  partition: 2,
  offset: 41,
  timestamp: 1764072000123,
  timestampType: 'create',
  key: base64(Uint8Array.of(255)),
  value: base64('{"n":9007199254740993}'),
  headers: [
    ['h', null],
    ['context', base64('{"n":9007199254740993}')],
  ] as [string, string | null][],
  codec: 'none',
  producerId: -1,
  producerEpoch: -1,
  batchBaseOffset: 40,
} as const;

test('a record as JSON keeps digits, bytes and null headers', () => {
  const text = recordJson('orders', { ...record, headers: [...record.headers] });
  expect(text).toContain('"value": {"n":9007199254740993}');
  expect(text).toContain('"headers": [{"key":"h","value":null},{"key":"context","value":{"n":9007199254740993}}]');
  expect(JSON.parse(text)).toMatchObject({
    topic: 'orders',
    partition: 2,
    offset: 41,
    keyBase64: '/w==',
  });
});

test('a value that a schema has read comes with its bytes', () => {
  const text = recordJson('orders', {
    ...record,
    headers: [],
    value: base64(Uint8Array.of(2, 97)),
    decodedValue: { format: 'avro', text: '{"id":"a"}', schemaName: 'Order' },
  });
  expect(JSON.parse(text)).toMatchObject({ value: { id: 'a' }, valueBase64: 'AmE=' });
});

test('a value that is shown as hex or base64 is copied so, though its bytes are text', () => {
  const copied = (format: 'hex' | 'base64', text: string) =>
    JSON.parse(
      recordJson('orders', { ...record, headers: [], value: base64('ab'), decodedValue: { format, text } }),
    ) as object;
  expect(copied('hex', '61 62')).toMatchObject({ value: '61 62', valueBase64: 'YWI=' });
  expect(copied('base64', 'YWI=')).toMatchObject({ value: 'YWI=', valueBase64: 'YWI=' });
});
