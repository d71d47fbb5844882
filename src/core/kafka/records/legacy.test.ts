// Message sets of magic 0 and 1 as Kafka's own classes wrote them (test/support/kafka/java/legacy), with every codec.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBatch, readBatches } from './batch.ts';
import { Decompressor } from './codecs/decompress.ts';
import { CorruptData } from './corrupt.ts';
import { keyOf, valueOf } from './record.ts';
import { cursorOver, unpack } from './unpack.ts';

interface LegacySet {
  magic: number;
  codec: string;
  clock: string;
  /** base64, as all bytes here. */
  bytes: string;
  records: { offset: number; timestamp: number; key: string | null; value: string | null }[];
}

const fixture = new URL('../../../../test/fixtures/legacy-message-sets.json', import.meta.url);
const SETS = JSON.parse(readFileSync(fixture, 'utf8')) as LegacySet[];
const MIB = 1 << 20;
const decompressor = new Decompressor(MIB);

async function recordsOf(bytes: Buffer): Promise<LegacySet['records']> {
  const records: LegacySet['records'] = [];
  for (const batch of readBatches(bytes).batches) {
    const unpacked = await unpack(batch, decompressor);
    expect(unpacked.bytes.length).toBeLessThanOrEqual(MIB);
    for (const cursor = cursorOver(batch, unpacked); cursor.next();) {
      expect(cursor.end).toBeLessThanOrEqual(unpacked.bytes.length);
      records.push({
        offset: cursor.offset,
        timestamp: cursor.timestamp,
        key: keyOf(cursor)?.toString('base64') ?? null,
        value: valueOf(cursor)?.toString('base64') ?? null,
      });
    }
  }
  return records;
}

describe.each(SETS)('a set of magic $magic, $codec, $clock', ({ bytes, records }) => {
  const good = Buffer.from(bytes, 'base64');

  it('holds what Java reads', async () => {
    expect(await recordsOf(good)).toEqual(records);
  });

  it('does no harm with noise in any part of it, whether or not its checksum is believed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.uint8Array({ minLength: 1, maxLength: 12 }), async (at, noise) => {
        const noisy = Buffer.from(good);
        noisy.set(noise.subarray(0, noisy.length - at), at);
        for (const batch of readBatches(noisy).batches) {
          const body = batch.codec === 'none' || batch.codec === undefined ? batch.bytes : unpackedBlindly(batch.bytes);
          for (const walked of [batch.bytes, body])
            harmless(() => {
              let count = 0;
              for (
                const cursor = cursorOver({ ...batch, codec: 'none' }, { bytes: walked, start: 0 });
                cursor.next();
              ) {
                keyOf(cursor);
                valueOf(cursor);
                expect(cursor.end).toBeLessThanOrEqual(walked.length);
                expect(++count).toBeLessThanOrEqual(walked.length);
              }
            });
        }
        await recordsOf(noisy).catch((error: unknown) => expect(error).toBeInstanceOf(CorruptData));
      }),
      { numRuns: 300 },
    );
  });

  it('is marked corrupt where one bit behind its checksum is another', () => {
    const [batch] = readBatches(good).batches;
    const end = batch!.bytes.length;
    for (let at = 16; at < end; at++) {
      const flipped = Buffer.from(good);
      flipped[at]! ^= 2;
      const [first] = readBatches(flipped).batches;
      if (first?.magic === batch!.magic) expect(checkBatch(first), `byte ${at}`).toMatch(/corrupt/);
    }
  });
});

/** What stands behind the header of a packed set, taken for records though it is none. */
const unpackedBlindly = (bytes: Buffer) => bytes.subarray(Math.min(bytes.length, 18));

function harmless(walk: () => void): void {
  try {
    walk();
  } catch (error) {
    expect(error).toBeInstanceOf(CorruptData);
  }
}
