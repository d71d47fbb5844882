import type { ReadSpec } from './messagesPage.ts';

/** Redrive: records of one topic are written to another, exactly as they are. The worker of its page does it. */

/** Which records: everything in a range that its filter finds, read anew from Kafka, or single ones. */
export type RedriveSource =
  { kind: 'range'; read: ReadSpec } | { kind: 'records'; places: { partition: number; offsets: number[] }[] };

/** `key`: as Kafka's default partitioner chooses among the target's partitions; `partition`: the same number. */
export type Placement = 'key' | 'partition';

/** What is to be done, with everything resolved: it means the same whenever it is continued. */
export interface RedriveJob {
  source: RedriveSource;
  /** Source offsets [start, end) of each partition. */
  ranges: { partition: number; start: number; end: number }[];
  target: string;
  placement: Placement;
}

export interface RedrivePlan {
  job: RedriveJob;
  /** Records to be written, per source partition. */
  counts: { partition: number; count: number }[];
  /** The first of them, previews. */
  first: { partition: number; offset: number; key: string | null; value: string | null; headerCount: number }[];
  /** Partitions of the target. */
  targetPartitions: number;
  /** What a person has to know before: whole sentences. */
  notes: string[];
}

/** Source offsets [from, to) of one partition; `count` records of them. */
export interface OffsetSpan {
  partition: number;
  from: number;
  to: number;
  count: number;
}

/** How far a redrive is. Whoever goes on from here writes nothing twice but what `unsure` names. */
export interface RedriveCheckpoint {
  /** Everything below is done, per source partition. */
  positions: Record<number, number>;
  /** Source offsets at or above the position that are done already. */
  done: Record<number, number[]>;
  written: Record<number, number>;
  /** Records that the target does not take, the first 100 by name. */
  refused: { partition: number; offset: number; message: string }[];
  refusedCount: number;
  /** Written, but nobody knows whether it arrived: written again, these may be in the target twice. */
  unsure: OffsetSpan[];
}

export interface RedriveEnd {
  /** `stopped`: it can be continued. */
  state: 'done' | 'stopped';
  /** Why it stopped; null: by the person. */
  reason: string | null;
  checkpoint: RedriveCheckpoint;
}

/** What the worker is asked and tells for a redrive, besides the requests of a messages page. */
export type RedriveRequests = {
  /** Counts and shows what would be written; nothing is. */
  planRedrive: { params: { source: RedriveSource; target: string; placement: Placement }; result: RedrivePlan };
  /** Passes the gate and writes; null checkpoint: from the start. Cancelled like any request, after what is on its way. */
  redrive: { params: { job: RedriveJob; total: number; checkpoint: RedriveCheckpoint | null }; result: RedriveEnd };
  /** The person's answer to the event `confirm`. */
  confirmed: { params: { agreed: boolean }; result: null };
};
export type RedriveEvents = {
  redriven: RedriveCheckpoint;
  /** Records looked at while counting. */
  redriveCounted: { scanned: number };
  confirm: { preview: { title: string; items: string[]; subject: string }; typedName: string | null };
};

export interface RedriveInit {
  cluster: { name: string; mode: 'normal' | 'read-only' | 'production' };
  topic: string;
  /** What is redriven, in words. */
  what: string;
  /** Names of the cluster's topics. */
  topics: string[];
  /** Topics whose dead letter topic this is, with the file that says so. */
  proposals: { topic: string; file: string }[];
}

/** A type, not an interface, so that it fits Contract's index signature. */
export type RedriveContract = {
  requests: {
    ready: { params: Record<string, never>; result: RedriveInit };
    plan: { params: { target: string; placement: Placement }; result: RedrivePlan };
    /** Starts, or goes on where it stopped. null: the person said no. */
    run: { params: Record<string, never>; result: RedriveEnd | null };
    /** Stops the run after what is on its way; its answer says where. */
    stop: { params: Record<string, never>; result: null };
    /** Opens the messages page of the target at its newest messages. */
    show: { params: Record<string, never>; result: null };
  };
  events: { progress: RedriveCheckpoint; counted: { scanned: number } };
};
