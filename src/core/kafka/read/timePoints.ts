import { groupBy } from '../groupBy.ts';
import type { TimePoint } from './timePoint.ts';
import type { CallOptions, TopicWithOffsets } from '../clusterClient.ts';
import { listOffsetsMessage, MAX_TIMESTAMP } from '../protocol/listOffsets.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { KafkaError } from '../transport/kafkaError.ts';

/** topic -> partition -> some of its messages, ascending; a partition that could not be asked is absent. */
export type TimePoints = Map<string, Map<number, TimePoint[]>>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Dense where a minute matters, thin where a day does not. */
const AGES = [
  ...[1, 5, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 4, 8, 16].map((n) => n * HOUR),
  ...[1, 2, 4, 7, 14, 30, 60, 180, 365].map((n) => n * DAY),
];
/** Further looks between the two known messages around a position of interest. */
const STEPS = 6;

/**
 * When messages were written, without reading one: ListOffsets tells each partition's first message at or after a time.
 * Asked are the first and the newest message, round ages, and a few times around `near` (an offset of interest for each partition): so
 * many requests per leader, whatever the number of topics. A leader that does not answer costs its own partitions only.
 * Where timestamps do not rise with offsets, a point is still the first message that is not older.
 */
export async function timePoints(
  connection: KafkaConnection,
  topics: readonly TopicWithOffsets[],
  near: (topic: string, partition: number) => number | null,
  now: number,
  options: CallOptions = {},
): Promise<TimePoints> {
  const logs = topics.flatMap(({ name, partitions }) =>
    partitions.flatMap(({ partition, leader, logStart, highWatermark }) =>
      leader === null || logStart === null || highWatermark === null || logStart >= highWatermark
        ? []
        : [{ topic: name, partition, leader, near: near(name, partition), points: [] as TimePoint[] }],
    ),
  );
  // The newest one too; a broker that is too old to know it takes -3 for a time and names the first again.
  await Promise.all([0, MAX_TIMESTAMP].map((time) => ask(connection, logs, () => time, options)));
  for (const log of logs) arrange(log);
  const begun = logs.filter((log) => log.points.length > 0);
  const oldest = (log: Log) => log.points[0]?.timestamp ?? now;
  await Promise.all(
    AGES.map((age) =>
      ask(
        connection,
        begun.filter((log) => now - age > oldest(log)),
        () => now - age,
        options,
      ),
    ),
  );
  for (const log of begun) arrange(log);
  // Taken before the round: its own answers must not move what it asks about.
  const around = new Map(begun.map((log) => [log, span(log, now)]));
  await Promise.all(
    Array.from({ length: STEPS }, (_, i) =>
      ask(
        connection,
        begun.filter((log) => around.get(log) !== undefined),
        (log) => {
          const { from, to } = around.get(log) ?? { from: now, to: now };
          return Math.round(from + ((to - from) * (i + 1)) / (STEPS + 1));
        },
        options,
      ),
    ),
  );
  const found: TimePoints = new Map();
  for (const log of begun) {
    arrange(log);
    const partitions = found.get(log.topic) ?? new Map<number, TimePoint[]>();
    found.set(log.topic, partitions.set(log.partition, log.points));
  }
  return found;
}

interface Log {
  topic: string;
  partition: number;
  leader: number;
  near: number | null;
  points: TimePoint[];
}

/** By offset, each once. */
function arrange(log: Log): void {
  const byOffset = new Map(log.points.map((point) => [point.offset, point]));
  log.points = [...byOffset.values()].sort((a, b) => a.offset - b.offset);
}

/** The times between which the message of interest was written; undefined: none is of interest, or it is known. */
function span({ near, points }: Log, now: number): { from: number; to: number } | undefined {
  if (near === null || points.some((point) => point.offset === near)) return undefined;
  const before = points.findLast((point) => point.offset < near);
  const after = points.find((point) => point.offset > near);
  return before === undefined ? undefined : { from: before.timestamp, to: after?.timestamp ?? now };
}

/** One request to each leader of these partitions; a partition is in it once (twice is error 42). */
async function ask(
  connection: KafkaConnection,
  logs: readonly Log[],
  at: (log: Log) => number,
  options: CallOptions,
): Promise<void> {
  await Promise.all(
    [...groupBy(logs, (log) => log.leader)].map(async ([leader, asked]) => {
      const topics = [...groupBy(asked, (log) => log.topic)].map(([topic, partitions]) => ({
        topic,
        partitions: partitions.map((log) => ({ partition: log.partition, timestamp: at(log) })),
      }));
      const byName = new Map(asked.map((log) => [`${log.topic}/${log.partition}`, log]));
      try {
        const broker = await connection.broker(leader);
        const answer = await broker.request(listOffsetsMessage, { isolation: 0, topics }, options);
        for (const { topic, partitions } of answer.topics)
          for (const { partition, errorCode, offset, timestamp } of partitions)
            if (errorCode === 0 && offset >= 0 && timestamp >= 0)
              byName.get(`${topic}/${partition}`)?.points.push({ offset, timestamp });
      } catch (error) {
        options.signal?.throwIfAborted();
        // Times are an extra: without a leader's answer its partitions are shown without them.
        if (!(error instanceof KafkaError)) throw error;
      }
    }),
  );
}
