import fc from 'fast-check';
import zlib from 'node:zlib';
import { expect, it } from 'vitest';
import { GzipDecoder } from './gzip.ts';

const packed = (text: string): Buffer => zlib.gzipSync(Buffer.from(text));
const LIMIT = 64 << 10;

/** What each gave: its text, or the sentence that says what is wrong. */
const outcomes = (inputs: readonly Buffer[], decoder = new GzipDecoder(LIMIT)): Promise<string[]> =>
  Promise.all(inputs.map((input) => decoder.decode(input).then(String, (error: Error) => error.message)));

const text = fc.string({ maxLength: 2000 });
const usual = text.map(packed);
const unusual = fc.oneof(
  fc.tuple(text, text).map(([a, b]) => Buffer.concat([packed(a), packed(b)])),
  fc.tuple(text, fc.uint8Array({ maxLength: 9 })).map(([a, rest]) => Buffer.concat([packed(a), rest])),
  fc.tuple(text, fc.nat(60), fc.nat(255)).map(([a, at, byte]) => {
    const bytes = packed(a);
    bytes[at % bytes.length] = byte;
    return bytes;
  }),
  fc.tuple(text, fc.nat(40)).map(([a, length]) => packed(a).subarray(0, length)),
  fc.constant(packed('x'.repeat(LIMIT + 1))),
);

it('unpacks what is asked for in one turn as it would each alone', async () => {
  const inputs = fc.array(fc.oneof({ weight: 4, arbitrary: usual }, unusual), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(inputs, async (list) => {
      const alone: string[] = [];
      for (const input of list) alone.push(...(await outcomes([input])));
      expect(await outcomes(list)).toEqual(alone);
    }),
  );
});

it('gives every text back where they are far more than go together', async () => {
  const texts = Array.from({ length: 300 }, (_, i) => `${i} `.repeat(3000));
  expect(await outcomes(texts.map(packed))).toEqual(texts);
});

it('says of each what is wrong with it, beside good ones', async () => {
  const broken = packed('broken');
  broken[broken.length - 6]! ^= 1;
  expect(await outcomes([packed('one'), broken, packed('two'), packed('y'.repeat(LIMIT + 1))])).toEqual([
    'one',
    'the gzip data is corrupt: incorrect data check',
    'two',
    'the batch unpacks to more than 0 MiB',
  ]);
});
