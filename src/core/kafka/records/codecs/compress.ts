import zlib from 'node:zlib';

/** What can be written: gzip and zstd come with Node, snappy and lz4 do not. */
export type WritableCodec = 'none' | 'gzip' | 'zstd';

/** The codecs of this Node; zstd came with 22.15. */
export const writableCodecs = (): WritableCodec[] =>
  typeof zlib.zstdCompressSync === 'function' ? ['none', 'gzip', 'zstd'] : ['none', 'gzip'];

/** Packs the records of a batch. */
export function compress(codec: WritableCodec, bytes: Buffer): Buffer {
  switch (codec) {
    case 'none':
      return bytes;
    case 'gzip':
      return zlib.gzipSync(bytes);
    case 'zstd':
      return zlib.zstdCompressSync(bytes);
  }
}
