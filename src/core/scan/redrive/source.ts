import { readRanges } from '../../kafka/read/readRanges.ts';
import { resolveRanges, type CommittedOffsets } from '../../kafka/read/resolveRanges.ts';
import type { PartitionRange } from '../../kafka/read/position.ts';
import { spanOf, type RecordSpan } from '../../kafka/records/record.ts';
import type { ValueDecoder } from '../../kafka/values/valueDecoder.ts';
import type { KafkaConnection } from '../../kafka/transport/connection.ts';
import type { RedriveJob, RedriveSource } from '../../../shared/redrivePage.ts';
import { createFilter } from '../filter.ts';
import { endOf } from '../readSpec.ts';
import { scanBatch } from '../scanBatch.ts';

/** One step through the source, in the order of each partition's log. */
export type SourceStep =
  /** `next`: the partition's position after the records. */
  | { kind: 'records'; partition: number; records: RecordSpan[]; next: number; scanned: number; unjudged: number }
  /** Something that cannot be read, a sentence. `fatal`: nothing more comes from the partition. */
  | { kind: 'problem'; partition: number | null; offset: number | null; message: string; fatal: boolean };

/** The source's explicit offsets: what arrives later is not part of it. */
export async function sourceRanges(
  connection: KafkaConnection,
  topic: string,
  source: RedriveSource,
  committed: CommittedOffsets,
  signal: AbortSignal,
): Promise<{ ranges: RedriveJob['ranges']; problems: string[] }> {
  if (source.kind === 'records') {
    const ranges = source.places.map(({ partition, offsets }) => ({
      partition,
      start: Math.min(...offsets),
      end: Math.max(...offsets) + 1,
    }));
    return { ranges, problems: [] };
  }
  const { start, end, partitions } = source.read;
  const to = endOf(source.read, end.kind === 'follow' || end.kind === 'count' ? { kind: 'end' } : undefined);
  const request = { start, end: to, partitions, isolation: 'read_committed' as const, committed };
  const { ranges, problems } = await resolveRanges(connection, topic, request, signal);
  return {
    ranges: ranges.map((r) => ({ partition: r.partition, start: r.start, end: r.end ?? r.highWatermark })),
    problems: problems.map((p) => p.message),
  };
}

/**
 * Reads the records of a job from the given positions on. Only committed ones: an aborted record was never sent.
 * Throws what {@link readRanges} throws.
 */
export async function* sourceRecords(
  connection: KafkaConnection,
  topic: string,
  job: Pick<RedriveJob, 'source' | 'ranges'>,
  positions: Readonly<Record<number, number>>,
  decoder: ValueDecoder,
  signal: AbortSignal,
): AsyncGenerator<SourceStep> {
  const { source } = job;
  const filter = source.kind === 'range' ? await createFilter(source.read.filter, decoder) : null;
  const wanted =
    source.kind === 'records' ? new Map(source.places.map((p) => [p.partition, new Set(p.offsets)])) : undefined;
  const ranges: PartitionRange[] = job.ranges.map(({ partition, start, end }) => {
    const from = Math.max(start, positions[partition] ?? start);
    return { partition, start: Math.min(from, end), end, logStart: 0, highWatermark: end };
  });
  const options = { topic, ranges, isolation: 'read_committed' as const };
  for await (const event of readRanges(connection, options, signal)) {
    switch (event.kind) {
      case 'batch': {
        const records: RecordSpan[] = [];
        const { partition, next } = event;
        if (filter?.load) await filter.load(event);
        const { scanned, failed, broken } = scanBatch(event, filter, {
          match: (record) => {
            if (!wanted || wanted.get(partition)?.has(record.offset)) records.push(spanOf(record));
          },
        });
        if (broken) yield { kind: 'problem', partition, ...broken, fatal: false };
        yield { kind: 'records', partition, records, next, scanned, unjudged: failed };
        break;
      }
      case 'broken':
        yield {
          kind: 'problem',
          partition: event.partition,
          offset: event.offset,
          message: event.message,
          fatal: false,
        };
        break;
      case 'problem':
        yield event;
        break;
      case 'added':
      case 'passed':
      case 'connection':
        break;
    }
  }
}
