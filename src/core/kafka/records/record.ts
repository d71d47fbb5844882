import * as l10n from '@vscode/l10n';
import { CorruptData } from './corrupt.ts';

/**
 * Where one record lies in the unpacked bytes of its batch. Nothing is copied or decoded until somebody asks: reading a
 * topic touches only these positions, and a page makes strings for the rows on the screen alone.
 */
export interface RecordSpan {
  readonly bytes: Buffer;
  readonly offset: number;
  /** ms since the epoch. */
  readonly timestamp: number;
  /** -1: the key is null. */
  readonly keyStart: number;
  readonly keyEnd: number;
  /** -1: the value is null. */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly headersStart: number;
  readonly headerCount: number;
  /** End of the record. */
  readonly end: number;
}

/** A header as Kafka keeps it: repeated names, order and null values included. */
export type Header = readonly [name: string, value: Buffer | null];

/** Walks the records of a batch in order. The cursor itself is the span of the record it stands on. */
export interface RecordCursor extends RecordSpan {
  /** First byte of the record, its length included. */
  readonly start: number;
  /** Steps to the next record; false after the last. Throws {@link CorruptData}. */
  next(): boolean;
  /** Steps to the record that contains this byte or the first after it, looking only at lengths on the way. */
  seek(position: number): boolean;
}

export interface RecordContext {
  baseOffset: number;
  baseTimestamp: number;
  /** Set when the broker stamped the batch: the time of every record in it. */
  appendTimestamp: number | undefined;
  count: number;
}

/** Records of message format v2 (varints zig-zag encoded, KIP-98), bounds-checked: no byte outside `bytes` is looked at. */
export class BatchCursor implements RecordCursor {
  readonly bytes: Buffer;
  offset = 0;
  timestamp = 0;
  keyStart = -1;
  keyEnd = -1;
  valueStart = -1;
  valueEnd = -1;
  headersStart = 0;
  headerCount = 0;
  start: number;
  end: number;
  private readonly context: RecordContext;
  private at: number;
  private read = 0;

  /** @param start first byte of the first record in `bytes` */
  constructor(bytes: Buffer, start: number, context: RecordContext) {
    this.bytes = bytes;
    this.at = start;
    this.start = start;
    this.end = start;
    this.context = context;
  }

  next(): boolean {
    return this.seek(this.end);
  }

  seek(position: number): boolean {
    this.at = this.end;
    for (;;) {
      if (this.read >= this.context.count) return false;
      this.start = this.at;
      const length = this.varint(this.bytes.length);
      const end = this.at + length;
      if (length < 0 || end > this.bytes.length) throw cut(this.context.baseOffset);
      this.read++;
      this.end = end;
      if (end > position) break;
      this.at = end;
    }
    this.parse();
    return true;
  }

  private parse(): void {
    const { end, context } = this;
    this.at++; // attributes, unused
    const timestampDelta = this.varlong(end);
    this.offset = context.baseOffset + this.varint(end);
    this.timestamp = context.appendTimestamp ?? context.baseTimestamp + timestampDelta;
    const keyLength = this.varint(end);
    this.keyStart = keyLength < 0 ? -1 : this.at;
    this.keyEnd = keyLength < 0 ? -1 : this.skip(keyLength);
    const valueLength = this.varint(end);
    this.valueStart = valueLength < 0 ? -1 : this.at;
    this.valueEnd = valueLength < 0 ? -1 : this.skip(valueLength);
    this.headerCount = this.varint(end);
    this.headersStart = this.at;
    if (this.headerCount < 0 || this.headerCount > end - this.at) throw cut(context.baseOffset);
  }

  private skip(length: number): number {
    this.at += length;
    if (this.at > this.end) throw cut(this.context.baseOffset);
    return this.at;
  }

  private varint(limit: number): number {
    const { bytes } = this;
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (this.at >= limit) throw cut(this.context.baseOffset);
      const byte = bytes[this.at++]!;
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (result >>> 1) ^ -(result & 1);
    }
    throw cut(this.context.baseOffset);
  }

  /** Up to 64 bits, kept as a double: exact to 2^53 ms. */
  private varlong(limit: number): number {
    const { bytes } = this;
    let result = 0;
    let factor = 1;
    for (let i = 0; i < 10; i++) {
      if (this.at >= limit) throw cut(this.context.baseOffset);
      const byte = bytes[this.at++]!;
      result += (byte & 0x7f) * factor;
      if (byte < 0x80) return result % 2 === 0 ? result / 2 : -(result + 1) / 2;
      factor *= 128;
    }
    throw cut(this.context.baseOffset);
  }
}

const cut = (baseOffset: number): CorruptData =>
  new CorruptData(l10n.t('a record of the batch at offset {0} ends outside its batch', baseOffset));

export const keyOf = (r: RecordSpan): Buffer | null => (r.keyStart < 0 ? null : r.bytes.subarray(r.keyStart, r.keyEnd));

export const valueOf = (r: RecordSpan): Buffer | null =>
  r.valueStart < 0 ? null : r.bytes.subarray(r.valueStart, r.valueEnd);

/** Bytes of key, value and headers. */
export const sizeOf = (r: RecordSpan): number =>
  Math.max(0, r.keyEnd - r.keyStart) + Math.max(0, r.valueEnd - r.valueStart) + (r.end - r.headersStart);

/** The headers in order. Throws {@link CorruptData} when they do not fit the record. `limit`: stop after so many. */
export function headersOf(r: RecordSpan, limit = Infinity): Header[] {
  const headers: Header[] = [];
  let at = r.headersStart;
  const varint = (): number => {
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (at >= r.end) throw cut(r.offset);
      const byte = r.bytes[at++]!;
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (result >>> 1) ^ -(result & 1);
    }
    throw cut(r.offset);
  };
  const take = (length: number): Buffer => {
    if (length < 0 || at + length > r.end) throw cut(r.offset);
    return r.bytes.subarray(at, (at += length));
  };
  for (let i = 0; i < r.headerCount && i < limit; i++) {
    const name = take(varint()).toString('utf8');
    const length = varint();
    headers.push([name, length < 0 ? null : take(length)]);
  }
  return headers;
}

/** A span that outlives its cursor. */
export const spanOf = (r: RecordSpan): RecordSpan => ({
  bytes: r.bytes,
  offset: r.offset,
  timestamp: r.timestamp,
  keyStart: r.keyStart,
  keyEnd: r.keyEnd,
  valueStart: r.valueStart,
  valueEnd: r.valueEnd,
  headersStart: r.headersStart,
  headerCount: r.headerCount,
  end: r.end,
});
