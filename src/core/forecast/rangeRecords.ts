import type { DeliveryRead } from '../../shared/replayPage.ts';
import type { readRanges } from '../kafka/read/readRanges.ts';
import { CorruptData } from '../kafka/records/corrupt.ts';
import { headersOf, valueOf } from '../kafka/records/record.ts';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import { scanBatch } from '../scan/scanBatch.ts';
import type { RangeRecord } from './dryRun.ts';

/** A connection, and the reader that was loaded with it: two copies of it would not know each other's errors. */
export interface RangeSource {
  connection: KafkaConnection;
  read: typeof readRanges;
}

/**
 * The records that would be delivered after a start, also those of aborted and open transactions, partition by partition
 * in offset order; without a group, nothing is committed. Ends at the high watermarks of the forecast. Throws KafkaError when brokers stay unreachable.
 * @param onProblem told, in a sentence, what cannot be read
 */
export async function* rangeRecords(
  { connection, read }: RangeSource,
  topic: string,
  partitions: DeliveryRead['ranges'],
  onProblem: (problem: string) => void,
  signal: AbortSignal,
): AsyncGenerator<RangeRecord> {
  const ranges = partitions.flatMap(({ partition, first, logStart, highWatermark }) =>
    first === null || logStart === null || highWatermark === null || first >= highWatermark
      ? []
      : [{ partition, start: first, end: highWatermark, logStart, highWatermark }],
  );
  if (ranges.length === 0) return;
  const at = (partition: number | null, offset: number | null, message: string) =>
    onProblem(partition === null ? message : `P${partition}${offset === null ? '' : ` ${offset}`}: ${message}`);
  for await (const event of read(connection, { topic, ranges, isolation: 'marked' }, signal)) {
    switch (event.kind) {
      case 'batch': {
        const { partition, transaction } = event;
        const mark = transaction === undefined ? {} : { transaction };
        const found: RangeRecord[] = [];
        const { broken } = scanBatch(event, null, {
          match: (record) => {
            const { offset } = record;
            try {
              found.push({ partition, offset, value: valueOf(record), headers: headersOf(record), ...mark });
            } catch (error) {
              if (!(error instanceof CorruptData)) throw error;
              at(partition, offset, error.message);
            }
          },
        });
        yield* found;
        if (broken) at(partition, broken.offset, broken.message);
        break;
      }
      case 'broken':
      case 'problem':
        at(event.partition, event.offset, event.message);
        break;
      case 'added':
      case 'connection':
      case 'passed':
        break;
    }
  }
}
