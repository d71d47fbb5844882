import type { Batch } from '../records/batch.ts';
import type { Unpacked } from '../records/unpack.ts';
import type { PartitionRange } from './position.ts';

/** What a reader tells, in the order of each partition's log. `next`: the partition's position after the event. */
export type ReadEvent = BatchEvent | BrokenEvent | PassedEvent | ProblemEvent | ConnectionEvent | AddedEvent;

/** Records, unpacked but not decoded. Only those with an offset in [from, to) belong to the range that was asked for. */
export interface BatchEvent {
  kind: 'batch';
  partition: number;
  batch: Batch;
  unpacked: Unpacked;
  from: number;
  to: number;
  next: number;
  /** The batch belongs to an aborted or still open transaction (only when marks were asked for). */
  transaction: 'aborted' | 'open' | undefined;
}

/** A batch that cannot be read: one row with the reason and its raw bytes; reading goes on behind it. */
export interface BrokenEvent {
  kind: 'broken';
  partition: number;
  batch: Batch;
  /** First offset of the batch that was asked for. */
  offset: number;
  message: string;
  next: number;
}

/** Offsets that hold no row: transaction markers, batches emptied by compaction, aborted records that are not shown. */
export interface PassedEvent {
  kind: 'passed';
  partition: number;
  next: number;
}

/** Something a person should know, a whole sentence. `fatal`: this partition (null: the topic) is not read any further. */
export interface ProblemEvent {
  kind: 'problem';
  partition: number | null;
  offset: number | null;
  message: string;
  fatal: boolean;
  /** The topic is not the one any more whose ranges were asked for. */
  gone?: 'deleted' | 'recreated';
}

/** A visible connection state such as "reconnecting to broker 2"; null: all is well again. */
export interface ConnectionEvent {
  kind: 'connection';
  message: string | null;
}

/** The topic has got a partition while it is followed: it is read from its beginning, offset 0. */
export interface AddedEvent {
  kind: 'added';
  range: PartitionRange;
}
