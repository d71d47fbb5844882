import * as l10n from '@vscode/l10n';
import { rangeRecords, type RangeSource } from './rangeRecords.ts';
import type { RangeRecord } from './dryRun.ts';
import { count, messageCount, offsetCount } from '../../shared/counts.ts';

/** Some records of a topic, and how many of the offsets that were looked at hold one. */
export interface TopicSample {
  records: RangeRecord[];
  /** Offsets that were looked at, and records found there: fewer where compaction or transactions leave holes. */
  offsets: number;
  found: number;
}

export interface SampledPartition {
  partition: number;
  logStart: number | null;
  highWatermark: number | null;
}

/** How much of a partition is looked at: windows, spread evenly from its first offset to its last, of some offsets each. */
export interface SampleSize {
  windows: number;
  offsets: number;
}

/** The ends of each partition: enough to see what a topic holds, at any time. */
export const GLANCE: SampleSize = { windows: 2, offsets: 20 };
/** Asked for by a person who wants to know how many messages there are. */
export const ESTIMATE: SampleSize = { windows: 10, offsets: 200 };

/** Bytes of values that are kept for the rules; further records are only counted. */
const KEPT = 1024 * 1024;

/**
 * Looks at a topic without a group. Partitions whose ends are not known are left out. Throws KafkaError when brokers
 * stay unreachable, and when the signal stops it.
 */
export async function sampleTopic(
  source: RangeSource,
  topic: string,
  partitions: readonly SampledPartition[],
  size: SampleSize,
  signal: AbortSignal,
): Promise<TopicSample> {
  const sample: TopicSample = { records: [], offsets: 0, found: 0 };
  let bytes = 0;
  const windows = partitions.flatMap((p) => windowsOf(p, size));
  // Window by window over all partitions, as a reader takes one range of each.
  for (let i = 0; i < size.windows; i++) {
    const ranges = windows.filter((w) => w.index === i);
    for await (const record of rangeRecords(source, topic, ranges, () => undefined, signal)) {
      sample.found++;
      bytes += record.value?.length ?? 0;
      if (bytes <= KEPT) sample.records.push(record);
    }
    for (const { first, highWatermark } of ranges) sample.offsets += highWatermark - first;
  }
  return sample;
}

interface Window {
  partition: number;
  index: number;
  logStart: number;
  first: number;
  /** Where this window ends. */
  highWatermark: number;
}

/** A partition that is smaller than its windows is one window. */
function windowsOf({ partition, logStart, highWatermark }: SampledPartition, size: SampleSize): Window[] {
  if (logStart === null || highWatermark === null || highWatermark <= logStart) return [];
  const length = highWatermark - logStart;
  const at = (index: number, first: number, end: number) => ({ partition, index, logStart, first, highWatermark: end });
  if (length <= size.windows * size.offsets) return [at(0, logStart, highWatermark)];
  const step = (length - size.offsets) / Math.max(1, size.windows - 1);
  return Array.from({ length: size.windows }, (_, i) => {
    const first = logStart + Math.floor(i * step);
    return at(i, first, first + size.offsets);
  });
}

/** About how many messages are in as many offsets; null: every offset that was looked at holds one, or none was. */
export function estimated(sample: TopicSample | undefined, offsets: number): number | null {
  if (!sample || sample.offsets === 0 || sample.found >= sample.offsets) return null;
  return Math.round((offsets * sample.found) / sample.offsets);
}

/** What a person is told who asked how many messages there are. */
export function estimateText(topic: string, partitions: readonly SampledPartition[], sample: TopicSample): string {
  const offsets = partitions.reduce((sum, p) => sum + (p.highWatermark ?? 0) - (p.logStart ?? 0), 0);
  const messages = estimated(sample, offsets);
  return messages === null
    ? l10n.t(
        '{0}: each of {1} sampled offsets holds a message: {2}.',
        topic,
        count(sample.offsets),
        messageCount(offsets),
      )
    : l10n.t(
        '{0}: about {1} in {2}. Of {3} sampled offsets {4} hold a message (compaction or transactions).',
        topic,
        messageCount(messages),
        offsetCount(offsets),
        count(sample.offsets),
        count(sample.found),
      );
}
