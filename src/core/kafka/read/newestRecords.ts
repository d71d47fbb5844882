import { CorruptData } from '../records/corrupt.ts';
import { cursorOver } from '../records/unpack.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import type { Isolation } from './position.ts';
import { readRanges } from './readRanges.ts';
import type { TopicLog } from './topicLog.ts';

interface Bounds {
  partition: number;
  logStart: number;
  end: number;
}

/** A partition's newest records in offset order, read back as far as `from`. */
interface Tail extends Bounds {
  from: number;
  offsets: number[];
  timestamps: number[];
}

/** Offsets read back at once at least: a request costs more than a hundred records. */
const STEP = 100;

/**
 * Where to start in each partition to read the newest `count` records of the topic: the partitions' tails merged
 * backwards by (timestamp, partition). Offsets without a record (compaction, transaction markers) do not count, so tails
 * are read, not computed.
 */
export async function newestRecords(
  connection: KafkaConnection,
  request: { topic: string; log: TopicLog; bounds: readonly Bounds[]; count: number; isolation: Isolation },
  signal: AbortSignal,
): Promise<Map<number, number>> {
  const tails = request.bounds.map(({ partition, logStart, end }): Tail => {
    return { partition, logStart, end, from: end, offsets: [], timestamps: [] };
  });
  const starts = new Map(tails.map((t) => [t.partition, t.end]));
  // An even share of the partitions first; whoever runs dry is read further back, twice as far each time.
  let step = Math.max(STEP, Math.ceil(request.count / Math.max(1, tails.length)) + 1);
  for (let left = request.count; left > 0 && !signal.aborted;) {
    const dry = tails.filter((t) => t.offsets.length === 0 && t.from > t.logStart);
    if (dry.length > 0) {
      await readBack(connection, request, dry, step, signal);
      step *= 2;
      continue;
    }
    const newest = newestTail(tails);
    if (newest === undefined) break;
    starts.set(newest.partition, newest.offsets.pop()!);
    newest.timestamps.pop();
    left--;
  }
  return starts;
}

function newestTail(tails: readonly Tail[]): Tail | undefined {
  let newest: Tail | undefined;
  for (const tail of tails) {
    if (tail.offsets.length === 0) continue;
    const difference = newest === undefined ? 1 : tail.timestamps.at(-1)! - newest.timestamps.at(-1)!;
    if (difference > 0 || (difference === 0 && tail.partition > newest!.partition)) newest = tail;
  }
  return newest;
}

async function readBack(
  connection: KafkaConnection,
  { topic, log, isolation }: { topic: string; log: TopicLog; isolation: Isolation },
  tails: readonly Tail[],
  step: number,
  signal: AbortSignal,
): Promise<void> {
  const ranges = tails.map((tail) => {
    const end = tail.from;
    tail.from = Math.max(tail.logStart, end - step);
    return { partition: tail.partition, start: tail.from, end, logStart: tail.logStart, highWatermark: tail.end };
  });
  const byPartition = new Map(tails.map((t) => [t.partition, t]));
  for await (const event of readRanges(connection, { topic, log, ranges, isolation }, signal)) {
    if (event.kind === 'broken') {
      const tail = byPartition.get(event.partition)!;
      tail.offsets.push(event.offset);
      tail.timestamps.push(event.batch.maxTimestamp);
    }
    if (event.kind !== 'batch') continue;
    const tail = byPartition.get(event.partition)!;
    try {
      for (const cursor = cursorOver(event.batch, event.unpacked); cursor.next();) {
        if (cursor.offset < event.from || cursor.offset >= event.to) continue;
        tail.offsets.push(cursor.offset);
        tail.timestamps.push(cursor.timestamp);
      }
    } catch (error) {
      if (!(error instanceof CorruptData)) throw error;
      // The row that will say what is wrong with this batch: the reading itself meets the same record again.
      tail.offsets.push(Math.max(event.from, event.batch.baseOffset));
      tail.timestamps.push(event.batch.maxTimestamp);
    }
  }
}
