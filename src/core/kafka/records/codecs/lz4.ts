import * as l10n from '@vscode/l10n';
import { CorruptData } from '../corrupt.ts';
import { CORRUPT, NO_ROOM, newLz4Block, SLACK } from './lz4Block.ts';
import { tooLong } from './tooLong.ts';

const MAGIC = 0x184d2204;
/** BD byte, bits 4-6: the most a block may unpack to. */
const BLOCK_SIZES = [0, 0, 0, 0, 64 << 10, 256 << 10, 1 << 20, 4 << 20];
/** Address of the input: a match, at most 65,535 bytes back, never gets below zero. */
const INPUT = 1 << 16;
const PAGE = 1 << 16;
/** The decoder's memory never shrinks: after a batch that needed more a new one is taken. */
const KEEP_DECODER_BELOW = 16 << 20;

/** Unpacks LZ4 frames, the blocks by WebAssembly: plain JavaScript takes several times as long. */
export class Lz4Decoder {
  private decoder: ReturnType<typeof newLz4Block> | undefined;

  /**
   * Frames as in lz4 frame format 1.6: independent and linked blocks, several frames one after another, skippable frames,
   * any combination of optional fields. Checksums inside the frame are not compared: the batch has its own, and Kafka
   * before 0.10 wrote a wrong one (KAFKA-3160). Every read and write is bounds-checked.
   * @param limit most bytes the result may have
   */
  decode(input: Buffer, limit: number): Buffer {
    const decoder = (this.decoder ??= newLz4Block());
    try {
      return unpack(decoder, input, limit);
    } finally {
      if (decoder.memory.buffer.byteLength > KEEP_DECODER_BELOW) this.decoder = undefined;
    }
  }
}

function unpack({ memory, block }: ReturnType<typeof newLz4Block>, input: Buffer, limit: number): Buffer {
  const start = INPUT + input.length + SLACK;
  const room = (bytes: number): void => {
    const missing = bytes + SLACK - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(Math.max(missing, memory.buffer.byteLength) / PAGE));
  };
  room(start);
  new Uint8Array(memory.buffer).set(input, INPUT);
  let out = start;
  let at = 0;
  while (at < input.length) {
    const magic = u32(input, at);
    at += 4;
    if (magic >>> 4 === 0x184d2a5) {
      at += 4 + u32(input, at);
      continue;
    }
    if (magic !== MAGIC) throw corrupt();
    if (at + 3 > input.length) throw corrupt();
    const flags = input[at]!;
    const blockSize = BLOCK_SIZES[(input[at + 1]! >>> 4) & 7]!;
    if (flags >>> 6 !== 1 || blockSize === 0 || flags & 1) throw corrupt();
    const linked = (flags & 0x20) === 0;
    const blockChecksum = flags & 0x10 ? 4 : 0;
    at += 3 + (flags & 8 ? 8 : 0);
    for (;;) {
      const word = u32(input, at);
      at += 4;
      if (word === 0) break;
      const end = at + (word & 0x7fff_ffff);
      if (end + blockChecksum > input.length) throw corrupt();
      const stop = Math.min(start + limit, out + blockSize);
      room(stop);
      if (word >>> 31 === 1) {
        if (end - at > blockSize) throw corrupt();
        if (out + end - at > stop) throw tooLong(limit);
        new Uint8Array(memory.buffer).copyWithin(out, INPUT + at, INPUT + end);
        out += end - at;
      } else {
        const reached = block(INPUT + at, INPUT + end, out, stop, linked ? start : out);
        if (reached === NO_ROOM && stop < out + blockSize) throw tooLong(limit);
        if (reached === NO_ROOM || reached === CORRUPT) throw corrupt();
        out = reached;
      }
      at = end + blockChecksum;
    }
    if (flags & 4) at += 4;
  }
  if (at > input.length) throw corrupt();
  const output = Buffer.allocUnsafeSlow(out - start);
  output.set(new Uint8Array(memory.buffer, start, output.length));
  return output;
}

function u32(input: Buffer, at: number): number {
  if (at + 4 > input.length) throw corrupt();
  return input.readUInt32LE(at);
}

const corrupt = (): CorruptData => new CorruptData(l10n.t('the lz4 frame is corrupt'));
