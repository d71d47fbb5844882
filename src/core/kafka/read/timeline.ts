import * as l10n from '@vscode/l10n';
import type { KafkaConnection } from '../transport/connection.ts';
import { newestTime } from './newestTime.ts';
import type { End, PartitionRange, Start } from './position.ts';
import { type Positions, positionsAt } from './positionsAt.ts';
import { type CommittedOffsets, resolveRanges } from './resolveRanges.ts';
import type { TopicLog } from './topicLog.ts';

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
  /** Into partitions' logs: a topic for whose buckets they do not reach is told in fewer. Default: as many as it takes. */
  mostLooks?: number;
}

export interface Timeline {
  /** ms; of the first bucket's start and the last one's end (exclusive). Both 0 when nothing is in the range. */
  from: number;
  to: number;
  /** `count`: offsets, hence an upper bound where compaction or transactions took some. */
  buckets: { start: number; end: number; count: number }[];
  /** The buckets are fewer than they could be. */
  coarse: boolean;
  partitions: number[];
  /** Their first offsets in the range, and where their logs begin and end. */
  starts: number[];
  logStarts: number[];
  highWatermarks: number[];
  /** The same counts per partition, in the order of `partitions`. */
  perPartition: number[][];
  problems: string[];
}

/**
 * How many messages a topic got when, without reading one: ListOffsets gives each partition's first offset at or after
 * every boundary ({@link positionsAt}). Where timestamps do not rise with offsets this counts the distance between the
 * first messages at or after each boundary. Counts are never negative and add up to the offsets in the range.
 * `onPart` is told the same with fewer and longer spans, as soon as they are known.
 */
export async function timeline(
  connection: KafkaConnection,
  request: TimelineRequest,
  signal: AbortSignal,
  onPart?: (coarse: Timeline) => void,
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
  const problems = new Set(resolved.problems.map((p) => p.message));
  const { ranges, log } = resolved;
  const of = {
    partitions: ranges.map((r) => r.partition),
    starts: ranges.map((r) => r.start),
    logStarts: ranges.map((r) => r.logStart),
    highWatermarks: ranges.map((r) => r.highWatermark),
  };
  const whole = await timeSpan(log, ranges, from, to, problems, signal);
  if (whole === undefined)
    return {
      from: 0,
      to: 0,
      buckets: [],
      coarse: false,
      ...of,
      problems: [...problems],
      perPartition: ranges.map(() => []),
    };
  for (let span = whole; ;) {
    const { from: begin, to: end } = span;
    const between = boundaries(span, request.buckets);
    const drawn = ({ times, positions }: Positions): Timeline => {
      const edges = [begin, ...times, end];
      const perPartition = positions.map((at) => at.slice(1).map((next, i) => next - at[i]!));
      const buckets = edges.slice(1).map((edge, i) => ({
        start: edges[i]!,
        end: edge,
        count: perPartition.reduce((sum, counts) => sum + counts[i]!, 0),
      }));
      const coarse = times.length < between.length;
      return { ...span, buckets, coarse, ...of, problems: [...problems], perPartition };
    };
    const found = await positionsAt(log, ranges, between, {
      problems,
      signal,
      ...(request.mostLooks === undefined ? {} : { mostLooks: request.mostLooks }),
      onRound: (part) => onPart?.(drawn(part)),
    });
    const result = drawn(found);
    const filled = filledSpan(result.buckets);
    const inner: Span = {
      from: from.kind === 'time' ? span.from : (filled?.from ?? span.from),
      to: to.kind === 'time' ? span.to : (filled?.to ?? span.to),
    };
    if (inner.from === span.from && inner.to === span.to) return result;
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

/** The times between equal spans, in ms. */
function boundaries({ from, to }: Span, most: number): number[] {
  const buckets = Math.max(1, Math.min(most, Math.floor(to - from)));
  return Array.from({ length: buckets - 1 }, (_, i) => from + Math.round(((to - from) * (i + 1)) / buckets));
}

/**
 * From the first to the last record of the partitions that have something in their range, or what the request says in
 * times. Undefined: nothing is in the ranges, or nothing that has a time.
 */
async function timeSpan(
  log: TopicLog,
  ranges: readonly PartitionRange[],
  from: Start,
  to: End,
  problems: Set<string>,
  signal: AbortSignal,
): Promise<Span | undefined> {
  if (from.kind === 'time' && to.kind === 'time')
    return { from: from.timestamp, to: Math.max(to.timestamp, after(from.timestamp)) };
  const filled = ranges.filter((r) => r.end !== null && r.end > r.start);
  if (filled.length === 0) return undefined;
  const partitions = filled.map((r) => r.partition);
  const beginnings = partitions.map((partition) => ({ partition, timestamp: 0 }));
  const [answers, newest] = await Promise.all([
    log.offsets(beginnings, 0, signal),
    newestTime(log, partitions, problems, signal),
  ]);
  for (const { error } of answers.values()) if (error !== undefined) problems.add(error);
  const firstTimes = [...answers.values()]
    .filter((a) => a.offset !== undefined && a.timestamp >= 0)
    .map((a) => a.timestamp);
  if (firstTimes.length === 0 && newest === undefined && problems.size === 0)
    problems.add(l10n.t('The messages carry no time, hence no place on a timeline.'));
  const begin = from.kind === 'time' ? from.timestamp : before(firstTimes.reduce((a, b) => Math.min(a, b), Infinity));
  const end =
    to.kind === 'time' ? to.timestamp : after(firstTimes.reduce((a, b) => Math.max(a, b), newest ?? -Infinity));
  if (!Number.isFinite(begin) || !Number.isFinite(end)) return undefined;
  return { from: begin, to: Math.max(end, after(begin)) };
}

/** Beyond 2^53 (producers may write nanoseconds) a number stands for several times: a span has to hold them all. */
const before = (ms: number): number => (Number.isSafeInteger(ms) ? ms : ms * (1 - Number.EPSILON));
const after = (ms: number): number => Math.min(2 ** 63 - 1024, Math.max(ms + 1, ms * (1 + Number.EPSILON)));
