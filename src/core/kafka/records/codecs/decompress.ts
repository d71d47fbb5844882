import * as l10n from '@vscode/l10n';
import zlib from 'node:zlib';
import type { Codec } from '../batch.ts';
import { CorruptData } from '../corrupt.ts';
import { AtMost } from './atMost.ts';
import { GzipDecoder } from './gzip.ts';
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

  /** Throws (or rejects with) {@link CorruptData}: the sentence names the codec and what is wrong. */
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
          ? this.zstd.run(() => this.nativeZstd(input))
          : this.slowZstd(input);
    }
  }

  private nativeZstd(input: Buffer): Promise<Buffer> {
    // One output chunk for most batches: zlib's default of 16 KiB costs a copy per chunk.
    const chunkSize = Math.min(1 << 20, Math.max(1 << 16, input.length * 4));
    return new Promise((resolve, reject) => {
      zlib.zstdDecompress(input, { maxOutputLength: this.limit, chunkSize }, (error, output) => {
        if (!error) resolve(output);
        else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') reject(tooLong(this.limit));
        else reject(corruptZstd(error));
      });
    });
  }

  private async slowZstd(input: Buffer): Promise<Buffer> {
    const { decodeZstd } = await import('./zstdFallback.late.ts');
    let output: Buffer | 'too-long';
    try {
      output = decodeZstd(input, this.limit);
    } catch (error) {
      throw corruptZstd(error as Error);
    }
    if (output === 'too-long') throw tooLong(this.limit);
    return output;
  }
}

const corruptZstd = ({ message }: Error): CorruptData =>
  new CorruptData(l10n.t('the {0} data is corrupt: {1}', 'zstd', message));
