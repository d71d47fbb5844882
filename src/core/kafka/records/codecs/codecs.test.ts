import fc from 'fast-check';
import { snappyCompress } from 'hysnappy';
import { randomBytes } from 'node:crypto';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CorruptData } from '../corrupt.ts';
import { BATCH_LIMIT, Decompressor } from './decompress.ts';
import { Lz4Decoder } from './lz4.ts';
import { SnappyDecoder } from './snappy.ts';
import { decodeZstd } from './zstdFallback.late.ts';

const MIB = 1 << 20;

const lz4 = new Lz4Decoder();
const decodeLz4 = (input: Buffer, limit: number): Buffer => lz4.decode(input, limit);

/** A frame by hand: each block either stored, or made of sequences. */
function lz4Frame(
  blocks: { stored?: Buffer; packed?: Buffer }[],
  { linked = false, checksums = false, size = false } = {},
): Buffer {
  const flags = 0x40 | (linked ? 0 : 0x20) | (checksums ? 0x14 : 0) | (size ? 8 : 0);
  const parts: Buffer[] = [Buffer.from([0x04, 0x22, 0x4d, 0x18, flags, 0x40])];
  if (size) parts.push(Buffer.alloc(8));
  parts.push(Buffer.from([0]));
  for (const { stored, packed } of blocks) {
    const bytes = stored ?? packed!;
    const length: Buffer = Buffer.alloc(4);
    length.writeUInt32LE(stored ? (bytes.length | 0x80000000) >>> 0 : bytes.length);
    parts.push(length, bytes);
    if (checksums) parts.push(Buffer.alloc(4));
  }
  parts.push(Buffer.alloc(4));
  if (checksums) parts.push(Buffer.alloc(4));
  return Buffer.concat(parts);
}

const literals = (text: string): Buffer => Buffer.concat([Buffer.from([text.length << 4]), Buffer.from(text)]);
/** Literals, then a match of `length` bytes `offset` back, then five literals as the format wants at the end. */
const withMatch = (text: string, offset: number, length: number): Buffer =>
  Buffer.concat([
    Buffer.from([(text.length << 4) | (length - 4)]),
    Buffer.from(text),
    Buffer.from([offset, 0]),
    literals('ENDED'),
  ]);

describe('lz4', () => {
  it('unpacks stored and packed blocks, matches that overlap themselves, several frames and skippable ones', () => {
    const first = lz4Frame([{ stored: Buffer.from('stored ') }, { packed: withMatch('ab', 2, 9) }]);
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const second = lz4Frame([{ packed: literals('second') }], { checksums: true, size: true });
    expect(decodeLz4(Buffer.concat([first, skippable, second]), MIB).toString()).toBe('stored abababababaENDEDsecond');
  });

  it('unpacks literals and matches of every length and distance', () => {
    const sequence = fc.record({
      text: fc.uint8Array({ maxLength: 300 }),
      back: fc.nat(400),
      length: fc.integer({ min: 4, max: 600 }),
    });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.array(sequence), (first, sequences) => {
        const packed: number[] = [];
        const plain: number[] = [];
        const length = (rest: number): number[] => (rest < 255 ? [rest] : [255, ...length(rest - 255)]);
        const write = (text: Uint8Array, match: { distance: number; length: number } | undefined) => {
          const more = (match?.length ?? 4) - 4;
          packed.push((Math.min(15, text.length) << 4) | Math.min(15, more));
          if (text.length >= 15) packed.push(...length(text.length - 15));
          packed.push(...text);
          plain.push(...text);
          if (!match) return;
          packed.push(match.distance & 0xff, match.distance >> 8, ...(more >= 15 ? length(more - 15) : []));
          for (let i = 0; i < match.length; i++) plain.push(plain[plain.length - match.distance]!);
        };
        write(first, { distance: first.length, length: 4 });
        for (const { text, back, length } of sequences)
          write(text, { distance: 1 + (back % (plain.length + text.length)), length });
        write(Uint8Array.of(1, 2, 3, 4, 5), undefined);
        expect(decodeLz4(lz4Frame([{ packed: Buffer.from(packed) }]), MIB).equals(Buffer.from(plain))).toBe(true);
      }),
    );
  });

  it('lets a linked block reach into the one before, and an independent one not', () => {
    const blocks = [{ stored: Buffer.from('0123456789') }, { packed: withMatch('x', 11, 4) }];
    expect(decodeLz4(lz4Frame(blocks, { linked: true }), MIB).toString()).toBe('0123456789x0123ENDED');
    expect(() => decodeLz4(lz4Frame(blocks), MIB)).toThrow(CorruptData);
  });

  it('refuses a match before the beginning, an offset of 0 and every cut of a frame', () => {
    expect(() => decodeLz4(lz4Frame([{ packed: withMatch('ab', 3, 4) }]), MIB)).toThrow('the lz4 frame is corrupt');
    expect(() => decodeLz4(lz4Frame([{ packed: withMatch('ab', 0, 4) }]), MIB)).toThrow(CorruptData);
    const frame = lz4Frame([{ packed: withMatch('ab', 2, 9) }]);
    for (let length = 1; length < frame.length; length++)
      expect(() => decodeLz4(frame.subarray(0, length), MIB), `${length}`).toThrow(CorruptData);
  });
});

const xerial = (...blocks: Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]),
    ...blocks.flatMap((block) => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(block.length);
      return [length, block];
    }),
  ]);

describe('snappy', () => {
  it('unpacks raw blocks and the framing of Java clients', () => {
    const text = Buffer.from('snappy '.repeat(1000));
    const packed = Buffer.from(snappyCompress(text));
    const decoder = new SnappyDecoder();
    expect(decoder.decode(packed, MIB).equals(text)).toBe(true);
    expect(decoder.decode(xerial(packed, packed), MIB).toString()).toBe(text.toString().repeat(2));
    expect(decoder.decode(xerial(), MIB)).toHaveLength(0);
  });

  it('believes no length that the bytes cannot have, and none above the limit', () => {
    const decoder = new SnappyDecoder();
    const claims = (length: number[]): Buffer => Buffer.from([...length, 0, 0, 0]);
    expect(() => decoder.decode(claims([0xff, 0xff, 0xff, 0xff, 0x0f]), 256 * MIB)).toThrow(
      'unpacks to more than 256 MiB',
    );
    expect(() => decoder.decode(claims([0x80, 0x80, 0x80, 0x20]), 256 * MIB)).toThrow('the snappy data is corrupt');
  });

  it('works on after corrupt data', () => {
    const decoder = new SnappyDecoder();
    const packed = Buffer.from(snappyCompress(Buffer.from('good '.repeat(50))));
    const bad = Buffer.from(packed);
    bad.fill(0xff, 2);
    expect(() => decoder.decode(bad, MIB)).toThrow(CorruptData);
    expect(decoder.decode(packed, MIB).toString()).toBe('good '.repeat(50));
  });
});

describe('the limit on what a batch may unpack to', () => {
  const zeros = Buffer.alloc(3 * MIB);
  const small = new Decompressor(MIB);

  it.each([
    ['gzip', zlib.gzipSync(zeros)],
    ['zstd', zlib.zstdCompressSync(zeros)],
  ] as const)('%s: more is an error, not memory', async (codec, packed) => {
    await expect(small.decompress(codec, packed)).rejects.toThrow('the batch unpacks to more than 1 MiB');
    expect(await new Decompressor().decompress(codec, packed)).toEqual(zeros);
  });

  it('is 256 MiB unless somebody says otherwise', () => {
    expect(BATCH_LIMIT).toBe(256 * MIB);
    const claim = Buffer.from([0x81, 0x80, 0x80, 0x80, 0x01, 0, 0, 0]); // snappy: 256 MiB and one byte
    expect(() => new Decompressor().decompress('snappy', claim)).toThrow('unpacks to more than 256 MiB');
  });

  it('lz4 and the zstd of old Node obey it too', () => {
    // A match of 65,000 bytes per 260 bytes of input.
    const long = Buffer.concat([
      Buffer.from([0x1f, 0x61, 1, 0]),
      Buffer.alloc(255, 255),
      Buffer.from([0]),
      literals('ENDED'),
    ]);
    const frame = lz4Frame(Array.from({ length: 40 }, () => ({ packed: long })));
    expect(() => decodeLz4(frame, MIB)).toThrow('unpacks to more than 1 MiB');
    expect(decodeLz4(frame, 4 * MIB).length).toBe(40 * (1 + 19 + 255 * 255 + 5));
    expect(decodeZstd(zlib.zstdCompressSync(zeros), MIB)).toBe('too-long');
    expect(decodeZstd(zlib.zstdCompressSync(zeros), 4 * MIB)).toEqual(zeros);
  });
});

describe('arbitrary bytes', () => {
  const attempt = async (codec: 'gzip' | 'snappy' | 'lz4' | 'zstd', bytes: Buffer): Promise<void> => {
    try {
      const output = await decompressor.decompress(codec, bytes);
      expect(output.length).toBeLessThanOrEqual(MIB);
    } catch (error) {
      expect(error).toBeInstanceOf(CorruptData);
    }
  };
  const decompressor = new Decompressor(MIB);

  it.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('%s: an answer or an error, always', async (codec) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (data) => attempt(codec, Buffer.from(data))),
      { numRuns: 500 },
    );
  });

  it('snappy and lz4: noise inside good data', async () => {
    const text = Buffer.concat([randomBytes(40), Buffer.from('abcabcabc'.repeat(200))]);
    const snappy = Buffer.from(snappyCompress(text));
    const lz4 = lz4Frame([{ packed: withMatch('abcdef', 5, 12) }, { stored: text }], { linked: true });
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 }), async (at, noise) => {
        for (const [codec, good] of [
          ['snappy', snappy],
          ['snappy', xerial(snappy)],
          ['lz4', lz4],
        ] as const) {
          const bytes = Buffer.from(good);
          const start = at % bytes.length;
          bytes.set(noise.subarray(0, bytes.length - start), start);
          await attempt(codec, bytes);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
