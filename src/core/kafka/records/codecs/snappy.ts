import * as l10n from '@vscode/l10n';
import { snappyUncompressor } from 'hysnappy';
import { CorruptData } from '../corrupt.ts';

/** xerial's framing (what Java's clients write): this magic, two int32 versions, then blocks with an int32 length. */
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** The decoder's memory never shrinks: after a block larger than this a new one is taken. */
const KEEP_DECODER_BELOW = 16 << 20;

/** Unpacks snappy as Kafka's clients write it: in xerial's framing or as one raw block (librdkafka). */
export class SnappyDecoder {
  private uncompress: ReturnType<typeof snappyUncompressor> | undefined;

  /** @param limit most bytes the result may have */
  decode(input: Buffer, limit: number): Buffer {
    if (!(input.length >= 16 && XERIAL.equals(input.subarray(0, 8)))) return this.block(input, limit);
    const blocks: Buffer[] = [];
    let total = 0;
    for (let at = 16; at < input.length;) {
      if (at + 4 > input.length) throw corrupt();
      const length = input.readInt32BE(at);
      at += 4;
      if (length < 0 || at + length > input.length) throw corrupt();
      const block = this.block(input.subarray(at, at + length), limit - total);
      total += block.length;
      blocks.push(block);
      at += length;
    }
    return blocks.length === 1 ? blocks[0]! : Buffer.concat(blocks, total);
  }

  private block(input: Buffer, limit: number): Buffer {
    const length = preamble(input);
    if (length > limit) throw new CorruptData(l10n.t('the batch unpacks to more than {0} MiB', 256));
    // The format cannot say more than 64 bytes with three: a longer claim is a lie and not worth its memory.
    if (length > input.length * 22 + 64) throw corrupt();
    if (length === 0) return Buffer.alloc(0);
    this.uncompress ??= snappyUncompressor();
    try {
      const output = this.uncompress(input, length);
      if (length > KEEP_DECODER_BELOW) this.uncompress = undefined;
      return Buffer.from(output.buffer, output.byteOffset, output.length);
    } catch {
      this.uncompress = undefined; // its memory may be in any state now
      throw corrupt();
    }
  }
}

/** The unpacked length a raw block starts with: a plain varint of at most 32 bits. */
function preamble(input: Buffer): number {
  let result = 0;
  for (let i = 0; i < 5; i++) {
    const byte = input[i];
    if (byte === undefined) break;
    result += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return result;
  }
  throw corrupt();
}

const corrupt = (): CorruptData => new CorruptData(l10n.t('the snappy data is corrupt'));
