import * as l10n from '@vscode/l10n';
import { MAX_TIMESTAMP } from '../protocol/listOffsets.ts';
import { KafkaError } from '../transport/kafkaError.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import type { End, PartitionRange, Start } from './position.ts';
import { type CommittedOffsets, resolveRanges } from './resolveRanges.ts';
import { TopicLog } from './topicLog.ts';

export interface TimelineRequest {
  topic: string;
  /** How many spans of equal length. */
  buckets: number;
  /** Default: the first record. */
  from?: Start;
  /** Default: the last record. */
  to?: End;
  partitions?: readonly number[];
  committed?: CommittedOffsets;
}

export interface Timeline {
  /** ms; of the first bucket's start and the last one's end (exclusive). Both 0 when nothing is in the range. */
  from: number;
  to: number;
  /** `count`: offsets, hence an upper bound where compaction or transactions took some. */
  buckets: { start: number; end: number; count: number }[];
  partitions: number[];
  /** Their first offsets in the range, and where their logs begin and end. */
  starts: number[];
  logStarts: number[];
  highWatermarks: number[];
  /** The same counts per partition, in the order of `partitions`. */
  perPartition: number[][];
  problems: string[];
}

/** Requests under way at once; the broker answers one at a time per connection anyway. */
const PIPELINED = 16;

/**
 * How many messages a topic got when, without reading one: ListOffsets gives each partition's first offset at or after
 * every boundary, one request per boundary and leader (a partition twice in one request is error 42). Where timestamps do
 * not rise with offsets this counts the distance between the first messages at or after each boundary. Counts are never
 * negative and add up to the offsets in the range.
 */
export async function timeline(
  connection: KafkaConnection,
  request: TimelineRequest,
  signal: AbortSignal,
): Promise<Timeline> {
  const { topic, from = { kind: 'earliest' }, to = { kind: 'end' }, partitions } = request;
  const committed = request.committed ?? (() => Promise.resolve(new Map<number, number | null>()));
  const range = { start: from, end: to.kind === 'forever' ? ({ kind: 'end' } as const) : to, committed };
  const resolved = await resolveRanges(
    connection,
    topic,
    { ...range, isolation: 'read_uncommitted', ...(partitions ? { partitions } : {}) },
    signal,
  );
  const log = new TopicLog(connection, topic);
  if ((await log.refresh(signal)) === 'deleted')
    throw new KafkaError('kafka', l10n.t('The topic {0} does not exist.', topic), { code: 3 });
  const problems = resolved.problems.map((p) => p.message);
  const { ranges } = resolved;
  const of = {
    partitions: ranges.map((r) => r.partition),
    starts: ranges.map((r) => r.start),
    logStarts: ranges.map((r) => r.logStart),
    highWatermarks: ranges.map((r) => r.highWatermark),
    problems,
  };
  const whole = await timeSpan(log, ranges, from, to, problems, signal);
  if (whole === undefined) return { from: 0, to: 0, buckets: [], ...of, perPartition: ranges.map(() => []) };
  for (let span = whole; ;) {
    const { boundaries, perPartition } = await countIn(span, request.buckets, log, ranges, problems, signal);
    const buckets = boundaries.slice(1).map((end, i) => ({
      start: boundaries[i]!,
      end,
      count: perPartition.reduce((sum, counts) => sum + counts[i]!, 0),
    }));
    const filled = filledSpan(buckets);
    const inner: Span = {
      from: from.kind === 'time' ? span.from : (filled?.from ?? span.from),
      to: to.kind === 'time' ? span.to : (filled?.to ?? span.to),
    };
    if (inner.from === span.from && inner.to === span.to) return { ...span, buckets, ...of, perPartition };
    // A range of offsets is only a part of the log, whose time nobody tells but its buckets.
    span = inner;
  }
}

interface Span {
  from: number;
  to: number;
}

/** From the first bucket with a message to the last one; undefined: all are empty. */
function filledSpan(buckets: Timeline['buckets']): Span | undefined {
  const first = buckets.find((bucket) => bucket.count > 0);
  const last = buckets.findLast((bucket) => bucket.count > 0);
  return first && last && { from: first.start, to: last.end };
}

/** The ranges' offsets by time, per partition and bucket; boundaries are one more than buckets. */
async function countIn(
  span: Span,
  most: number,
  log: TopicLog,
  ranges: readonly PartitionRange[],
  problems: string[],
  signal: AbortSignal,
): Promise<{ boundaries: number[]; perPartition: number[][] }> {
  const buckets = Math.max(1, Math.min(most, Math.floor(span.to - span.from)));
  const boundaries = Array.from(
    { length: buckets + 1 },
    (_, i) => span.from + Math.round(((span.to - span.from) * i) / buckets),
  );
  const edges = await offsetsAt(log, ranges, boundaries.slice(1, -1), problems, signal);
  const perPartition = ranges.map((r, p) => {
    // Positions rise from the range's start to its end: timestamps out of order may not make a count negative.
    const positions = [r.start];
    for (const offsets of edges) positions.push(clamp(offsets[p] ?? r.end!, positions.at(-1)!, r.end!));
    positions.push(r.end!);
    return positions.slice(1).map((end, i) => end - positions[i]!);
  });
  return { boundaries, perPartition };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * From the first to the last record of the partitions that have something in their range, or what the request says in
 * times. Undefined: nothing is in the ranges, or nothing that has a time.
 */
async function timeSpan(
  log: TopicLog,
  ranges: readonly PartitionRange[],
  from: Start,
  to: End,
  problems: string[],
  signal: AbortSignal,
): Promise<Span | undefined> {
  if (from.kind === 'time' && to.kind === 'time')
    return { from: from.timestamp, to: Math.max(to.timestamp, after(from.timestamp)) };
  const filled = ranges.filter((r) => r.end !== null && r.end > r.start);
  if (filled.length === 0) return undefined;
  const at = (timestamp: number) => filled.map(({ partition }) => ({ partition, timestamp }));
  const [first, newest] = await Promise.all([log.offsets(at(0), 0, signal), log.offsets(at(MAX_TIMESTAMP), 0, signal)]);
  const times = (answers: typeof first): number[] =>
    [...answers.values()].filter((a) => a.offset !== undefined && a.timestamp >= 0).map((a) => a.timestamp);
  for (const answer of new Set([...first.values(), ...newest.values()].map((a) => a.error)))
    if (answer !== undefined) problems.push(answer);
  const firstTimes = times(first);
  const newestTimes = times(newest);
  if (firstTimes.length === 0 && newestTimes.length === 0 && problems.length === 0)
    problems.push(l10n.t('The messages carry no time, hence no place on a timeline.'));
  const begin = from.kind === 'time' ? from.timestamp : before(Math.min(...firstTimes));
  const end = to.kind === 'time' ? to.timestamp : after(Math.max(...newestTimes, ...firstTimes));
  if (!Number.isFinite(begin) || !Number.isFinite(end)) return undefined;
  return { from: begin, to: Math.max(end, after(begin)) };
}

/** Beyond 2^53 (producers may write nanoseconds) a number stands for several times: a span has to hold them all. */
const before = (ms: number): number => (Number.isSafeInteger(ms) ? ms : ms * (1 - Number.EPSILON));
const after = (ms: number): number => Math.min(2 ** 63 - 1024, Math.max(ms + 1, ms * (1 + Number.EPSILON)));

/** Per boundary, each partition's first offset at or after it; undefined where there is none. */
async function offsetsAt(
  log: TopicLog,
  ranges: readonly PartitionRange[],
  boundaries: readonly number[],
  problems: string[],
  signal: AbortSignal,
): Promise<(number | undefined)[][]> {
  const edges: (number | undefined)[][] = [];
  for (let done = 0; done < boundaries.length; done += PIPELINED) {
    const some = boundaries.slice(done, done + PIPELINED);
    const answers = await Promise.all(
      some.map((timestamp) =>
        log.offsets(
          ranges.map(({ partition }) => ({ partition, timestamp })),
          0,
          signal,
        ),
      ),
    );
    for (const answer of answers) {
      edges.push(ranges.map(({ partition }) => answer.get(partition)?.offset));
      for (const { error } of answer.values())
        if (error !== undefined && !problems.includes(error)) problems.push(error);
    }
  }
  return edges;
}
