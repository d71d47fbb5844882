import type { CommittedOffsets } from '../kafka/read/resolveRanges.ts';
import { followsNew, resolveRanges } from '../kafka/read/resolveRanges.ts';
import { readRanges } from '../kafka/read/readRanges.ts';
import type { End, Isolation, Start } from '../kafka/read/position.ts';
import type { RegistryOptions } from '../kafka/values/registry.ts';
import { ValueDecoder } from '../kafka/values/valueDecoder.ts';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import { both, createFilter, textFilter, type RecordFilter } from './filter.ts';
import type { ShownRecords } from './shownRecord.ts';
import { autoLineOf, lineOrReason, shownLineOf, type Encoding, type RecordLine } from './recordLine.ts';
import { scanBatch } from './scanBatch.ts';

export interface TailRequest {
  topic: string;
  from: Start;
  /** Exclusive. */
  to: End;
  /** Absent or empty: all. */
  partitions?: readonly number[];
  /** Stop after so many matches. */
  max?: number;
  isolation: Isolation;
  /** CEL. */
  filter?: string;
  /** A text in key, value or headers. */
  grep?: string;
  /** Another filter, ready made: the third of those that all have to match. */
  recordFilter?: RecordFilter | null;
  encoding: Encoding;
  /** Reads key and value instead, as a page shows them. */
  shown?: ShownRecords;
  /** Its schemas decode what the filter judges, and what encoding `auto` prints. */
  registry?: RegistryOptions | undefined;
  committed: CommittedOffsets;
  /** Told of each record on which the filter fails: it is no line. */
  onUnjudged?: (partition: number, offset: number, error: unknown) => void;
  /** Told "reconnecting to broker 2", and null when all is well again. */
  onConnection?: (state: string | null) => void;
}

/** A record, a batch or a partition that cannot be read as asked. */
export interface TailProblem {
  topic: string;
  partition: number | null;
  offset: number | null;
  error: string;
}

export type TailLine = RecordLine | TailProblem;

/**
 * Reads a topic as the command prints it: per partition in offset order, partitions as they come. Ends when every
 * partition has reached its end or after `max` matches; without an end it follows until the signal, which ends it quietly.
 * Throws {@link FilterError} for a filter that is not well formed, KafkaError when the topic cannot be read at all.
 */
export async function* tail(
  connection: KafkaConnection,
  request: TailRequest,
  signal: AbortSignal,
): AsyncGenerator<TailLine> {
  const { topic, encoding } = request;
  const known = new ValueDecoder(request.registry);
  const filter = await tailFilter(request, known);
  const decoder = encoding === 'auto' ? known : undefined;
  const asked = rangesOf(request);
  const { ranges, problems, log } = await resolveRanges(connection, topic, asked, signal);
  for (const { partition, message } of problems) yield { topic, partition, offset: null, error: message };
  let left = request.max ?? Infinity;
  const options = { topic, log, ranges, isolation: request.isolation, newPartitions: followsNew(asked) };
  for await (const event of readRanges(connection, options, signal)) {
    switch (event.kind) {
      case 'batch': {
        const lines: (TailLine | Promise<TailLine>)[] = [];
        const { partition, batch } = event;
        if (filter?.load) await filter.load(event);
        const { broken } = scanBatch(event, filter, {
          match(record) {
            lines.push(
              request.shown
                ? shownLineOf(topic, partition, batch.timestampType, record, request.shown)
                : decoder
                  ? autoLineOf(topic, partition, batch.timestampType, record, decoder)
                  : lineOrReason(topic, partition, batch.timestampType, record, encoding),
            );
            return --left > 0;
          },
          failed: ({ offset }, error) => request.onUnjudged?.(partition, offset, error),
        });
        for (const line of lines) yield line instanceof Promise ? await line : line;
        if (broken) yield { topic, partition, offset: broken.offset, error: broken.message };
        if (left <= 0) return;
        break;
      }
      case 'broken':
        yield { topic, partition: event.partition, offset: event.offset, error: event.message };
        break;
      case 'problem':
        yield { topic, partition: event.partition, offset: event.offset, error: event.message };
        break;
      case 'connection':
        request.onConnection?.(event.message);
        break;
      case 'passed':
      case 'added':
        break;
    }
  }
}

/** The request's filter: `filter` and `grep` both have to match. Throws {@link FilterError}. */
export async function tailFilter(request: TailRequest, decoder: ValueDecoder) {
  const cel = await createFilter(
    request.filter === undefined ? null : { language: 'cel', text: request.filter },
    decoder,
  );
  const text = request.grep === undefined || request.grep === '' ? null : textFilter(request.grep);
  return both(both(text, cel), request.recordFilter ?? null);
}

/** What has to be resolved before the first fetch. */
export function rangesOf({ from, to, partitions, isolation, committed }: TailRequest) {
  return { start: from, end: to, isolation, committed, ...(partitions ? { partitions } : {}) };
}
