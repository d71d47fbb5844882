import type { CommittedOffsets } from '../kafka/read/resolveRanges.ts';
import { resolveRanges } from '../kafka/read/resolveRanges.ts';
import { readRanges } from '../kafka/read/readRanges.ts';
import type { End, Isolation, Start } from '../kafka/read/position.ts';
import { headersOf, keyOf, valueOf, type RecordSpan } from '../kafka/records/record.ts';
import { isJson } from '../kafka/values/json.ts';
import { looksLikeText, utf8 } from '../kafka/values/text.ts';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import { both, createFilter, textFilter } from './filter.ts';
import { scanBatch } from './scanBatch.ts';

export type Encoding = 'utf8' | 'base64' | 'auto';

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
  encoding: Encoding;
  committed: CommittedOffsets;
  /** Told "reconnecting to broker 2", and null when all is well again. */
  onConnection?: (state: string | null) => void;
}

/** Text, or the bytes where they are not text. */
export type Encoded = string | null | { base64: string };

export interface TailRecord {
  topic: string;
  partition: number;
  offset: number;
  /** ms since the epoch. */
  timestamp: number;
  timestampType: 'create' | 'append';
  key: Encoded;
  value: Encoded;
  headers: [name: string, value: Encoded][];
  /** Of the value, with encoding `auto`. */
  format?: string;
}

/** A record, a batch or a partition that cannot be read as asked. */
export interface TailProblem {
  topic: string;
  partition: number | null;
  offset: number | null;
  error: string;
}

export type TailLine = TailRecord | TailProblem;

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
  const filter = await tailFilter(request);
  const { ranges, problems } = await resolveRanges(connection, topic, rangesOf(request), signal);
  for (const { partition, message } of problems) yield { topic, partition, offset: null, error: message };
  let left = request.max ?? Infinity;
  for await (const event of readRanges(connection, { topic, ranges, isolation: request.isolation }, signal)) {
    switch (event.kind) {
      case 'batch': {
        const lines: TailLine[] = [];
        const { partition, batch } = event;
        const { broken } = scanBatch(event, filter, {
          match(record) {
            lines.push(lineOf(topic, partition, batch.timestampType, record, encoding));
            return --left > 0;
          },
        });
        yield* lines;
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
        break;
    }
  }
}

/** The request's filter: `filter` and `grep` both have to match. Throws {@link FilterError}. */
export async function tailFilter(request: TailRequest) {
  const cel = await createFilter(request.filter === undefined ? null : { language: 'cel', text: request.filter });
  return both(request.grep === undefined || request.grep === '' ? null : textFilter(request.grep), cel);
}

/** What has to be resolved before the first fetch. */
export function rangesOf({ from, to, partitions, isolation, committed }: TailRequest) {
  return { start: from, end: to, isolation, committed, ...(partitions ? { partitions } : {}) };
}

function lineOf(
  topic: string,
  partition: number,
  timestampType: 'create' | 'append',
  record: RecordSpan,
  encoding: Encoding,
): TailRecord {
  const value = valueOf(record);
  const line: TailRecord = {
    topic,
    partition,
    offset: record.offset,
    timestamp: record.timestamp,
    timestampType,
    key: encode(keyOf(record), encoding),
    value: encode(value, encoding),
    headers: headersOf(record).map(([name, v]) => [name, encode(v, encoding)]),
  };
  if (encoding === 'auto') line.format = formatOf(value);
  return line;
}

function encode(bytes: Buffer | null, encoding: Encoding): Encoded {
  if (bytes === null) return null;
  if (encoding === 'base64') return bytes.toString('base64');
  return utf8(bytes) ?? { base64: bytes.toString('base64') };
}

function formatOf(value: Buffer | null): string {
  if (value === null) return 'null';
  const text = utf8(value);
  if (text === undefined || !looksLikeText(value)) return 'binary';
  return isJson(text) ? 'json' : 'text';
}
