import zlib from 'node:zlib';
import { inflate } from './inflate.ts';

/** Bytes that are unpacked by one call at most, unless a single batch is larger: several calls keep several processors busy. */
const TOGETHER = 512 << 10;
/** zlib's own limit. */
const LEAST_CHUNK = 64;
/** The shortest gzip member: a header, an empty block, checksum and length. */
const SHORTEST = 20;

interface Job {
  input: Buffer;
  resolve: (output: Buffer) => void;
  reject: (error: Error) => void;
}

/**
 * Unpacks gzip on Node's thread pool. What is asked for in one turn goes there together, since a call costs as much as
 * unpacking some 20 KiB: gzip data one behind the other is gzip data again, and each says at its end how long it was, which
 * zlib checks.
 */
export class GzipDecoder {
  private waiting: Job[] = [];
  private readonly limit: number;

  /** @param limit most bytes that one result may have */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Rejects with a `CorruptData`. */
  decode(input: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ input, resolve, reject }) === 1) queueMicrotask(() => this.unpackWaiting());
    });
  }

  private unpackWaiting(): void {
    const jobs = this.waiting;
    this.waiting = [];
    for (let from = 0; from < jobs.length;) {
      let to = from;
      let total = 0;
      while (to < jobs.length && (to === from || total + this.claimed(jobs[to]!) <= TOGETHER))
        total += this.claimed(jobs[to++]!);
      if (to - from === 1) this.unpackOne(jobs[from]!);
      else this.unpackTogether(jobs.slice(from, to), total);
      from = to;
    }
  }

  private unpackOne({ input, resolve, reject }: Job): void {
    inflate('gzip', zlib.gunzip, input, this.limit).then(resolve, reject);
  }

  private unpackTogether(jobs: readonly Job[], total: number): void {
    const options = { maxOutputLength: total, chunkSize: Math.max(total + 1, LEAST_CHUNK) };
    zlib.gunzip(Buffer.concat(jobs.map((job) => job.input)), options, (error, output) => {
      // Something is wrong with one of them, or it is unusual (several members, or bytes behind the last).
      if (error || output.length !== total) return jobs.forEach((job) => this.unpackOne(job));
      let at = 0;
      for (const job of jobs) job.resolve(output.subarray(at, (at += this.claimed(job))));
    });
  }

  /** The length that gzip data says at its end to have had; Infinity where it has to go alone. */
  private claimed({ input }: Job): number {
    const length = input.length < SHORTEST ? 0 : input.readUInt32LE(input.length - 4);
    return length > 0 && length <= this.limit ? length : Infinity;
  }
}
