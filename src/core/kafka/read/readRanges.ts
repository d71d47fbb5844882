import type { KafkaConnection } from '../transport/connection.ts';
import { FetchSession } from './fetchSession.ts';
import type { Isolation, PartitionRange } from './position.ts';
import type { ReadEvent } from './readEvent.ts';
import type { TopicLog } from './topicLog.ts';
import { UnpackAhead } from './unpackAhead.ts';

export interface ReadOptions {
  topic: string;
  ranges: readonly PartitionRange[];
  /** `marked`: everything up to the high watermark, records of aborted and open transactions marked as such. */
  isolation: Isolation | 'marked';
  /** The topic as `resolveRanges` has just looked it up, which saves a round trip; or as it was when the ranges were resolved. */
  log?: TopicLog;
  /** Also the partitions that the topic gets while it is followed, from their beginning. Needs `log`, which knows the others. */
  newPartitions?: boolean;
}

/**
 * Reads the ranges without a group and without a commit: Fetch requests alone. Ends when every partition has reached its
 * end by position; never ends where one has none. Events of a partition come in offset order. Whoever stops iterating
 * stops the fetching too: at most one answer per broker waits.
 *
 * Cancelled by the signal: the iteration ends without an error.
 * While an end is in sight, a partition whose leader stays away for a minute is given up with a problem; the others are
 * read on. Without an end it goes on trying and says so.
 * Throws {@link KafkaError} when no broker tells of the topic for so long.
 */
export async function* readRanges(
  connection: KafkaConnection,
  options: ReadOptions,
  signal: AbortSignal,
): AsyncGenerator<ReadEvent> {
  const session = new FetchSession(connection, options, signal);
  const events = new UnpackAhead(session);
  session.start();
  try {
    for (let event = await events.next(); event !== undefined; event = await events.next()) {
      yield event;
      if (signal.aborted) return;
    }
  } finally {
    session.stop();
  }
}
