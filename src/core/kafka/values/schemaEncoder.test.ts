import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegisteredSchema } from './registry.ts';
import { encoderOf } from './schemaEncoder.ts';
import { decoderOf } from './schemaFormats.late.ts';

const avro = (schema: unknown, references: unknown[] = []): RegisteredSchema => ({
  id: 1,
  type: 'AVRO',
  schema: JSON.stringify(schema),
  references: references.map((reference) => ({ name: 'r', schema: JSON.stringify(reference) })),
});
const proto = (schema: string): RegisteredSchema => ({ id: 1, type: 'PROTOBUF', schema, references: [] });

/** Encoded and decoded again, as text. */
const round = (schema: RegisteredSchema, text: string): unknown => decoderOf(schema)(encoderOf(schema)(text)).text;

const ORDER = {
  type: 'record',
  name: 'Order',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'note', type: ['null', 'string'], default: null },
    { name: 'total', type: ['null', 'long', 'double'], default: null },
    { name: 'raw', type: 'bytes' },
    { name: 'hash', type: { type: 'fixed', name: 'Hash', size: 2 } },
    { name: 'state', type: { type: 'enum', name: 'State', symbols: ['OPEN', 'DONE'] } },
    { name: 'lines', type: { type: 'array', items: { type: 'map', values: 'int' } } },
    { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
  ],
};

describe('Avro', () => {
  it('encodes what the decoder writes, every digit kept', () => {
    const text =
      '{"id":9007199254740993,"note":"hi","total":-9223372036854775808,"raw":"AP8=","hash":"AQI=",' +
      '"state":"DONE","lines":[{"a":1,"b":-2},{}],"at":1790000000000}';
    expect(round(avro(ORDER), text)).toBe(text);
  });

  it('is the inverse of decoding for any content', () => {
    const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
    const record = fc.tuple(long, fc.option(fc.string()), fc.option(long), fc.uint8Array(), fc.boolean());
    fc.assert(
      fc.property(record, ([id, note, total, raw, open]) => {
        const text =
          `{"id":${id},"note":${JSON.stringify(note)},"total":${total},"raw":"${Buffer.from(raw).toString('base64')}",` +
          `"hash":"AQI=","state":"${open ? 'OPEN' : 'DONE'}","lines":[],"at":1}`;
        expect(round(avro(ORDER), text)).toBe(text);
      }),
    );
  });

  it('names the branch where two records are in a union, and fills in defaults', () => {
    const schema = avro({
      type: 'record',
      name: 'E',
      fields: [
        {
          name: 'body',
          type: [
            { type: 'record', name: 'A', fields: [{ name: 'a', type: 'int' }] },
            { type: 'record', name: 'B', fields: [{ name: 'b', type: 'long' }] },
          ],
        },
        { name: 'version', type: 'int', default: 3 },
      ],
    });
    expect(encoderOf(schema)('{"body":{"B":{"b":1}}}').toString('hex')).toBe('02' + '02' + '06');
    expect(round(schema, '{"body":{"A":{"a":1}},"version":4}')).toBe('{"body":{"A":{"a":1}},"version":4}');
    expect(() => encoderOf(schema)('{"body":{"b":1}}')).toThrow(
      '$.body must be an object with one key that names the branch: A, B.',
    );
  });

  it('knows referenced types', () => {
    const money = { type: 'record', name: 'Money', fields: [{ name: 'cents', type: 'long' }] };
    const schema = avro({ type: 'record', name: 'O', fields: [{ name: 'total', type: 'Money' }] }, [money]);
    expect(round(schema, '{"total":{"cents":12}}')).toBe('{"total":{"cents":12}}');
  });

  it.each([
    ['{"id":1.5}', '$.id must be'],
    ['{"id":"1"}', '$.id must be'],
    ['{"id":99999999999999999999}', '$.id must be'],
    ['{"id":1,"note":2}', '$.note must be string'],
    ['{"id":1,"total":"x"}', '$.total fits no branch of its union'],
    ['{"id":1,"wrong":1}', 'Order has no field wrong.'],
    ['{"id":1}', '$.raw is missing.'],
    ['[]', '$ must be record Order'],
  ])('%s: the sentence names the place', (text, sentence) => {
    expect(() => encoderOf(avro(ORDER))(text)).toThrow(sentence);
  });
});

describe('Protobuf', () => {
  const schema = proto(`syntax = "proto3"; package shop;
    message Order { int64 id = 1; string note = 2; Line first = 3; repeated Line more = 4; bytes raw = 5; State state = 6;
      map<string, Line> byName = 7; }
    message Line { string sku = 1; uint64 n = 2; }
    enum State { OPEN = 0; DONE = 1; }`);

  it('encodes the first message behind its index, every digit kept', () => {
    const text =
      '{"id":"9007199254740993","note":"hi","first":{"sku":"s","n":"18446744073709551615"},' +
      '"more":[{"sku":"t"}],"raw":"AP8=","state":"DONE","byName":{"x":{"n":"1"}}}';
    expect(encoderOf(schema)(text)[0]).toBe(0);
    expect(JSON.parse(round(schema, text) as string)).toEqual(JSON.parse(text));
  });

  it('takes long integers as JSON numbers too', () => {
    expect(JSON.parse(round(schema, '{"id":9007199254740993}') as string)).toMatchObject({ id: '9007199254740993' });
  });

  it('refuses fields that the message does not have', () => {
    expect(() => encoderOf(schema)('{"ID":1}')).toThrow('Order has no field ID.');
    expect(() => encoderOf(schema)('{"more":[{"sku":"s","x":1}]}')).toThrow('Line has no field more.x.');
    expect(() => encoderOf(schema)('[1]')).toThrow('written as a JSON object');
  });
});

it('JSON Schema: JSON as it was typed, and nothing else', () => {
  const schema: RegisteredSchema = { id: 1, type: 'JSON', schema: '{}', references: [] };
  expect(encoderOf(schema)('{ "a": 1.0 }').toString()).toBe('{ "a": 1.0 }');
  expect(() => encoderOf(schema)('{')).toThrow(SyntaxError);
});
