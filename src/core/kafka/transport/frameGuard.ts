/** Frames above this are refused: the largest answer asked for is one Fetch of some 50 MiB plus one whole batch. */
export const MAX_FRAME_BYTES = 512 * 1024 * 1024;

/**
 * Follows the length prefixes of the answers on one socket and complains about one that cannot be true, before
 * kafkajs begins to collect the bytes it announces.
 */
export class FrameGuard {
  /** Bytes left of the current frame's body. */
  #body = 0;
  #prefix = 0;
  #prefixBytes = 0;
  #first = true;

  /** An error when the stream is not Kafka's, else null. */
  check(chunk: Buffer): Error | null {
    let at = 0;
    while (at < chunk.length) {
      if (this.#body > 0) {
        const step = Math.min(this.#body, chunk.length - at);
        this.#body -= step;
        at += step;
        continue;
      }
      this.#prefix = this.#prefix * 256 + (chunk[at++] ?? 0);
      if (++this.#prefixBytes < 4) continue;
      const size = this.#prefix;
      const first = this.#first;
      this.#prefix = 0;
      this.#prefixBytes = 0;
      this.#first = false;
      if (size > MAX_FRAME_BYTES || size < 4 || (first && isTlsAlert(size))) return notKafka(size, first);
      this.#body = size;
    }
    return null;
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
