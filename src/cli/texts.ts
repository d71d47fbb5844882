import { NOT_UTF8 } from '../core/dapr/yaml/parse.ts';

/** All of a stream. */
export async function readAll(stream: AsyncIterable<string | Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}

/**
 * The text of a file as an editor shows it, without its byte order mark: UTF-8, or UTF-16 where the mark says so, which
 * daprd reads too. What is neither becomes {@link NOT_UTF8}: daprd refuses the document it stands in.
 */
export function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const mark =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(mark, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(mark).decode(bytes).replaceAll('\ufffd', NOT_UTF8);
  }
}
