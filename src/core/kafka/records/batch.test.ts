import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBatch } from './encodeBatch.ts';
import { checkBatch, readBatches } from './batch.ts';
import { Decompressor } from './codecs/decompress.ts';
import { CorruptData } from './corrupt.ts';
import { crc32c } from './crc32c.ts';
import { headersOf, keyOf, valueOf } from './record.ts';
import { cursorOver, unpack } from './unpack.ts';

const decompressor = new Decompressor();

async function rowsOf(bytes: Buffer): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (const batch of readBatches(bytes).batches)
    for (const cursor = cursorOver(batch, await unpack(batch, decompressor)); cursor.next();)
      rows.push([
        cursor.offset,
        cursor.timestamp,
        keyOf(cursor)?.toString() ?? null,
        valueOf(cursor)?.toString() ?? null,
        headersOf(cursor),
      ]);
  return rows;
}

describe('crc32c', () => {
  it('gives the check value of the Castagnoli polynomial', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa); // RFC 3720, B.4
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
  });

  it('equals the checksum bit by bit, wherever the bytes begin and end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(9), fc.nat(64), fc.nat(64), (all, skip, a, b) => {
        const bytes = all.subarray(Math.min(skip, all.length));
        const [start, end] = [Math.min(a, b, bytes.length), Math.min(Math.max(a, b), bytes.length)];
        let crc = -1;
        for (const byte of bytes.subarray(start, end)) {
          crc ^= byte;
          for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f6_3b78 : 0);
        }
        expect(crc32c(bytes, start, end)).toBe(~crc >>> 0);
      }),
    );
  });
});

describe('a batch of format v2', () => {
  it('keeps null apart from empty, headers in order with repeats and nulls, and times', async () => {
    const bytes = encodeBatch({
      records: [
        { offset: 7, timestamp: 1000, key: null, value: '' },
        {
          offset: 9,
          timestamp: 995,
          key: '',
          value: null,
          headers: [
            ['b', '1'],
            ['a', null],
            ['b', ''],
            ['', 'x'],
          ],
        },
      ],
    });
    expect(await rowsOf(bytes)).toEqual([
      [7, 1000, null, '', []],
      [
        9,
        995,
        '',
        null,
        [
          ['b', Buffer.from('1')],
          ['a', null],
          ['b', Buffer.alloc(0)],
          ['', Buffer.from('x')],
        ],
      ],
    ]);
  });

  it('goes on behind the header even when compaction took the last records', () => {
    const { batches } = readBatches(
      encodeBatch({ baseOffset: 10, lastOffset: 19, records: [{ offset: 12, value: 'x' }] }),
    );
    expect(batches.map((b) => [b.baseOffset, b.nextOffset, b.count])).toEqual([[10, 20, 1]]);
  });

  it('gives every record the broker time when the broker stamped the batch', async () => {
    const bytes = encodeBatch({
      attributes: 8,
      maxTimestamp: 5000,
      records: [
        { offset: 0, timestamp: 1 },
        { offset: 1, timestamp: 2 },
      ],
    });
    expect(await rowsOf(bytes)).toEqual([
      [0, 5000, null, null, []],
      [1, 5000, null, null, []],
    ]);
  });

  it('reads times before 1970 and offsets beyond 32 bits exactly', async () => {
    const offset = 2 ** 40 + 3;
    const bytes = encodeBatch({
      records: [
        { offset, timestamp: 2 ** 41, value: 'a' },
        { offset: offset + 1, timestamp: -5, value: 'b' },
      ],
    });
    expect(await rowsOf(bytes)).toEqual([
      [offset, 2 ** 41, null, 'a', []],
      [offset + 1, -5, null, 'b', []],
    ]);
  });

  it('leaves out a batch that the broker cut, and says how much', () => {
    const whole = encodeBatch({ records: [{ offset: 0, value: 'a' }] });
    const { batches, cut } = readBatches(Buffer.concat([whole, whole.subarray(0, 40)]));
    expect([batches.length, cut]).toEqual([1, 40]);
  });

  it('notices a flipped bit anywhere behind the checksum', () => {
    const bytes = encodeBatch({ records: [{ offset: 0, key: 'k', value: 'some value' }] });
    for (let at = 21; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 4;
      for (const batch of readBatches(flipped).batches) expect(checkBatch(batch), `byte ${at}`).toMatch(/corrupt/);
    }
  });

  it('names a codec it does not know', () => {
    const [batch] = readBatches(encodeBatch({ attributes: 7, records: [{ offset: 0, value: 'x' }] })).batches;
    expect(checkBatch(batch!)).toBe('the batch is compressed with an unknown codec (number 7)');
  });

  it('steps to the record that contains a byte', () => {
    const bytes = encodeBatch({ records: [0, 1, 2, 3].map((offset) => ({ offset, value: `value ${offset}` })) });
    const [batch] = readBatches(bytes).batches;
    const cursor = cursorOver(batch!, { bytes, start: 61 });
    expect(cursor.seek(bytes.indexOf('value 2'))).toBe(true);
    expect([cursor.offset, valueOf(cursor)!.toString()]).toEqual([2, 'value 2']);
    expect(cursor.next()).toBe(true);
    expect(cursor.offset).toBe(3);
    expect(cursor.next()).toBe(false);
  });
});

/** Walks everything there is; only the error that belongs on a row may come out. Returns how many records it saw. */
async function walk(bytes: Buffer): Promise<number> {
  let records = 0;
  for (const batch of readBatches(bytes).batches) {
    checkBatch(batch);
    try {
      for (const body of [batch.bytes, Buffer.from(batch.bytes)]) {
        const cursor = cursorOver({ ...batch, codec: 'none' }, { bytes: body, start: batch.magic === 2 ? 61 : 0 });
        while (cursor.next()) {
          records++;
          keyOf(cursor);
          valueOf(cursor);
          headersOf(cursor);
          expect(cursor.end).toBeLessThanOrEqual(body.length);
        }
      }
      await unpack(batch, decompressor);
    } catch (error) {
      expect(error).toBeInstanceOf(CorruptData);
    }
  }
  return records;
}

describe('arbitrary bytes', () => {
  it('never crash, never hang, never give more records than bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (data) => {
        expect(await walk(Buffer.from(data))).toBeLessThanOrEqual(data.length * 2);
      }),
      { numRuns: 2000 },
    );
  });

  it('in place of any part of a good batch do no harm either', async () => {
    const good = encodeBatch({
      records: [
        { offset: 0, key: 'key', value: 'value', headers: [['h', 'v']] },
        { offset: 1, key: null, value: 'another', headers: [['h', null]] },
      ],
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.uint8Array({ minLength: 1, maxLength: 12 }), async (at, noise) => {
        const bytes = Buffer.from(good);
        bytes.set(noise.subarray(0, bytes.length - at), at);
        await walk(bytes);
      }),
      { numRuns: 3000 },
    );
  });

  it('written as records come back as they were', async () => {
    const bytes = fc.uint8Array({ maxLength: 40 }).map((b) => Buffer.from(b));
    const record = fc.record({
      timestamp: fc.integer({ min: -(2 ** 40), max: 2 ** 42 }),
      key: fc.option(bytes),
      value: fc.option(bytes),
      headers: fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.option(bytes)), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 10 }), fc.nat(2 ** 45), async (records, first) => {
        const written = records.map((r, i) => ({ ...r, offset: first + i }));
        const rows: unknown[] = [];
        for (const batch of readBatches(encodeBatch({ records: written })).batches)
          for (const c = cursorOver(batch, await unpack(batch, decompressor)); c.next();)
            rows.push({
              timestamp: c.timestamp,
              key: keyOf(c),
              value: valueOf(c),
              headers: headersOf(c),
              offset: c.offset,
            });
        expect(rows).toEqual(written);
      }),
    );
  });
});
