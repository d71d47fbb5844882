import * as l10n from '@vscode/l10n';
import type { InitialOffset } from '../dapr/delivery/initialOffset.ts';
import type { ForecastRule } from '../dapr/delivery/start.ts';

/** What decides how long a consumer may be away. Unknown settings are null. */
export interface DowntimeFacts {
  /** ms since the epoch. */
  now: number;
  /** `cleanup.policy`: without `delete` in it retention deletes nothing. */
  cleanupPolicy: string | null;
  /** `retention.ms` of the topic; -1 keeps for ever. */
  retentionMs: number | null;
  /** `retention.bytes` of the topic, per partition; -1: no limit. */
  retentionBytes: number | null;
  /** `offsets.retention.minutes` of the brokers. */
  offsetsRetentionMinutes: number | null;
  initialOffset: InitialOffset | null;
  /** Somebody reads in the group: Kafka forgets its commits so long after the last of them left. */
  running: boolean;
  partitions: readonly PartitionDowntime[];
}

export interface PartitionDowntime {
  partition: number;
  rule: ForecastRule | null;
  /** Where it would start; null: not known. */
  first: number | null;
  highWatermark: number | null;
  /** ms since the epoch: when the message at `first` was written; null: not known, or there is none yet. */
  writtenAt: number | null;
  /** Size of an offset in the log; null: not known. */
  bytesPerOffset: number | null;
  /** Production now, offsets per second. */
  perSecond: number | null;
}

export interface DowntimeBudget {
  /** ms; Infinity: for ever; null: not known. */
  ms: number | null;
  limitedBy: 'no-commit' | 'retention.ms' | 'retention.bytes' | 'offsets.retention.minutes' | 'nothing' | 'unknown';
  /** The partition that decides, where one does. */
  partition: number | null;
  sentence: string;
}

/** Less than this is worth a warning: an outage of a night. */
export const SMALL_BUDGET = 24 * 3_600_000;

/** Under newest these begin at the end, wherever that is then: what arrives meanwhile is never received. */
const AT_THE_END = new Set<ForecastRule | null>(['F-02', 'F-03', 'F-05a', 'F-06a', 'F-07', 'F-09', 'F-17']);

interface Limit {
  by: 'retention.ms' | 'retention.bytes' | 'offsets.retention.minutes';
  /** null: not known. */
  ms: number | null;
  partition: number | null;
}

/** How long the consumer may be away from now on before it misses a message of this topic: the shortest of what limits it. */
export function downtimeBudget(facts: DowntimeFacts): DowntimeBudget {
  const { partitions, initialOffset } = facts;
  const exposed = initialOffset === 'oldest' ? [] : partitions.filter((p) => AT_THE_END.has(p.rule));
  if (exposed.length > 0)
    return {
      ms: 0,
      limitedBy: 'no-commit',
      partition: exposed[0]?.partition ?? null,
      sentence: l10n.t(
        'The app may not be away at all: no commit to resume at on {0}, and with newest what arrives meanwhile is never received.',
        exposed.map((p) => `P${p.partition}`).join(', '),
      ),
    };
  const limits: Limit[] = [
    ...partitions.flatMap((p) => [byAge(facts, p), bySize(facts, p)]),
    { by: 'offsets.retention.minutes', ms: commitsKept(facts), partition: null },
  ];
  const known = limits.filter((limit): limit is Limit & { ms: number } => limit.ms !== null);
  const shortest = known.reduce<(Limit & { ms: number }) | undefined>(
    (best, limit) => (best === undefined || limit.ms < best.ms ? limit : best),
    undefined,
  );
  const complete = known.length === limits.length && partitions.length > 0;
  if (shortest === undefined || (shortest.ms === Infinity && !complete))
    return {
      ms: null,
      limitedBy: 'unknown',
      partition: null,
      sentence: l10n.t('How long the app may be away is not known: what limits it could not be read.'),
    };
  if (shortest.ms === Infinity)
    return {
      ms: Infinity,
      limitedBy: 'nothing',
      partition: null,
      sentence: compactOnly(facts)
        ? l10n.t(
            'The app may be away as long as you like: of each key Kafka keeps the latest message (cleanup.policy=compact).',
          )
        : l10n.t('The app may be away as long as you like: at the present rate Kafka deletes nothing.'),
    };
  const { ms, by, partition } = shortest;
  return { ms, limitedBy: by, partition, sentence: sentenceOf(facts, shortest, complete) };
}

function sentenceOf(facts: DowntimeFacts, { ms, by, partition }: Limit & { ms: number }, complete: boolean): string {
  const reason = partition === null ? by : `${by}, P${partition}`;
  if (ms === 0)
    return l10n.t(
      'The app may not be away any longer: what waits on P{0} may be deleted at any moment ({1}).',
      partition ?? 0,
      by,
    );
  const length = lengthText(ms);
  if (by === 'offsets.retention.minutes' && !facts.running)
    return l10n.t(
      'The app may be away for at most {0}, counted from when the last member left: Kafka then forgets the commits (offsets.retention.minutes) and newest skips what arrived.',
      length,
    );
  return complete
    ? l10n.t('The app may be away for {0} ({1}).', length, reason)
    : l10n.t('The app may be away for at most {0} ({1}); what else limits it could not be read.', length, reason);
}

const compactOnly = ({ cleanupPolicy }: DowntimeFacts): boolean =>
  cleanupPolicy !== null && !cleanupPolicy.split(',').some((policy) => policy.trim() === 'delete');

const waiting = ({ first, highWatermark }: PartitionDowntime): number | null =>
  first === null || highWatermark === null ? null : Math.max(0, highWatermark - first);

/** The oldest message that waits has used up some of the time already. */
function byAge(facts: DowntimeFacts, p: PartitionDowntime): Limit {
  const limit = (ms: number | null): Limit => ({ by: 'retention.ms', ms, partition: p.partition });
  const { retentionMs, now } = facts;
  if (compactOnly(facts)) return limit(Infinity);
  if (retentionMs === null || facts.cleanupPolicy === null) return limit(null);
  if (retentionMs < 0) return limit(Infinity);
  const lag = waiting(p);
  if (lag === null || (lag > 0 && p.writtenAt === null)) return limit(null);
  return limit(Math.max(0, lag === 0 || p.writtenAt === null ? retentionMs : retentionMs - (now - p.writtenAt)));
}

/** What waits has used up some of the room already; the rest fills at the present rate. */
function bySize(facts: DowntimeFacts, p: PartitionDowntime): Limit {
  const limit = (ms: number | null): Limit => ({ by: 'retention.bytes', ms, partition: p.partition });
  const { retentionBytes } = facts;
  if (compactOnly(facts) || (retentionBytes !== null && retentionBytes < 0)) return limit(Infinity);
  const lag = waiting(p);
  if (retentionBytes === null || facts.cleanupPolicy === null || lag === null || p.perSecond === null)
    return limit(null);
  if (p.perSecond === 0) return limit(Infinity);
  if (p.bytesPerOffset === null) return limit(null);
  const room = retentionBytes - lag * p.bytesPerOffset;
  return limit(Math.max(0, (room / (p.perSecond * p.bytesPerOffset)) * 1000));
}

/** With oldest a forgotten commit repeats messages, but loses none. */
function commitsKept({ initialOffset, offsetsRetentionMinutes }: DowntimeFacts): number | null {
  if (initialOffset === 'oldest') return Infinity;
  return offsetsRetentionMinutes === null ? null : offsetsRetentionMinutes * 60_000;
}

/** The two largest units: `6 d 4 h`, `35 min`. */
export function lengthText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return hours === 0 ? l10n.t('{0} d', days) : l10n.t('{0} d {1} h', days, hours);
  if (hours > 0) return minutes % 60 === 0 ? l10n.t('{0} h', hours) : l10n.t('{0} h {1} min', hours, minutes % 60);
  return minutes > 0 ? l10n.t('{0} min', minutes) : l10n.t('{0} s', Math.max(1, Math.floor(ms / 1000)));
}
