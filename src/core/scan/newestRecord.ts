import { readRanges } from '../kafka/read/readRanges.ts';
import { resolveRanges } from '../kafka/read/resolveRanges.ts';
import { spanOf, type RecordSpan } from '../kafka/records/record.ts';
import { cursorOver } from '../kafka/records/unpack.ts';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import { scanBatch } from './scanBatch.ts';
import { keep } from './segmentRows.ts';

export interface PlacedRecord {
  partition: number;
  record: RecordSpan;
}

/**
 * The newest committed record of a topic; null: it has none, or none that can be read. Throws like {@link resolveRanges}
 * and {@link readRanges}.
 */
export async function newestRecord(
  connection: KafkaConnection,
  topic: string,
  signal: AbortSignal,
): Promise<PlacedRecord | null> {
  const isolation = 'read_committed';
  const request = {
    start: { kind: 'last', count: 1 } as const,
    end: { kind: 'end' } as const,
    isolation,
    committed: () => Promise.resolve(new Map<number, number>()),
  } as const;
  const { ranges, log } = await resolveRanges(connection, topic, request, signal);
  let newest: PlacedRecord | null = null;
  for await (const event of readRanges(connection, { topic, log, ranges, isolation }, signal)) {
    if (event.kind !== 'batch') continue;
    const { partition, batch, unpacked } = event;
    scanBatch(event, null, {
      match({ offset, timestamp, start, end }) {
        const own = keep(batch, unpacked, [{ offset, timestamp, start, end }]);
        const cursor = cursorOver(own.facts, own.unpacked);
        while (cursor.next() && cursor.offset < offset);
        newest = { partition, record: spanOf(cursor) };
      },
    });
  }
  return newest;
}
