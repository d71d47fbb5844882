import * as l10n from '@vscode/l10n';
import { Decompress } from 'fzstd';
import { CorruptData } from '../corrupt.ts';

/** zstd in JavaScript, for Node without it: a seventh of the native speed. Streams, so that the limit holds. */
export function decodeZstd(input: Buffer, limit: number): Buffer {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const stream = new Decompress((chunk) => {
    total += chunk.length;
    if (total > limit)
      throw new CorruptData(l10n.t('the batch unpacks to more than {0} MiB', Math.round(limit / 1048576)));
    chunks.push(chunk.slice());
  });
  try {
    stream.push(input, true);
  } catch (error) {
    if (error instanceof CorruptData) throw error;
    throw new CorruptData(l10n.t('the {0} data is corrupt: {1}', 'zstd', (error as Error).message));
  }
  return Buffer.concat(chunks, total);
}
