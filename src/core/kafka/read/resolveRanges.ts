import * as l10n from '@vscode/l10n';
import { EARLIEST, LATEST } from '../protocol/listOffsets.ts';
import { KafkaError } from '../transport/kafkaError.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { newestRecords } from './newestRecords.ts';
import type { End, Isolation, PartitionRange, ResolvedRanges, Start } from './position.ts';
import { TopicLog } from './topicLog.ts';

/** Where a group stands on a topic: partition -> committed offset; null or absent where it never committed. */
export type CommittedOffsets = (
  group: string,
  topic: string,
  signal: AbortSignal,
) => Promise<ReadonlyMap<number, number | null>>;

export interface RangeRequest {
  start: Start;
  end: End;
  /** Absent or empty: all. */
  partitions?: readonly number[];
  isolation: Isolation;
  committed: CommittedOffsets;
}

/** Whether partitions that the topic gets later belong to the reading too: it has no end, and nobody chose partitions. */
export const followsNew = ({ start, end, partitions }: Pick<RangeRequest, 'start' | 'end' | 'partitions'>): boolean =>
  end.kind === 'forever' && start.kind !== 'offsets' && !partitions?.length;

interface Bounds {
  partition: number;
  logStart: number;
  highWatermark: number;
  /** Where reading can end now: the high watermark, or the last stable offset when only committed records are read. */
  end: number;
}

/**
 * Turns a start and an end into explicit offsets per partition, before the first record is fetched. An end never lies
 * beyond what the log holds now. A start that the log does not hold is a problem that says what is read instead.
 * Throws {@link KafkaError} kind `kafka` when the topic does not exist or may not be described.
 */
export async function resolveRanges(
  connection: KafkaConnection,
  topic: string,
  request: RangeRequest,
  signal: AbortSignal,
): Promise<ResolvedRanges> {
  const log = new TopicLog(connection, topic);
  if ((await log.refresh(signal)) === 'deleted')
    throw new KafkaError('kafka', l10n.t('The topic {0} does not exist.', topic), { code: 3 });
  const problems: ResolvedRanges['problems'] = [];
  const bounds = await boundsOf(log, topic, request, problems, signal);
  const starts = await startsOf(connection, log, topic, request, bounds, problems, signal);
  const ends = await endsOf(log, request.end, bounds, problems, signal);
  const ranges: PartitionRange[] = [];
  for (const { partition, logStart, highWatermark } of bounds) {
    const start = starts.get(partition);
    const end = ends.get(partition);
    if (start === undefined || end === undefined) continue;
    ranges.push({ partition, start, end: end === null ? null : Math.max(start, end), logStart, highWatermark });
  }
  return { ranges, problems, log };
}

async function boundsOf(
  log: TopicLog,
  topic: string,
  { partitions, isolation, start }: RangeRequest,
  problems: ResolvedRanges['problems'],
  signal: AbortSignal,
): Promise<Bounds[]> {
  const known = log.partitions();
  let wanted = partitions?.length ? [...new Set(partitions)].sort((a, b) => a - b) : known;
  if (start.kind === 'offsets') {
    // Of all of them those without an offset are left out on purpose; chosen, they are not.
    for (const partition of partitions?.length ? wanted : [])
      if (start.offsets[partition] === undefined && known.includes(partition))
        problems.push({
          partition,
          message: l10n.t('No offset is given for P{0} to start at: nothing of it is read.', partition),
        });
    wanted = wanted.filter((p) => start.offsets[p] !== undefined);
  }
  const named = new Set([...wanted, ...(start.kind === 'offsets' ? Object.keys(start.offsets).map(Number) : [])]);
  for (const partition of named)
    if (!known.includes(partition))
      problems.push({
        partition,
        message: l10n.t('{0} has no partition {1}: it has {2}.', topic, partition, known.length),
      });
  const asked = wanted.filter((p) => known.includes(p));
  const ask = (timestamp: number, level: 0 | 1) =>
    log.offsets(
      asked.map((partition) => ({ partition, timestamp })),
      level,
      signal,
    );
  const [starts, ends, stable] = await Promise.all([
    ask(EARLIEST, 0),
    ask(LATEST, 0),
    isolation === 'read_committed' ? ask(LATEST, 1) : undefined,
  ]);
  const bounds: Bounds[] = [];
  for (const partition of asked) {
    const logStart = starts.get(partition);
    const highWatermark = ends.get(partition);
    const end = (stable ?? ends).get(partition);
    if (logStart?.offset === undefined || highWatermark?.offset === undefined || end?.offset === undefined) {
      const message = logStart?.error ?? highWatermark?.error ?? end?.error;
      problems.push({
        partition,
        message: message ?? l10n.t('The broker of P{0} does not say where its log begins.', partition),
      });
    } else bounds.push({ partition, logStart: logStart.offset, highWatermark: highWatermark.offset, end: end.offset });
  }
  return bounds;
}

async function startsOf(
  connection: KafkaConnection,
  log: TopicLog,
  topic: string,
  { start, isolation, committed }: RangeRequest,
  bounds: Bounds[],
  problems: ResolvedRanges['problems'],
  signal: AbortSignal,
): Promise<Map<number, number>> {
  const starts = new Map<number, number>();
  switch (start.kind) {
    case 'earliest':
      for (const b of bounds) starts.set(b.partition, b.logStart);
      return starts;
    case 'latest':
      for (const b of bounds) starts.set(b.partition, b.end);
      return starts;
    case 'last':
      return newestRecords(connection, { topic, log, bounds, count: start.count, isolation }, signal);
    case 'offset':
      for (const b of bounds) starts.set(b.partition, within(b, start.offset, problems));
      return starts;
    case 'offsets':
      for (const b of bounds) starts.set(b.partition, within(b, start.offsets[b.partition]!, problems));
      return starts;
    case 'time':
      return await offsetsAt(log, start.timestamp, bounds, problems, signal);
    case 'group': {
      const offsets = await committed(start.group, topic, signal);
      for (const b of bounds) {
        const offset = offsets.get(b.partition) ?? null;
        if (offset === null)
          problems.push({
            partition: b.partition,
            message: l10n.t('{0} never committed P{1}: nothing of it is read.', start.group, b.partition),
          });
        else starts.set(b.partition, within(b, offset, problems));
      }
      return starts;
    }
  }
}

/** The offset, or the nearest one the log has, with a problem that says so. */
function within(
  { partition, logStart, highWatermark }: Bounds,
  offset: number,
  problems: ResolvedRanges['problems'],
): number {
  if (offset < logStart) {
    problems.push({
      partition,
      message: l10n.t('Offset {0} is gone: P{1} starts at {2} and is read from there.', offset, partition, logStart),
      moved: true,
    });
    return logStart;
  }
  if (offset > highWatermark) {
    problems.push({
      partition,
      message: l10n.t(
        'Offset {0} does not exist yet: P{1} ends at {2} and is read from there.',
        offset,
        partition,
        highWatermark,
      ),
      moved: true,
    });
    return highWatermark;
  }
  return offset;
}

async function endsOf(
  log: TopicLog,
  end: End,
  bounds: Bounds[],
  problems: ResolvedRanges['problems'],
  signal: AbortSignal,
): Promise<Map<number, number | null>> {
  switch (end.kind) {
    case 'forever':
      return new Map(bounds.map((b) => [b.partition, null]));
    case 'end':
      return new Map(bounds.map((b) => [b.partition, b.end]));
    case 'offset':
      return new Map(bounds.map((b) => [b.partition, Math.min(end.offset, b.end)]));
    case 'time':
      return await offsetsAt(log, end.timestamp, bounds, problems, signal);
  }
}

/** First record at or after the time, or the end where there is none (ListOffsets answers -1 then). */
async function offsetsAt(
  log: TopicLog,
  timestamp: number,
  bounds: Bounds[],
  problems: ResolvedRanges['problems'],
  signal: AbortSignal,
): Promise<Map<number, number>> {
  const asked = bounds.map(({ partition }) => ({ partition, timestamp: Math.max(0, timestamp) }));
  const answers = await log.offsets(asked, 0, signal);
  const offsets = new Map<number, number>();
  for (const { partition, end } of bounds) {
    const answer = answers.get(partition);
    if (answer?.error !== undefined) problems.push({ partition, message: answer.error });
    else offsets.set(partition, Math.min(answer?.offset ?? end, end));
  }
  return offsets;
}
