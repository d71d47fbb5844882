/**
 * Kafka's primitive types (protocol guide, "Protocol Primitive Types"; KIP-482 for compact ones), bounds-checked.
 * Reader and Writer know whether the message is flexible, so that a message file is written once for both layouts:
 * `string()` is a compact string in a flexible version and `tags()` does nothing in the others.
 */

/** Bytes that are not what they should be: cut short, or a length that cannot be. */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes';
  /** Where in the buffer, bytes. */
  readonly position: number;

  constructor(what: string, position: number) {
    super(`${what} at byte ${position}`);
    this.position = position;
  }
}

export class Reader {
  readonly buffer: Buffer;
  /** Next byte to read. */
  position: number;
  /** First byte that must not be read. */
  readonly end: number;
  /** Compact strings and arrays, tagged fields (KIP-482). */
  flexible: boolean;

  constructor(buffer: Buffer, position = 0, end = buffer.length, flexible = false) {
    this.buffer = buffer;
    this.position = position;
    this.end = Math.min(end, buffer.length);
    this.flexible = flexible;
  }

  remaining(): number {
    return this.end - this.position;
  }

  /** Moves on by `length` bytes and returns where they began. */
  skip(length: number): number {
    const start = this.position;
    if (length < 0) throw new MalformedBytes(`Negative length ${length}`, start);
    if (length > this.end - start) {
      throw new MalformedBytes(`${length} bytes expected, ${this.end - start} left`, start);
    }
    this.position = start + length;
    return start;
  }

  int8(): number {
    return this.buffer.readInt8(this.skip(1));
  }

  uint8(): number {
    return this.buffer.readUInt8(this.skip(1));
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  int16(): number {
    return this.buffer.readInt16BE(this.skip(2));
  }

  uint16(): number {
    return this.buffer.readUInt16BE(this.skip(2));
  }

  int32(): number {
    return this.buffer.readInt32BE(this.skip(4));
  }

  uint32(): number {
    return this.buffer.readUInt32BE(this.skip(4));
  }

  /** Exact up to 2^53; offsets, sizes and times never get there. */
  int64(): number {
    const at = this.skip(8);
    return this.buffer.readInt32BE(at) * 0x1_0000_0000 + this.buffer.readUInt32BE(at + 4);
  }

  float64(): number {
    return this.buffer.readDoubleBE(this.skip(8));
  }

  /** Unsigned, at most 32 bits. */
  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.uint8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new MalformedBytes('A varint longer than 5 bytes', this.position);
  }

  /** Zigzag, 32 bits. */
  varint(): number {
    const raw = this.uvarint();
    return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
  }

  /** Zigzag, 64 bits, exact up to 2^53. */
  varlong(): number {
    let low = 0;
    let high = 0;
    for (let i = 0; i < 10; i++) {
      const byte = this.uint8();
      // 28 bits in `low`, the rest in `high`: both stay exact.
      if (i < 4) low += (byte & 0x7f) * 2 ** (7 * i);
      else high += (byte & 0x7f) * 2 ** (7 * (i - 4));
      if (byte < 0x80) {
        const half = high * 2 ** 27 + Math.floor(low / 2);
        return low % 2 === 0 ? half : -half - 1;
      }
    }
    throw new MalformedBytes('A varlong longer than 10 bytes', this.position);
  }

  uuid(): string {
    const at = this.skip(16);
    return this.buffer.toString('hex', at, at + 16);
  }

  /** Exactly `length` bytes, as a view: copy what is kept. */
  raw(length: number): Buffer {
    const at = this.skip(length);
    return this.buffer.subarray(at, at + length);
  }

  /** Length of a string, or -1 for null. */
  #stringLength(): number {
    return this.flexible ? this.uvarint() - 1 : this.int16();
  }

  /** Length of bytes or an array, or -1 for null. */
  #length(): number {
    return this.flexible ? this.uvarint() - 1 : this.int32();
  }

  nullableString(): string | null {
    const length = this.#stringLength();
    if (length === -1) return null;
    const at = this.skip(length);
    return this.buffer.toString('utf8', at, at + length);
  }

  string(): string {
    const at = this.position;
    const value = this.nullableString();
    if (value === null) throw new MalformedBytes('Null where text must be', at);
    return value;
  }

  nullableBytes(): Buffer | null {
    const length = this.#length();
    return length === -1 ? null : this.raw(length);
  }

  bytes(): Buffer {
    const at = this.position;
    const value = this.nullableBytes();
    if (value === null) throw new MalformedBytes('Null where bytes must be', at);
    return value;
  }

  nullableArray<T>(item: (reader: Reader) => T): T[] | null {
    const at = this.position;
    const count = this.#length();
    if (count === -1) return null;
    // Every item takes at least one byte: a hostile count must not allocate.
    if (count < 0 || count > this.remaining()) throw new MalformedBytes(`An array of ${count} items`, at);
    const items: T[] = [];
    for (let i = 0; i < count; i++) items.push(item(this));
    return items;
  }

  /** A null array reads as an empty one. */
  array<T>(item: (reader: Reader) => T): T[] {
    return this.nullableArray(item) ?? [];
  }

  /** The tagged fields at the end of a structure. Unknown tags are skipped; nothing in versions that have none. */
  tags(known?: (tag: number, field: Reader) => void): void {
    if (!this.flexible) return;
    const count = this.uvarint();
    for (let i = 0; i < count; i++) {
      const tag = this.uvarint();
      const length = this.uvarint();
      const at = this.skip(length);
      known?.(tag, new Reader(this.buffer, at, at + length, true));
    }
  }
}

/** Writes into a growing buffer; `finish()` returns what was written. */
export class Writer {
  flexible: boolean;
  #buffer = Buffer.allocUnsafe(256);
  #length = 0;

  constructor(flexible = false) {
    this.flexible = flexible;
  }

  get length(): number {
    return this.#length;
  }

  finish(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #grow(bytes: number): number {
    const at = this.#length;
    this.#length = at + bytes;
    if (this.#length > this.#buffer.length) {
      const bigger = Buffer.allocUnsafe(Math.max(this.#length, this.#buffer.length * 2));
      this.#buffer.copy(bigger, 0, 0, at);
      this.#buffer = bigger;
    }
    return at;
  }

  int8(value: number): this {
    const at = this.#grow(1);
    this.#buffer.writeInt8(value, at);
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  int16(value: number): this {
    const at = this.#grow(2);
    this.#buffer.writeInt16BE(value, at);
    return this;
  }

  int32(value: number): this {
    const at = this.#grow(4);
    this.#buffer.writeInt32BE(value, at);
    return this;
  }

  /** Exact up to 2^53. */
  int64(value: number): this {
    const at = this.#grow(8);
    this.#buffer.writeBigInt64BE(BigInt(value), at);
    return this;
  }

  float64(value: number): this {
    const at = this.#grow(8);
    this.#buffer.writeDoubleBE(value, at);
    return this;
  }

  uvarint(value: number): this {
    if (value < 0) throw new RangeError(`Not an unsigned number: ${value}`);
    let rest = value;
    while (rest >= 0x80) {
      this.#byte((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.#byte(rest);
  }

  /** Zigzag; serves 32 and 64 bits (exact up to 2^52). */
  varint(value: number): this {
    return this.uvarint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  #byte(value: number): this {
    const at = this.#grow(1);
    this.#buffer[at] = value;
    return this;
  }

  /** 32 hexadecimal digits. */
  uuid(hex: string): this {
    return this.raw(Buffer.from(hex, 'hex'));
  }

  raw(bytes: Uint8Array): this {
    const at = this.#grow(bytes.length);
    this.#buffer.set(bytes, at);
    return this;
  }

  string(value: string | null): this {
    const bytes = value === null ? null : Buffer.from(value);
    const length = bytes === null ? -1 : bytes.length;
    if (this.flexible) this.uvarint(length + 1);
    else this.int16(length);
    return bytes === null ? this : this.raw(bytes);
  }

  bytes(value: Uint8Array | null): this {
    this.#count(value === null ? -1 : value.length);
    return value === null ? this : this.raw(value);
  }

  array<T>(items: readonly T[] | null, item: (value: T, writer: Writer) => void): this {
    this.#count(items === null ? -1 : items.length);
    for (const value of items ?? []) item(value, this);
    return this;
  }

  #count(count: number): void {
    if (this.flexible) this.uvarint(count + 1);
    else this.int32(count);
  }

  /** No tagged fields; nothing in versions that have none. */
  tags(): this {
    return this.flexible ? this.uvarint(0) : this;
  }
}
