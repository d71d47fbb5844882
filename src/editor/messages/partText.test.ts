import { expect, test } from 'vitest';
import { partText } from './partText.ts';

const record = {
  partition: 1,
  offset: 7,
  timestamp: 1,
  timestampType: 'create' as const,
  key: Buffer.from('k').toString('base64'),
  value: Buffer.from('{"n":9007199254740993,"f":1.10}').toString('base64'),
  headers: [['a', null]] as [string, string | null][],
  codec: 'none',
  producerId: -1,
  producerEpoch: -1,
  batchBaseOffset: 7,
};

test('JSON is laid out and keeps its digits', () => {
  expect(partText(record, 'value')).toEqual({
    text: '{\n  "n": 9007199254740993,\n  "f": 1.10\n}',
    language: 'json',
    extension: 'json',
  });
});

test('text, XML and other bytes are told apart', () => {
  expect(partText(record, 'key')).toMatchObject({ text: 'k', language: 'plaintext' });
  expect(partText({ ...record, value: Buffer.from('<a/>').toString('base64') }, 'value').language).toBe('xml');
  expect(partText({ ...record, value: Buffer.from([0xff, 0x10]).toString('base64') }, 'value').text).toBe(
    `00000000  ff 10${' '.repeat(45)}··`,
  );
  expect(partText({ ...record, value: null }, 'value').text).toBe('null');
});

test('the whole record is one object', () => {
  const text = partText(record, 'record').text;
  expect(text).toContain('"n": 9007199254740993');
  expect(JSON.parse(text)).toMatchObject({ partition: 1, offset: 7, key: 'k', headers: [{ key: 'a', value: null }] });
  expect(JSON.parse(partText({ ...record, key: null, value: '/wA=' }, 'record').text)).toMatchObject({
    key: null,
    valueBase64: '/wA=',
  });
});

test('headers are a list, in their order; JSON stands in it as it is, bytes that are no text as base64', () => {
  const headers: [string, string | null][] = [
    ['a', Buffer.from('x').toString('base64')],
    ['a', null],
    ['c', Buffer.from('[1]').toString('base64')],
    ['b', '/w=='],
  ];
  const expected = [
    { key: 'a', value: 'x' },
    { key: 'a', value: null },
    { key: 'c', value: [1] },
    { key: 'b', valueBase64: '/w==' },
  ];
  expect(JSON.parse(partText({ ...record, headers }, 'headers').text)).toEqual(expected);
  expect(JSON.parse(partText({ ...record, headers }, 'record').text)).toMatchObject({ headers: expected });
});

test('a text or a number that a schema or a format says is what opens, and the bytes where it cannot be read', () => {
  // A string of Avro in a registry's frame: bytes that are text, too.
  const value = Buffer.from([0, 0, 0, 0, 7, 4, 0x61, 0x62]).toString('base64');
  const avro = { format: 'avro' as const, text: '"ab"', schemaId: 7 };
  expect(partText({ ...record, value, decodedValue: avro }, 'value')).toEqual({
    text: '"ab"',
    language: 'json',
    extension: 'json',
  });
  const integer = { format: 'integer' as const, text: '9007199254740993' };
  const number = partText({ ...record, value: 'ACAAAAAAAAE=', decodedValue: integer }, 'value');
  expect(number.text).toBe('9007199254740993');
  const refused = { format: 'binary' as const, text: null, schemaId: 7, error: 'not decoded with schema 7: short' };
  expect(partText({ ...record, value: 'AP8=', decodedValue: refused }, 'value').text).toContain('00000000  00 ff');
});

test.each([{ schemaId: 7 }, { schemaFile: 'a.proto' }])('what a schema says, by %j, is what opens', (schema) => {
  const decodedValue = { format: 'protobuf' as const, text: '{"id":"7"}', ...schema };
  expect(partText({ ...record, value: 'CAc=', decodedValue }, 'value')).toMatchObject({
    text: '{\n  "id": "7"\n}',
    language: 'json',
  });
});
