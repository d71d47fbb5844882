import * as l10n from '@vscode/l10n';
import zlib from 'node:zlib';
import type { Codec } from '../batch.ts';
import { CorruptData } from '../corrupt.ts';
import { Lz4Decoder } from './lz4.ts';
import { SnappyDecoder } from './snappy.ts';

/** Most bytes one batch may unpack to, whatever it claims: more is an error row, not a dead process. */
export const BATCH_LIMIT = 256 << 20;

/** Unpacks batches. gzip and zstd run on Node’s thread pool; snappy and lz4 at once, by WebAssembly. */
export class Decompressor {
  private readonly snappy = new SnappyDecoder();
  private readonly lz4 = new Lz4Decoder();
  private readonly limit: number;

  constructor(limit = BATCH_LIMIT) {
    this.limit = limit;
  }

  /** Throws (or rejects with) {@link CorruptData}: the sentence names the codec and what is wrong. */
  decompress(codec: Codec, input: Buffer): Buffer | Promise<Buffer> {
    switch (codec) {
      case 'none':
        return input;
      case 'gzip':
        return this.native('gzip', zlib.gunzip, input);
      case 'snappy':
        return this.snappy.decode(input, this.limit);
      case 'lz4':
        return this.lz4.decode(input, this.limit);
      case 'zstd':
        // Absent from the oldest Node the command runs on (20); every VS Code host has it.
        return typeof zlib.zstdDecompress === 'function'
          ? this.native('zstd', zlib.zstdDecompress, input)
          : this.slowZstd(input);
    }
  }

  private native(codec: Codec, unpack: NativeDecompress, input: Buffer): Promise<Buffer> {
    // One output chunk for most batches: zlib's default of 16 KiB costs a copy per chunk.
    const chunkSize = Math.min(1 << 20, Math.max(1 << 16, input.length * 4));
    return new Promise((resolve, reject) => {
      unpack(input, { maxOutputLength: this.limit, chunkSize }, (error, output) => {
        if (!error) resolve(output);
        else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') reject(tooLong(this.limit));
        else reject(new CorruptData(l10n.t('the {0} data is corrupt: {1}', codec, error.message)));
      });
    });
  }

  private async slowZstd(input: Buffer): Promise<Buffer> {
    const { decodeZstd } = await import('./zstdFallback.late.ts');
    let output: Buffer | 'too-long';
    try {
      output = decodeZstd(input, this.limit);
    } catch (error) {
      throw new CorruptData(l10n.t('the {0} data is corrupt: {1}', 'zstd', (error as Error).message));
    }
    if (output === 'too-long') throw tooLong(this.limit);
    return output;
  }
}

type NativeDecompress = (
  input: Buffer,
  options: { maxOutputLength: number; chunkSize: number },
  done: (error: Error | null, output: Buffer) => void,
) => void;

const tooLong = (limit: number): CorruptData =>
  new CorruptData(l10n.t('the batch unpacks to more than {0} MiB', Math.round(limit / 1048576)));
