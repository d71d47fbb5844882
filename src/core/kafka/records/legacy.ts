import * as l10n from '@vscode/l10n';
import { type Batch, type BatchFacts, int64 } from './batch.ts';
import { CorruptData } from './corrupt.ts';
import type { RecordCursor } from './record.ts';

interface LegacyMessage {
  offset: number;
  timestamp: number;
  key: Buffer | null;
  value: Buffer | null;
  valueStart: number;
  keyStart: number;
}

/** The key and value of one message of magic 0/1: crc, magic, attributes, (timestamp), key, value; lengths are int32, -1 is null. */
function parse(bytes: Buffer, start: number, end: number): LegacyMessage {
  const magic = bytes[start + 16]!;
  let at = start + (magic === 1 ? 26 : 18);
  const field = (): Buffer | null => {
    if (at + 4 > end) throw corrupt(bytes, start);
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) return null;
    if (at + length > end) throw corrupt(bytes, start);
    return bytes.subarray(at, (at += length));
  };
  const timestamp = magic === 1 && start + 26 <= end ? int64(bytes, start + 18) : -1;
  const key = field();
  const keyStart = key === null ? -1 : at - key.length;
  const value = field();
  return {
    offset: int64(bytes, start),
    timestamp,
    key,
    keyStart,
    value,
    valueStart: value === null ? -1 : at - value.length,
  };
}

/** What a compressed set of magic 0/1 has packed: the value of its one message. */
export function packedMessages(batch: Batch): Buffer {
  return parse(batch.bytes, 0, batch.bytes.length).value ?? Buffer.alloc(0);
}

/** Records of the formats before 0.11. `bytes`: the batch itself, or the unpacked set of a compressed one. */
export class LegacyCursor implements RecordCursor {
  readonly bytes: Buffer;
  offset = 0;
  timestamp = -1;
  keyStart = -1;
  keyEnd = -1;
  valueStart = -1;
  valueEnd = -1;
  headersStart = 0;
  readonly headerCount = 0;
  start = 0;
  end = 0;
  private readonly shift: number;
  private readonly appendTimestamp: number | undefined;

  constructor(batch: BatchFacts, bytes: Buffer) {
    this.bytes = bytes;
    this.appendTimestamp = batch.timestampType === 'append' ? batch.maxTimestamp : undefined;
    // Magic 1 counts the messages of a set from 0 and gives the set its last message's offset (KIP-31).
    const packed = batch.codec !== 'none';
    this.shift = packed && batch.magic === 1 ? batch.baseOffset - lastOffset(bytes) : 0;
  }

  next(): boolean {
    const start = this.end;
    if (start >= this.bytes.length) return false;
    const end = entryEnd(this.bytes, start);
    const message = parse(this.bytes, start, end);
    this.start = start;
    this.offset = message.offset + this.shift;
    this.timestamp = this.appendTimestamp ?? message.timestamp;
    this.keyStart = message.keyStart;
    this.keyEnd = message.key === null ? -1 : message.keyStart + message.key.length;
    this.valueStart = message.valueStart;
    this.valueEnd = message.value === null ? -1 : message.valueStart + message.value.length;
    this.headersStart = end;
    this.end = end;
    return true;
  }

  seek(position: number): boolean {
    do if (!this.next()) return false;
    while (this.end <= position);
    return true;
  }
}

function lastOffset(bytes: Buffer): number {
  let last = 0;
  for (let at = 0; at < bytes.length; at = entryEnd(bytes, at)) last = int64(bytes, at);
  return last;
}

function entryEnd(bytes: Buffer, start: number): number {
  if (start + 18 > bytes.length) throw corrupt(bytes, start);
  const length = bytes.readInt32BE(start + 8);
  const end = start + 12 + length;
  if (length < 14 || end > bytes.length) throw corrupt(bytes, start);
  return end;
}

const corrupt = (bytes: Buffer, start: number): CorruptData =>
  new CorruptData(
    l10n.t(
      'a record of the batch at offset {0} ends outside its batch',
      start + 8 <= bytes.length ? int64(bytes, start) : 0,
    ),
  );
