/** Frames above this are refused: the largest answer asked for is one Fetch of some 50 MiB plus one whole batch. */
export const MAX_FRAME_BYTES = 512 * 1024 * 1024;
/** Room for a frame is taken at once up to so much; beyond, it grows with what really arrives. */
const ROOM_AT_ONCE = 16 << 20;
const PREFIX = 4;

/**
 * Collects the answers on one socket, each in a buffer of its own. The socket reads straight into it ({@link room}), so
 * that megabytes of records are not copied and leave no heap of small pieces for the garbage collector.
 */
export class Frames {
  readonly #prefix = Buffer.alloc(PREFIX);
  /** The frame that is arriving, its length prefix included; null while the prefix arrives. */
  #frame: Buffer | null = null;
  /** Bytes of a whole frame. */
  #size = 0;
  #filled = 0;
  #first = true;

  /** Where the next bytes of the socket belong. */
  room(): Buffer {
    return (this.#frame ?? this.#prefix).subarray(this.#filled);
  }

  /**
   * So many bytes were put into the {@link room}. The frame they complete, with its length prefix; null while it is not
   * whole; an error when the stream is not Kafka's.
   */
  take(bytes: number): Buffer | Error | null {
    this.#filled += bytes;
    if (this.#frame === null) {
      if (this.#filled < PREFIX) return null;
      const size = this.#prefix.readUInt32BE(0);
      if (size > MAX_FRAME_BYTES || size < 4 || (this.#first && isTlsAlert(size))) return notKafka(size, this.#first);
      this.#first = false;
      this.#size = PREFIX + size;
      this.#grow(this.#prefix, Math.min(this.#size, ROOM_AT_ONCE));
      return null;
    }
    if (this.#filled < this.#frame.length) return null;
    if (this.#filled < this.#size) {
      this.#grow(this.#frame, Math.min(this.#size, this.#filled * 2));
      return null;
    }
    const whole = this.#frame;
    this.#frame = null;
    this.#filled = 0;
    return whole;
  }

  #grow(from: Buffer, room: number): void {
    this.#frame = Buffer.allocUnsafeSlow(room);
    from.copy(this.#frame);
  }
}

/** 0x15 0x03: an alert record of TLS 1.x. */
const isTlsAlert = (size: number): boolean => size >>> 16 === 0x1503;

function notKafka(size: number, first: boolean): Error {
  if (first && isTlsAlert(size)) return Object.assign(new Error('a TLS alert'), { code: 'ANSWERS_TLS' });
  // "HTTP"
  if (first && size === 0x48545450) return Object.assign(new Error('an HTTP answer'), { code: 'ANSWERS_HTTP' });
  return Object.assign(new Error(`a frame of ${size} bytes`), { code: 'FRAME_SIZE' });
}
