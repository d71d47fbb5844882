import { KafkaError } from '../kafka/transport/kafkaError.ts';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import { readRanges } from '../kafka/read/readRanges.ts';
import type { OffsetSpan } from './rowStore.ts';
import type { Body } from './segment.ts';
import { factsOf } from './segmentRows.ts';

/**
 * The bodies of rows that were dropped, read from Kafka again: what Kafka has deleted since, the topic included, is
 * missing. Throws {@link KafkaError} when a partition cannot be read now: its rows are not gone.
 */
export async function readAgain(
  connection: KafkaConnection,
  topic: string,
  spans: readonly OffsetSpan[],
  signal: AbortSignal,
): Promise<Body[][]> {
  const bodies = new Map<number, Body[]>(spans.map(({ partition }) => [partition, []]));
  const ranges = spans.map(({ partition, from, to }) => {
    return { partition, start: from, end: to, logStart: 0, highWatermark: to };
  });
  for await (const event of readRanges(connection, { topic, ranges, isolation: 'read_uncommitted' }, signal)) {
    if (event.kind === 'batch')
      bodies.get(event.partition)!.push({ facts: factsOf(event.batch), unpacked: event.unpacked });
    else if (event.kind === 'problem' && event.fatal && !event.gone) throw new KafkaError('kafka', event.message);
  }
  return [...bodies.values()];
}
