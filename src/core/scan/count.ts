import { readRanges } from '../kafka/read/readRanges.ts';
import { ValueDecoder } from '../kafka/values/valueDecoder.ts';
import { followsNew, resolveRanges } from '../kafka/read/resolveRanges.ts';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import { scanBatch } from './scanBatch.ts';
import { rangesOf, tailFilter, type TailProblem, type TailRequest } from './tail.ts';

export interface Counts {
  /** Records looked at. */
  scanned: number;
  matched: number;
  /** Records the filter could not judge, and batches that could not be read. */
  errors: number;
}

/** Counts what {@link tail} would print, without making a line of it. Throws like it. */
export async function countRecords(
  connection: KafkaConnection,
  request: TailRequest & { onProblem?: (problem: TailProblem) => void },
  signal: AbortSignal,
): Promise<Counts> {
  const { topic } = request;
  const filter = await tailFilter(request, new ValueDecoder(request.registry));
  const asked = rangesOf(request);
  const { ranges, problems, log } = await resolveRanges(connection, topic, asked, signal);
  for (const { partition, message } of problems)
    request.onProblem?.({ topic, partition, offset: null, error: message });
  const counts = { scanned: 0, matched: 0, errors: 0 };
  const max = request.max ?? Infinity;
  const options = { topic, log, ranges, isolation: request.isolation, newPartitions: followsNew(asked) };
  for await (const event of readRanges(connection, options, signal)) {
    switch (event.kind) {
      case 'batch': {
        if (filter?.load) await filter.load(event);
        const scan = scanBatch(event, filter, { match: () => ++counts.matched < max });
        counts.scanned += scan.scanned;
        counts.errors += scan.failed + (scan.broken ? 1 : 0);
        if (scan.broken)
          request.onProblem?.({
            topic,
            partition: event.partition,
            offset: scan.broken.offset,
            error: scan.broken.message,
          });
        break;
      }
      case 'broken':
        counts.errors++;
        request.onProblem?.({ topic, partition: event.partition, offset: event.offset, error: event.message });
        break;
      case 'problem':
        request.onProblem?.({ topic, partition: event.partition, offset: event.offset, error: event.message });
        break;
      case 'connection':
        request.onConnection?.(event.message);
        break;
      case 'passed':
      case 'added':
        break;
    }
    if (counts.matched >= max) break;
  }
  return counts;
}
