import * as l10n from '@vscode/l10n';
import { durationText } from '../dapr/rules/durationText.ts';
import type { PartitionForecast } from './result.ts';

/** What decides how long a consumer may be away. Unknown settings are null. */
export interface DowntimeFacts {
  /** `retention.ms` of the topic; -1 keeps for ever. */
  retentionMs: number | null;
  /** `retention.bytes` of the topic, per partition; -1: no limit. */
  retentionBytes: number | null;
  /** Production per partition now, bytes per second. */
  bytesPerSecond: number | null;
  /** `offsets.retention.minutes` of the brokers. */
  offsetsRetentionMinutes: number | null;
  initialOffset: 'newest' | 'oldest' | null;
  partitions: readonly Pick<PartitionForecast, 'partition' | 'committed' | 'rule'>[];
}

export interface DowntimeBudget {
  /** ms; Infinity: for ever; null: not known. */
  ms: number | null;
  limitedBy:
    'never-committed' | 'retention.ms' | 'retention.bytes' | 'offsets.retention.minutes' | 'nothing' | 'unknown';
  sentence: string;
}

/** How long the consumer may be away before it misses a message of this topic: the shortest of what limits it. */
export function downtimeBudget(facts: DowntimeFacts): DowntimeBudget {
  const uncommitted = facts.partitions.filter((p) => p.committed === null).map((p) => `P${p.partition}`);
  if (facts.initialOffset !== 'oldest' && uncommitted.length > 0)
    return {
      ms: 0,
      limitedBy: 'never-committed',
      sentence: l10n.t(
        'Not at all: {0} never committed, and with newest what arrives while the app is away is never received.',
        uncommitted.join(', '),
      ),
    };
  const limits = [
    {
      by: 'retention.ms' as const,
      ms: facts.retentionMs === null ? null : facts.retentionMs < 0 ? Infinity : facts.retentionMs,
    },
    { by: 'retention.bytes' as const, ms: bytesLimit(facts) },
    // With oldest a forgotten commit repeats messages, but loses none.
    {
      by: 'offsets.retention.minutes' as const,
      ms:
        facts.initialOffset === 'oldest'
          ? Infinity
          : facts.offsetsRetentionMinutes === null
            ? null
            : facts.offsetsRetentionMinutes * 60_000,
    },
  ];
  const known = limits.filter((limit): limit is { by: typeof limit.by; ms: number } => limit.ms !== null);
  const shortest = known.sort((a, b) => a.ms - b.ms)[0];
  if (shortest === undefined || known.length < limits.length)
    return {
      ms: null,
      limitedBy: 'unknown',
      sentence: l10n.t('Not known: the topic’s or the brokers’ settings could not be read.'),
    };
  if (shortest.ms === Infinity)
    return { ms: Infinity, limitedBy: 'nothing', sentence: l10n.t('As long as you like: Kafka keeps everything.') };
  return {
    ms: shortest.ms,
    limitedBy: shortest.by,
    sentence: l10n.t('May be away for {0} ({1}).', durationText(Math.floor(shortest.ms / 1000) * 1000), shortest.by),
  };
}

function bytesLimit({ retentionBytes, bytesPerSecond }: DowntimeFacts): number | null {
  if (retentionBytes === null) return null;
  if (retentionBytes < 0) return Infinity;
  if (bytesPerSecond === null) return null;
  return bytesPerSecond === 0 ? Infinity : (retentionBytes / bytesPerSecond) * 1000;
}
