import type { TopicLog } from './topicLog.ts';

/** Where reading starts. Resolved to explicit offsets before the first fetch. */
export type Start =
  | { kind: 'earliest' }
  | { kind: 'latest' }
  /** The newest `count` of the topic: partition tails merged backwards by (timestamp, partition). */
  | { kind: 'last'; count: number }
  | { kind: 'offset'; offset: number }
  /** partition -> offset; other partitions are not read. */
  | { kind: 'offsets'; offsets: Record<number, number> }
  /** ms since the epoch: the first record at or after it. */
  | { kind: 'time'; timestamp: number }
  /** Where a group's commits stand; a partition it never committed is a problem, not a guess. */
  | { kind: 'group'; group: string };

/** Where reading ends, exclusive. `end`: the high watermarks when reading started. */
export type End =
  { kind: 'end' } | { kind: 'offset'; offset: number } | { kind: 'time'; timestamp: number } | { kind: 'forever' };

export type Isolation = 'read_uncommitted' | 'read_committed';

/** One partition to read: offsets `start` (inclusive) to `end` (exclusive; null: follow). */
export interface PartitionRange {
  partition: number;
  start: number;
  end: number | null;
  logStart: number;
  highWatermark: number;
}

export interface ResolvedRanges {
  ranges: PartitionRange[];
  /** Partitions that cannot be read as asked, each with a sentence. `moved`: it is read from the nearest offset it has. */
  problems: { partition: number; message: string; moved?: true }[];
  /** The topic as it was looked up for this: whoever reads the ranges next need not look again. */
  log: TopicLog;
}
