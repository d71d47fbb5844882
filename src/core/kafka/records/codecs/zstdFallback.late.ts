import { Decompress } from 'fzstd';

class Enough extends Error {}

/**
 * zstd in JavaScript, for Node without it: a seventh of the native speed. Unpacks piece by piece, so that the limit holds.
 * `too-long`: more than `limit` bytes. Throws fzstd's words for data that are not zstd.
 */
export function decodeZstd(input: Buffer, limit: number): Buffer | 'too-long' {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const stream = new Decompress((chunk) => {
    total += chunk.length;
    if (total > limit) throw new Enough();
    chunks.push(chunk.slice());
  });
  try {
    stream.push(input, true);
  } catch (error) {
    if (error instanceof Enough) return 'too-long';
    throw error;
  }
  return Buffer.concat(chunks, total);
}
