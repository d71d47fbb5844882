import avro from 'avsc';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import type { SchemaFile } from '../../../shared/messagesPage.ts';
import { ValueDecoder } from './valueDecoder.ts';

const MONEY = 'syntax = "proto3"; package shop; message Money { string currency = 1; int64 amount = 2; }';
const ORDER = `syntax = "proto3";
package shop;
import "shop/money.proto";
message Order {
  message Line { string sku = 1; }
  int64 id = 1;
  Money total = 2;
  repeated Line lines = 3;
}`;
const CUSTOMER = { type: 'record', name: 'Customer', namespace: 'shop', fields: [{ name: 'id', type: 'long' }] };
const VISIT = {
  type: 'record',
  name: 'Visit',
  namespace: 'shop',
  fields: [{ name: 'by', type: 'shop.Customer' }],
};
const files: SchemaFile[] = [
  { path: 'proto/shop/order.proto', text: ORDER },
  { path: 'proto/shop/money.proto', text: MONEY },
  { path: 'avro/visit.avsc', text: JSON.stringify(VISIT) },
  { path: 'avro/customer.avsc', text: JSON.stringify(CUSTOMER) },
  { path: 'broken.avsc', text: '{' },
  { path: 'broken.proto', text: 'message {' },
];
const root = new protobuf.Root();
protobuf.parse(MONEY, root, { keepCase: true });
protobuf.parse(ORDER, root, { keepCase: true });
const encode = (name: string, value: object) => {
  const type = root.lookupType(name);
  return Buffer.from(type.encode(type.fromObject(value)).finish());
};
const visits = avro.Type.forSchema({ ...VISIT, fields: [{ name: 'by', type: CUSTOMER }] } as avro.Schema);

describe('formats of .proto and .avsc files', () => {
  it('are every message and record of the files; a file that is not well formed is told', async () => {
    const choices = await new ValueDecoder().useFiles(files);
    expect(choices.formats).toEqual([
      'file:avro/customer.avsc#shop.Customer',
      'file:avro/visit.avsc#shop.Visit',
      'file:proto/shop/money.proto#shop.Money',
      'file:proto/shop/order.proto#shop.Order',
      'file:proto/shop/order.proto#shop.Order.Line',
    ]);
    expect(choices.problems).toHaveLength(2);
    expect(choices.problems[0]).toMatch(/^broken\.avsc cannot be used: .*JSON/);
    expect(choices.problems[1]).toMatch(/^broken\.proto cannot be used: /);
  });

  it('decode a message with what it imports, a nested one, and one behind the header of a registry', async () => {
    const decoder = new ValueDecoder();
    await decoder.useFiles(files);
    const order = encode('shop.Order', {
      id: '9007199254740993',
      total: { currency: 'KRW', amount: '12' },
      lines: [{ sku: 'a' }],
    });
    const decoded = {
      format: 'protobuf',
      schemaFile: 'proto/shop/order.proto',
      schemaName: 'shop.Order',
      text: '{"id":"9007199254740993","total":{"currency":"KRW","amount":"12"},"lines":[{"sku":"a"}]}',
    };
    const format = 'file:proto/shop/order.proto#shop.Order';
    expect(await decoder.decode(order, format)).toEqual(decoded);
    expect(await decoder.decode(Buffer.concat([Buffer.from([0, 0, 0, 0, 7, 0]), order]), format)).toEqual(decoded);
    const line = encode('shop.Order.Line', { sku: 'b' });
    expect(await decoder.decode(line, 'file:proto/shop/order.proto#shop.Order.Line')).toMatchObject({
      text: '{"sku":"b"}',
    });
  });

  it('decode a record that names one of another file, digit for digit', async () => {
    const decoder = new ValueDecoder();
    await decoder.useFiles(files);
    const bytes = visits.toBuffer({ by: { id: 42 } });
    const schema = { schemaFile: 'avro/visit.avsc', schemaName: 'shop.Visit' };
    const expected = { format: 'avro', ...schema, text: '{"by":{"id":42}}' };
    expect(await decoder.decode(bytes, 'file:avro/visit.avsc#shop.Visit')).toEqual(expected);
    const framed = Buffer.concat([Buffer.from([0, 0, 0, 0, 7]), bytes]);
    expect(await decoder.decode(framed, 'file:avro/visit.avsc#shop.Visit')).toEqual(expected);
  });

  it('say why bytes are not what the file says, or that the file is gone', async () => {
    const decoder = new ValueDecoder();
    await decoder.useFiles(files);
    expect(await decoder.decode(Buffer.from('hello'), 'file:avro/visit.avsc#shop.Visit')).toMatchObject({
      format: 'text',
      text: 'hello',
      error: expect.stringMatching(/^not a shop\.Visit: /) as string,
    });
    expect(await decoder.decode(Buffer.from('hello'), 'file:gone.proto#Gone')).toMatchObject({
      text: 'hello',
      error: 'The workspace has no Gone in gone.proto any more: choose another format.',
    });
  });
});
