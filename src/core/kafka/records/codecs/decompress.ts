import zlib from 'node:zlib';
import type { Codec } from '../batch.ts';
import { AtMost } from './atMost.ts';
import { GzipDecoder } from './gzip.ts';
import { corrupt, inflate } from './inflate.ts';
import { Lz4Decoder } from './lz4.ts';
import { SnappyDecoder } from './snappy.ts';
import { tooLong } from './tooLong.ts';

/** Most bytes one batch may unpack to, whatever it claims: more is an error row, not a dead process. */
export const BATCH_LIMIT = 256 << 20;

/** More at once than the thread pool has threads only costs memory: each has a context of its own. */
const ZSTD_AT_ONCE = 4;

/** Unpacks batches. gzip and zstd run on Node’s thread pool; snappy and lz4 at once, by WebAssembly. */
export class Decompressor {
  private readonly snappy = new SnappyDecoder();
  private readonly lz4 = new Lz4Decoder();
  private readonly gzip: GzipDecoder;
  private readonly zstd = new AtMost(ZSTD_AT_ONCE);
  private readonly limit: number;

  constructor(limit = BATCH_LIMIT) {
    this.limit = limit;
    this.gzip = new GzipDecoder(limit);
  }

  /** Throws (or rejects with) a `CorruptData`: the sentence names the codec and what is wrong. */
  decompress(codec: Codec, input: Buffer): Buffer | Promise<Buffer> {
    switch (codec) {
      case 'none':
        return input;
      case 'gzip':
        return this.gzip.decode(input);
      case 'snappy':
        return this.snappy.decode(input, this.limit);
      case 'lz4':
        return this.lz4.decode(input, this.limit);
      case 'zstd':
        // Absent from the oldest Node the command runs on (20); every VS Code host has it.
        return typeof zlib.zstdDecompress === 'function'
          ? this.zstd.run(() => inflate('zstd', zlib.zstdDecompress, input, this.limit))
          : this.slowZstd(input);
    }
  }

  private async slowZstd(input: Buffer): Promise<Buffer> {
    const { decodeZstd } = await import('./zstdFallback.late.ts');
    let output: Buffer | 'too-long';
    try {
      output = decodeZstd(input, this.limit);
    } catch (error) {
      throw corrupt('zstd', error as Error);
    }
    if (output === 'too-long') throw tooLong(this.limit);
    return output;
  }
}
