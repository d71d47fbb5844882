import * as l10n from '@vscode/l10n';
import { CorruptData } from '../corrupt.ts';

const MAGIC = 0x184d2204;
/** BD byte, bits 4-6: the most a block may unpack to. */
const BLOCK_SIZES = [0, 0, 0, 0, 64 << 10, 256 << 10, 1 << 20, 4 << 20];

/**
 * Unpacks LZ4 frames (lz4 frame format 1.6): independent and linked blocks, several frames one after another, skippable
 * frames, any combination of optional fields. Checksums inside the frame are not compared: the batch has its own, and
 * Kafka before 0.10 wrote a wrong one (KAFKA-3160). Every read and write is bounds-checked.
 * @param limit most bytes the result may have
 */
export function decodeLz4(input: Buffer, limit: number): Buffer {
  let output: Buffer = Buffer.allocUnsafe(Math.min(limit, Math.max(1 << 16, input.length * 4)));
  let length = 0;
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
      const size = word & 0x7fff_ffff;
      const end = at + size;
      if (end + blockChecksum > input.length) throw corrupt();
      const stored = word >>> 31 === 1;
      if (stored && size > blockSize) throw corrupt();
      const most = stored ? size : blockSize;
      if (output.length - length < most && output.length < limit) output = grow(output, length, most, limit);
      if (stored) {
        if (length + size > limit) throw tooLong(limit);
        input.copy(output, length, at, end);
        length += size;
      } else {
        const stop = Math.min(output.length, length + blockSize);
        length = decodeBlock(
          input,
          at,
          end,
          output,
          length,
          stop,
          linked ? 0 : length,
          stop < length + blockSize ? limit : 0,
        );
      }
      at = end + blockChecksum;
    }
    if (flags & 4) at += 4;
  }
  if (at > input.length) throw corrupt();
  return output.subarray(0, length);
}

/** @returns the new length of the output. `floor`: matches may not reach below; `limit`: set when `stop` is the caller's limit. */
function decodeBlock(
  input: Buffer,
  at: number,
  end: number,
  output: Buffer,
  length: number,
  stop: number,
  floor: number,
  limit: number,
): number {
  while (at < end) {
    const token = input[at++]!;
    let literals = token >>> 4;
    if (literals === 15) {
      let more: number;
      do {
        if (at >= end) throw corrupt();
        more = input[at++]!;
        literals += more;
      } while (more === 255);
    }
    if (at + literals > end) throw corrupt();
    if (length + literals > stop) throw limit ? tooLong(limit) : corrupt();
    if (literals > 48) {
      input.copy(output, length, at, at + literals);
      at += literals;
      length += literals;
    } else for (const until = at + literals; at < until;) output[length++] = input[at++]!;
    if (at === end) return length; // the last sequence has literals only
    if (at + 2 > end) throw corrupt();
    const offset = input[at]! | (input[at + 1]! << 8);
    at += 2;
    let from = length - offset;
    if (offset === 0 || from < floor) throw corrupt();
    let match = (token & 15) + 4;
    if (match === 19) {
      let more: number;
      do {
        if (at >= end) throw corrupt();
        more = input[at++]!;
        match += more;
      } while (more === 255);
    }
    const until = length + match;
    if (until > stop) throw limit ? tooLong(limit) : corrupt();
    if (match > 64 && offset >= match) {
      output.copyWithin(length, from, from + match);
      length = until;
    } else while (length < until) output[length++] = output[from++]!;
  }
  return length;
}

function grow(output: Buffer, length: number, needed: number, limit: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.min(limit, Math.max(output.length * 2, length + needed)));
  output.copy(larger, 0, 0, length);
  return larger;
}

function u32(input: Buffer, at: number): number {
  if (at + 4 > input.length) throw corrupt();
  return input.readUInt32LE(at);
}

const corrupt = (): CorruptData => new CorruptData(l10n.t('the lz4 frame is corrupt'));
const tooLong = (limit: number): CorruptData =>
  new CorruptData(l10n.t('the batch unpacks to more than {0} MiB', Math.round(limit / 1048576)));
