import * as l10n from '@vscode/l10n';
import type { ZlibOptions } from 'node:zlib';
import { CorruptData } from '../corrupt.ts';
import { tooLong } from './tooLong.ts';

/** One of zlib's functions that unpack a whole buffer on Node's thread pool. */
type Unpack = (
  input: Buffer,
  options: Pick<ZlibOptions, 'maxOutputLength' | 'chunkSize'>,
  done: (error: Error | null, output: Buffer) => void,
) => void;

/** Unpacks one batch by zlib to at most `limit` bytes. Rejects with {@link CorruptData}. */
export function inflate(codec: 'gzip' | 'zstd', unpack: Unpack, input: Buffer, limit: number): Promise<Buffer> {
  // One output chunk for most batches: zlib's default of 16 KiB costs a copy per chunk.
  const chunkSize = Math.min(1 << 20, Math.max(1 << 16, input.length * 4));
  return new Promise((resolve, reject) => {
    unpack(input, { maxOutputLength: limit, chunkSize }, (error, output) => {
      if (!error) resolve(output);
      else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') reject(tooLong(limit));
      else reject(corrupt(codec, error));
    });
  });
}

/** The sentence for what a codec's library refused. */
export const corrupt = (codec: 'gzip' | 'zstd', { message }: Error): CorruptData =>
  new CorruptData(l10n.t('the {0} data is corrupt: {1}', codec, message));
