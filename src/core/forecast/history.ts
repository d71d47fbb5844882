import type { CallOptions, ClusterClient } from '../kafka/clusterClient.ts';
import { writtenSince, type TimePoint } from '../kafka/read/timePoint.ts';
import type { DowntimeFacts, PartitionDowntime } from './downtime.ts';
import type { TopicFacts } from './facts.ts';

/** The part of a cluster that knows what was and how long it is kept. */
export type HistoryCluster = Pick<ClusterClient, 'timePoints' | 'topicSettings' | 'brokerSettings' | 'logDirectories'>;

/** When the messages of a topic were written, how fast they come, and how long Kafka keeps them. */
export interface TopicHistory {
  /** ms since the epoch: when it was asked. */
  at: number;
  /** Partition -> some of its messages with their times; absent: empty, or not known. */
  times: ReadonlyMap<number, readonly TimePoint[]>;
  /** Partition -> bytes of its log; absent: not asked (nothing limits it), or not known. */
  bytes: ReadonlyMap<number, number>;
  limits: Pick<DowntimeFacts, 'cleanupPolicy' | 'retentionMs' | 'retentionBytes' | 'offsetsRetentionMinutes'>;
  /** Sentences: what could not be read. */
  problems: string[];
}

const HOUR = 3_600_000;

/** ms for which ages and rates are good enough: a page or a window may stay open for days. */
export const HISTORY_LASTS = 10 * 60_000;

/**
 * Asks about topics whose ends are known. An extra: what the cluster refuses is null and a sentence, never an exception
 * (except that the signal stopped it). Requests: a fixed number per broker, and one per topic for its settings.
 * @param near an offset of interest for each partition: its time is asked more exactly
 */
export async function gatherHistory(
  cluster: HistoryCluster,
  topics: ReadonlyMap<string, TopicFacts>,
  near: (topic: string, partition: number) => number | null,
  options: CallOptions = {},
): Promise<Map<string, TopicHistory>> {
  const now = Date.now();
  const problems: string[] = [];
  const orTell = async <T>(question: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await question;
    } catch (error) {
      options.signal?.throwIfAborted();
      problems.push((error as Error).message);
      return otherwise;
    }
  };
  const logs = [...topics].map(([name, { partitions }]) => ({ name, internal: false, partitions: [...partitions] }));
  const leaders = [...new Set(logs.flatMap((log) => log.partitions.flatMap((p) => p.leader ?? [])))];
  const [times, broker, ...settings] = await Promise.all([
    orTell(cluster.timePoints(logs, near, now, options), new Map<string, Map<number, TimePoint[]>>()),
    leaders[0] === undefined ? [] : orTell(cluster.brokerSettings(leaders[0], options), []),
    ...logs.map((log) => orTell(cluster.topicSettings(log.name, options), [])),
  ]);
  const value = (of: readonly { name: string; value: string | null }[] | undefined, name: string) =>
    of?.find((setting) => setting.name === name)?.value ?? null;
  const number = (text: string | null) => (text === null || !/^-?\d+$/.test(text) ? null : Number(text));
  const limited = settings.some((of) => (number(value(of, 'retention.bytes')) ?? -1) >= 0);
  const directories = limited
    ? (await Promise.all(leaders.map((id) => orTell(cluster.logDirectories(id, options), [])))).flat()
    : [];
  return new Map(
    logs.map((log, i): [string, TopicHistory] => [
      log.name,
      {
        at: now,
        times: times.get(log.name) ?? new Map<number, TimePoint[]>(),
        bytes: new Map(
          directories.flatMap((d) =>
            d.partitions.flatMap((p) => (p.topic === log.name ? [[p.partition, p.bytes]] : [])),
          ),
        ),
        limits: {
          cleanupPolicy: value(settings[i], 'cleanup.policy'),
          retentionMs: number(value(settings[i], 'retention.ms')),
          retentionBytes: number(value(settings[i], 'retention.bytes')),
          offsetsRetentionMinutes: number(value(broker, 'offsets.retention.minutes')),
        },
        problems: [...new Set(problems)],
      },
    ]),
  );
}

/** The size of an offset in the log, and how many come in a second: the faster of the last hour and the last day. */
export function pace(
  history: TopicHistory,
  { partition, logStart, highWatermark }: { partition: number; logStart: number | null; highWatermark: number | null },
): Pick<PartitionDowntime, 'bytesPerOffset' | 'perSecond'> {
  if (logStart === null || highWatermark === null) return { bytesPerOffset: null, perSecond: null };
  if (highWatermark === logStart) return { bytesPerOffset: null, perSecond: 0 };
  const bytes = history.bytes.get(partition);
  const points = history.times.get(partition);
  const first = points?.[0];
  const rate = (span: number): number => {
    // A log younger than the span: what it has came in its own time, but a minute at least.
    const within = Math.min(span, Math.max(60_000, history.at - (first?.timestamp ?? 0)));
    return writtenSince(points ?? [], history.at - within, highWatermark) / (within / 1000);
  };
  return {
    bytesPerOffset: bytes === undefined ? null : bytes / (highWatermark - logStart),
    perSecond: first === undefined ? null : Math.max(rate(HOUR), rate(24 * HOUR)),
  };
}
