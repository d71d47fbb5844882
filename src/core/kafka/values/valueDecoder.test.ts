import avro from 'avsc';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import protobuf from 'protobufjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ValueDecoder } from './valueDecoder.ts';

const ORDER = {
  type: 'record',
  name: 'Order',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'note', type: ['null', 'string'], default: null },
    { name: 'customer', type: 'shop.Customer' },
  ],
};
const CUSTOMER = { type: 'record', name: 'Customer', namespace: 'shop', fields: [{ name: 'name', type: 'string' }] };
const PROTO = `syntax = "proto3";
package shop;
import "google/protobuf/timestamp.proto";
import "money.proto";
message Empty {}
message Order {
  message Line { string sku = 1; }
  int64 id = 1;
  Money total = 2;
  google.protobuf.Timestamp at = 3;
}`;
const MONEY = 'syntax = "proto3"; package shop; message Money { string currency = 1; }';

const answers: Record<string, unknown> = {
  '/schemas/ids/1': {
    schema: JSON.stringify(ORDER),
    references: [{ name: 'shop.Customer', subject: 'customer', version: 3 }],
  },
  '/subjects/customer/versions/3': { schema: JSON.stringify(CUSTOMER) },
  '/schemas/ids/2': {
    schema: PROTO,
    schemaType: 'PROTOBUF',
    references: [{ name: 'money.proto', subject: 'money', version: 1 }],
  },
  '/subjects/money/versions/1': { schema: MONEY, schemaType: 'PROTOBUF' },
  '/schemas/ids/3': { schema: '{"type":"object"}', schemaType: 'JSON' },
};

let server: Server;
let url: string;
let asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const answer = answers[request.url!];
    if (request.headers.authorization !== `Basic ${Buffer.from('user:secret').toString('base64')}`)
      response.statusCode = 401;
    else if (answer === undefined) response.statusCode = 404;
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => void server.close());
beforeEach(() => void (asked = []));

const wire = (id: number, ...payload: Uint8Array[]): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 0, 0, id]), ...payload]);
const decoder = (): ValueDecoder => new ValueDecoder({ url, username: 'user', password: 'secret' });

describe('a value in the registry wire format', () => {
  it('Avro: referenced types, and 64-bit integers to the last digit', async () => {
    // Zig-zag 2^53 + 1 by hand: avsc itself writes only what a double holds.
    const id = Buffer.from([0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
    const rest = Buffer.concat([
      Buffer.from([0x02, 0x04]),
      Buffer.from('hi'),
      avro.Type.forSchema('string').toBuffer('Kim'),
    ]);
    const value = decoder();
    expect(await value.decode(wire(1, id, rest))).toEqual({
      format: 'avro',
      schemaId: 1,
      schemaName: 'Order',
      text: '{"id":9007199254740993,"note":"hi","customer":{"name":"Kim"}}',
    });
    await value.decode(wire(1, id, rest));
    expect(asked).toEqual(['/schemas/ids/1', '/subjects/customer/versions/3']);
  });

  it('Protobuf: with the list of message indexes, nested ones, and without it', async () => {
    const root = protobuf.parse(
      'syntax="proto3"; message Order { int64 id = 1; Money total = 2; } message Money { string currency = 1; } message Line { string sku = 1; }',
    ).root;
    const order = root
      .lookupType('Order')
      .encode({ id: 5, total: { currency: 'KRW' } })
      .finish();
    const line = root.lookupType('Line').encode({ sku: 'a-1' }).finish();
    const texts = [
      wire(2, Buffer.from([2, 2]), order), // one index: 1
      wire(2, Buffer.from([4, 2, 0]), line), // two: 1, 0
      wire(2, Buffer.from([0])), // the first message, which is empty
    ].map(async (bytes) => {
      const { schemaName, text } = await decoder().decode(bytes);
      return `${schemaName} ${text}`;
    });
    expect(await Promise.all(texts)).toEqual([
      'shop.Order {"id":"5","total":{"currency":"KRW"}}',
      'shop.Order.Line {"sku":"a-1"}',
      'shop.Empty {}',
    ]);
  });

  it('JSON Schema: the text behind the id', async () => {
    expect(await decoder().decode(wire(3, Buffer.from('{"n": 9007199254740993}')))).toEqual({
      format: 'jsonschema',
      schemaId: 3,
      text: '{"n": 9007199254740993}',
    });
  });

  it.each([
    [wire(9), 'not decoded with schema 9: The schema registry has no schema 9.'],
    [wire(1, Buffer.from([1])), /^not decoded with schema 1: /],
  ])('that cannot be decoded says why and stays bytes', async (bytes, error) => {
    const value = await decoder().decode(bytes);
    expect(value).toMatchObject({ format: 'binary', text: undefined });
    expect(value.error).toMatch(error);
  });

  it('asks once for a schema that is not registered, and takes eight such bytes for a long', async () => {
    const value = decoder();
    expect((await value.decode(wire(9, Buffer.from('abcd')))).error).toMatch(/^not decoded with schema 9: /);
    expect(value.decode(wire(9, Buffer.from('abc')))).toEqual({ format: 'binary', text: undefined });
    expect(asked).toEqual(['/schemas/ids/9']);
  });

  it('says when the registry refuses the user, and when it is not there', async () => {
    const refused = await new ValueDecoder({ url }).decode(wire(1));
    expect(refused.error).toContain('refuses this user: check its user name and password.');
    const absent = await new ValueDecoder({ url: 'http://127.0.0.1:1' }).decode(wire(1));
    expect(absent.error).toContain('The schema registry http://127.0.0.1:1 cannot be reached: ');
  });
});

it('without a registry JSON, text and bytes are told apart', () => {
  const value = new ValueDecoder();
  expect(value.decode(Buffer.from('{"a":1}'))).toEqual({ format: 'json', text: '{"a":1}' });
  expect(value.decode(Buffer.from('a=1'))).toEqual({ format: 'text', text: 'a=1' });
  expect(value.decode(wire(1))).toEqual({ format: 'binary', text: undefined });
});

describe('a value in a format that was chosen', () => {
  const value = new ValueDecoder();
  it.each([
    ['int8', [0xff], '-1'],
    ['int16', [0x80, 0x00], '-32768'],
    ['int32', [0, 0, 1, 0], '256'],
    ['int64', [0x00, 0x20, 0, 0, 0, 0, 0, 1], '9007199254740993'],
  ] as const)('%s is read big endian, with every digit', (format, bytes, text) => {
    expect(value.decode(Buffer.from(bytes), format)).toEqual({ format: 'integer', text });
  });

  it('hex and base64 are the bytes', () => {
    const bytes = Buffer.from([0xc3, 0x28, 0x00]);
    expect(value.decode(bytes, 'hex')).toMatchObject({
      format: 'hex',
      text: expect.stringMatching(/^c3 ?28 ?00$/) as string,
    });
    expect(value.decode(bytes, 'base64')).toEqual({ format: 'base64', text: 'wygA' });
  });

  it('says why bytes do not fit it, and stays what they are', () => {
    expect(value.decode(Buffer.from('o-1'), 'int64')).toEqual({
      format: 'text',
      text: 'o-1',
      error: 'not an int64: 3 bytes instead of 8',
    });
    expect(value.decode(Buffer.from('{"a":'), 'json')).toEqual({ format: 'text', text: '{"a":', error: 'not JSON' });
    expect(value.decode(Buffer.from('{"a":1}'), 'text')).toEqual({ format: 'text', text: '{"a":1}' });
  });
});
