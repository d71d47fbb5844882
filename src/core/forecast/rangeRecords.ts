import { readRanges } from '../kafka/read/readRanges.ts';
import { headersOf, valueOf } from '../kafka/records/record.ts';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import { scanBatch } from '../scan/scanBatch.ts';
import type { RangeRecord } from './dryRun.ts';
import type { PartitionForecast } from './result.ts';

/**
 * The records that would be delivered after a start, partition by partition in offset order; without a group, nothing is
 * committed. Batches that cannot be read are left out. Ends at the high watermarks of the forecast, or after `max`.
 * Throws KafkaError when brokers stay unreachable.
 */
export async function* rangeRecords(
  connection: KafkaConnection,
  topic: string,
  partitions: readonly Pick<PartitionForecast, 'partition' | 'first' | 'logStart' | 'highWatermark'>[],
  signal: AbortSignal,
  max = Infinity,
): AsyncGenerator<RangeRecord> {
  const ranges = partitions.flatMap(({ partition, first, logStart, highWatermark }) =>
    first === null || logStart === null || highWatermark === null || first >= highWatermark
      ? []
      : [{ partition, start: first, end: highWatermark, logStart, highWatermark }],
  );
  if (ranges.length === 0) return;
  let left = max;
  for await (const event of readRanges(connection, { topic, ranges, isolation: 'read_uncommitted' }, signal)) {
    if (event.kind !== 'batch') continue;
    const found: RangeRecord[] = [];
    scanBatch(event, null, {
      match: (record) => {
        found.push({
          partition: event.partition,
          offset: record.offset,
          value: valueOf(record),
          headers: headersOf(record),
        });
        return found.length < left;
      },
    });
    yield* found;
    left -= found.length;
    if (left <= 0) return;
  }
}
