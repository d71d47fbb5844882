import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBatches } from './batch.ts';
import { compress, writableCodecs } from './codecs/compress.ts';
import { Decompressor } from './codecs/decompress.ts';
import { encodeBatch } from './encodeBatch.ts';
import { headersOf, keyOf, valueOf, type Header } from './record.ts';
import { cursorOver, unpack } from './unpack.ts';

const bytes = fc.option(fc.uint8Array().map((b) => Buffer.from(b)));
const record = fc.record({
  timestamp: fc.integer({ min: -(2 ** 42), max: 2 ** 42 }),
  key: bytes,
  value: bytes,
  headers: fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), bytes)),
});

it.each(writableCodecs())('what is written with %s is read again, byte for byte', async (codec) => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1 }), async (records) => {
      const written = records.map((r, offset) => ({ ...r, offset }));
      const [batch] = readBatches(
        encodeBatch({ codec, compress: (b) => compress(codec, b), records: written }),
      ).batches;
      const read: unknown[] = [];
      const unpacked = await unpack(batch!, new Decompressor());
      for (const cursor = cursorOver(batch!, unpacked); cursor.next();)
        read.push({
          offset: cursor.offset,
          timestamp: cursor.timestamp,
          key: keyOf(cursor),
          value: valueOf(cursor),
          headers: headersOf(cursor) as [string, Buffer | null][],
        });
      expect(read).toEqual(written);
      expect(batch!.codec).toBe(codec);
    }),
    { numRuns: 50 },
  );
});

it('copies encoded headers, names that are no UTF-8 included', async () => {
  const name = Buffer.from([0xff, 0x61]);
  const header = Buffer.concat([Buffer.from([4]), name, Buffer.from([1])]); // length 2, the name, a null value
  const records = [{ offset: 0, value: 'v', headers: { count: 1, bytes: header } }];
  const [batch] = readBatches(encodeBatch({ records })).batches;
  const cursor = cursorOver(batch!, await unpack(batch!, new Decompressor()));
  expect(cursor.next()).toBe(true);
  expect(cursor.bytes.subarray(cursor.headersStart, cursor.end)).toEqual(header);
  expect(headersOf(cursor)).toEqual<Header[]>([[name.toString(), null]]);
});
