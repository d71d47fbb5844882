import type { Batch } from '../records/batch.ts';
import { Decompressor } from '../records/codecs/decompress.ts';
import { CorruptData } from '../records/corrupt.ts';
import { unpack } from '../records/unpack.ts';
import type { SessionItem } from './fetchSession.ts';
import type { FetchedBatch } from './partitionState.ts';
import type { ReadEvent } from './readEvent.ts';

/**
 * Bytes, once unpacked, of batches that the thread pool has been given at most, and still when it is given the next: it
 * works on some while others are looked at, and gets them many at a time.
 */
const AHEAD = 8 << 20;
const MORE_BELOW = AHEAD / 2;
/** How many times as long a batch becomes, where it does not say so. */
const USUAL_RATIO = 8;

/** Where what was fetched comes from: `takeNow` has nothing while nothing has arrived. */
export interface Fetched {
  take(): Promise<SessionItem | undefined>;
  takeNow(): SessionItem | undefined;
}

/** Turns what was fetched into events, in order; what comes next is being unpacked while one is looked at. */
export class UnpackAhead {
  private readonly source: Fetched;
  private readonly decompressor = new Decompressor();
  private readonly events: { ahead: number; event: ReadEvent | Promise<ReadEvent> }[] = [];
  private ahead = 0;
  /** What was taken from the source last, and how much of it is among the events. */
  private batches: readonly FetchedBatch[] = [];
  private given = 0;

  constructor(source: Fetched) {
    this.source = source;
  }

  /** undefined after the last. */
  async next(): Promise<ReadEvent | undefined> {
    if (this.ahead < MORE_BELOW) this.fill();
    while (this.events.length === 0) {
      const item = await this.source.take();
      if (item === undefined) return undefined;
      this.put(item);
      this.fill();
    }
    const { ahead, event } = this.events.shift()!;
    this.ahead -= ahead;
    return event;
  }

  /** What is unpacked at once gains nothing by going ahead: the next is not looked at before it is wanted. */
  private fill(): void {
    while (this.ahead < AHEAD && this.events.at(-1)?.ahead !== 0) {
      if (this.given < this.batches.length) {
        const fetched = this.batches[this.given++]!;
        const event = decode(fetched, this.decompressor);
        const ahead = event instanceof Promise ? unpackedLength(fetched.batch) : 0;
        this.ahead += ahead;
        this.events.push({ ahead, event });
      } else {
        const item = this.source.takeNow();
        if (item === undefined) return;
        this.put(item);
      }
    }
  }

  private put(item: SessionItem): void {
    if (item.kind === 'fetched') [this.batches, this.given] = [item.batches, 0];
    else this.events.push({ ahead: 0, event: item });
  }
}

/** gzip data ends with its length; a lie costs some speed. */
const unpackedLength = ({ codec, bytes }: Batch): number =>
  codec === 'gzip' ? Math.max(bytes.length, bytes.readUInt32LE(bytes.length - 4)) : bytes.length * USUAL_RATIO;

function decode(fetched: FetchedBatch, decompressor: Decompressor): ReadEvent | Promise<ReadEvent> {
  const { partition, batch, from, to, next, transaction } = fetched;
  if (fetched.hidden) return { kind: 'passed', partition, next };
  const broken = (error: unknown): ReadEvent => {
    if (!(error instanceof CorruptData)) throw error;
    return { kind: 'broken', partition, batch, offset: Math.max(from, batch.baseOffset), message: error.message, next };
  };
  try {
    const unpacked = unpack(batch, decompressor);
    if (unpacked instanceof Promise)
      return unpacked.then(
        (u) => ({ kind: 'batch', partition, batch, unpacked: u, from, to, next, transaction }),
        broken,
      );
    return { kind: 'batch', partition, batch, unpacked, from, to, next, transaction };
  } catch (error) {
    return broken(error);
  }
}
