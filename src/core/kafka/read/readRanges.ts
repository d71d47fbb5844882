import { CorruptData } from '../records/corrupt.ts';
import { Decompressor } from '../records/codecs/decompress.ts';
import { unpack } from '../records/unpack.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { FetchSession } from './fetchSession.ts';
import type { FetchedBatch } from './partitionState.ts';
import type { Isolation, PartitionRange } from './position.ts';
import type { ReadEvent } from './readEvent.ts';
import type { TopicLog } from './topicLog.ts';

export interface ReadOptions {
  topic: string;
  ranges: readonly PartitionRange[];
  /** `marked`: everything up to the high watermark, records of aborted and open transactions marked as such. */
  isolation: Isolation | 'marked';
  /** The topic as `resolveRanges` has just looked it up, which saves a round trip; or as it was when the ranges were resolved. */
  log?: TopicLog;
}

/**
 * Bytes of batches that are being unpacked at most, and still when the next are given to unpack: the thread pool works on
 * some while others are looked at, and gets them many at a time.
 */
const UNPACK_AHEAD = 512 << 10;
const UNPACK_MORE_BELOW = UNPACK_AHEAD / 2;

/**
 * Reads the ranges without a group and without a commit: Fetch requests alone. Ends when every partition has reached its
 * end by position; never ends where one has none. Events of a partition come in offset order. Whoever stops iterating
 * stops the fetching too: at most one answer per broker waits.
 *
 * Cancelled by the signal: the iteration ends without an error.
 * Throws {@link KafkaError} when brokers stay unreachable while an end is in sight; otherwise it goes on trying and says so.
 */
export async function* readRanges(
  connection: KafkaConnection,
  options: ReadOptions,
  signal: AbortSignal,
): AsyncGenerator<ReadEvent> {
  const session = new FetchSession(connection, options, signal);
  const decompressor = new Decompressor();
  const unpacking: { bytes: number; event: ReadEvent | Promise<ReadEvent> }[] = [];
  let ahead = 0;
  session.start();
  try {
    for (let item = await session.take(); item !== undefined; item = await session.take()) {
      if (item.kind !== 'fetched') {
        yield item;
        continue;
      }
      for (const [at, fetched] of item.batches.entries()) {
        const bytes = fetched.batch.bytes.length;
        unpacking.push({ bytes, event: decode(fetched, decompressor) });
        ahead += bytes;
        const last = at === item.batches.length - 1;
        if (ahead < UNPACK_AHEAD && !last) continue;
        while (unpacking.length > 0 && (last || ahead >= UNPACK_MORE_BELOW)) {
          const { bytes: done, event } = unpacking.shift()!;
          ahead -= done;
          yield event instanceof Promise ? await event : event;
          if (signal.aborted) return;
        }
      }
    }
  } finally {
    session.stop();
  }
}

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
