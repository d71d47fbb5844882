import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ValueDecoder } from './valueDecoder.ts';
import { ValueEncoder } from './valueEncoder.ts';

const ORDER = { schema: '{"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}' };
const answers: Record<string, unknown> = {
  '/subjects': ['z-value', 'orders-value'],
  '/subjects/orders-value/versions/latest': { subject: 'orders-value', version: 2, id: 258, ...ORDER },
  '/schemas/ids/258': ORDER,
  '/subjects/no-id/versions/latest': ORDER,
};
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers[request.url!];
    if (answer === undefined) response.statusCode = 404;
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

describe('without a schema', () => {
  const encoder = new ValueEncoder();

  it('writes JSON as it was typed, text as UTF-8, base64 as its bytes', async () => {
    expect((await encoder.encode({ format: 'json', text: '{ "n": 1.0 }' })).bytes.toString()).toBe('{ "n": 1.0 }');
    expect((await encoder.encode({ format: 'text', text: 'größe' })).bytes.toString()).toBe('größe');
    expect((await encoder.encode({ format: 'base64', text: 'AP\n8=' })).bytes).toEqual(Buffer.from([0, 255]));
  });

  it.each([
    ['json', '{', 'This is not JSON'],
    ['json', '', 'There is nothing yet: write JSON, or tick null.'],
    ['base64', 'AP8', 'This is not base64'],
    ['base64', 'A_8=', 'This is not base64'],
  ] as const)('%s %j is refused', async (format, text, sentence) => {
    await expect(encoder.encode({ format, text })).rejects.toThrow(sentence);
  });

  it('says that there is no registry', async () => {
    expect(await encoder.subjects()).toBeNull();
    await expect(encoder.encode({ format: 'schema', text: '{}', subject: 's' })).rejects.toThrow('no schema registry');
  });
});

describe('with a registry', () => {
  it('frames the payload with the id of the newest schema, as the decoder reads it', async () => {
    const encoder = new ValueEncoder({ url });
    expect(await encoder.subjects()).toEqual(['orders-value', 'z-value']);
    const written = await encoder.encode({ format: 'schema', text: '{"id":3}', subject: 'orders-value' });
    expect(written).toEqual({ bytes: Buffer.from([0, 0, 0, 1, 2, 6]), schema: { id: 258, type: 'AVRO' } });
    expect(await new ValueDecoder({ url }).decode(written.bytes)).toMatchObject({ text: '{"id":3}', schemaId: 258 });
  });

  it.each([
    ['orders-value', '{"id":"3"}', 'It does not fit schema 258, the newest of orders-value: $.id must be long'],
    ['orders-value', 'x', 'This is not JSON'],
    ['gone', '{}', 'The schema registry has no subject gone.'],
    ['no-id', '{}', 'does not answer like a schema registry'],
    ['', '{}', 'Choose the subject'],
  ])('subject %j, %s', async (subject, text, sentence) => {
    await expect(new ValueEncoder({ url }).encode({ format: 'schema', text, subject })).rejects.toThrow(sentence);
  });
});
