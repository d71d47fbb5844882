/** The group page: who reads what. The host asks the cluster and watches how answers change; the page draws. */
export interface GroupBoard {
  cluster: { id: string; name: string; colour?: string };
  /** What the page was opened for: a group and all topics it reads, or a topic and all groups that read it. */
  focus: { group: string } | { topic: string };
  /** ms since the epoch of this answer; null before the first one. */
  at: number | null;
  /** Seconds between two answers; 0: only on request. */
  refreshSeconds: number;
  /** When the focused group was last in an answer, ms since the epoch; null: not since the page was opened. */
  seenAt: number | null;
  /** The focused group first, then the others on the same topics by name. */
  groups: GroupBlock[];
  /** The topics drawn, each with its partition numbers in order. */
  topics: { topic: string; partitions: number[] }[];
  /** Why the last attempt to ask failed; older facts stay on the page. */
  error?: string;
}

export interface GroupBlock {
  group: string;
  type: 'classic' | 'consumer' | 'share' | 'streams';
  /** Kafka's own word. */
  state: string;
  assignor: string | null;
  /** Broker id. */
  coordinator: number | null;
  /** `assigned`: partitions it holds, of all topics. */
  members: { memberId: string; clientId: string; host: string; assigned: number }[];
  /** Over the topics drawn; a partition the group neither committed nor reads is absent. */
  cells: GroupCell[];
  /** Sum of the known lags over the topics drawn, null when none is known. */
  lag: number | null;
  /** Records per second by which the lag changed lately; null while unknown. */
  growth: number | null;
  /** The last lags, oldest first: at most 60. */
  trend: number[];
  /** Rebalances seen since the page was opened. */
  rebalances: number;
  error?: string;
}

/** One partition as a group stands on it; numbers as in the core's GroupOffset. */
export interface GroupCell {
  topic: string;
  partition: number;
  /** The members that read it now: one at most, several in a share group; empty: nobody of this group. */
  memberIds: string[];
  committed: number | null;
  logStart: number | null;
  highWatermark: number | null;
  lag: number | null;
  gone: number | null;
  ahead: number | null;
  /** ms for which a member has held it with a lag and without a commit; null: not stuck. */
  stuckForMs: number | null;
  error?: string;
}

/** What the page keeps over a reload of the window. */
export type GroupMemory = Pick<GroupBoard, 'cluster' | 'focus'>;

/** A type, not an interface, so that it fits {@link Contract}'s index signature. */
export type GroupContract = {
  requests: {
    ready: { params: Record<string, never>; result: GroupBoard };
    refresh: { params: Record<string, never>; result: null };
    /** Opens the messages page at that offset. */
    showMessage: { params: { topic: string; partition: number; offset: number }; result: null };
    /** Opens the page of another group. */
    openGroup: { params: { group: string }; result: null };
    /** Starts the dialog for a change of a group; `available` commands only. */
    change: { params: { what: 'reset' | 'delete'; group: string }; result: null };
  };
  events: { board: GroupBoard };
};
