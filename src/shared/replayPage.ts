/** The replay page: one Dapr component, as one app loads it, against a live cluster. Offsets; null is unknown. */
export interface ReplayPartition {
  partition: number;
  logStart: number | null;
  highWatermark: number | null;
  /** null: not known. */
  committed: number | 'none' | null;
  /** Where it starts. */
  first: number | null;
  backlog: number | null;
  skipped: number | null;
  gone: number | null;
  replayed: number | null;
  /** Id of the forecast rule, e.g. F-02. */
  rule: string | null;
  /** What happens here and why, one sentence. */
  sentence: string;
  /** What the rule says in general, and where it was seen. */
  ruleTitle: string;
  /** When the messages at these offsets were written, ms since the epoch; absent: not asked yet. */
  times?: { logStart: number | null; committed: number | null; first: number | null };
}

export interface ReplaySums {
  backlog: number | null;
  skipped: number | null;
  gone: number | null;
  replayed: number | null;
}

export interface ReplayTopic {
  topic: string;
  brokerTopic: string | null;
  summary: ReplaySums;
  partitions: ReplayPartition[];
  /** How long the app may be away before it misses messages; absent: not asked yet. */
  downtime?: { sentence: string; small: boolean };
}

/** What the controls ask: absent is what the file says. */
export interface WhatIf {
  initialOffset?: 'newest' | 'oldest';
  consumerGroup?: string;
  topic?: string;
  /** How many instances of the app run. Default: as many as the group has members, at least one. */
  instances?: number;
  /** Default: a start now, with the group's commits as they are. */
  moment?: ReplayMoment;
}

/** A start that finds no commits: because there were none yet, or because the group was deleted or they expired. */
export type ReplayMoment = 'first-start' | 'group-deleted';

export const MAX_INSTANCES = 1_000;

export interface ReplayReader {
  component: string;
  app: string | null;
}

export interface ReplayForecast {
  group: string | null;
  /** Where the group's name comes from, in words. */
  groupFrom: string;
  /** null: daprd refuses the value, or it is not known here. */
  initialOffset: 'newest' | 'oldest' | null;
  /** Who reads in the group now, and what that means for a start, one sentence; null: it does not exist or is not known. */
  standing: string | null;
  members: ReplayMember[];
  sharing: ReplaySharing;
  topics: ReplayTopic[];
  summary: ReplaySums;
  /** What the file's group has handled of it, a sentence; `replayed` of the sums then counts from its commits. Absent: the group is the file's. */
  handover?: string;
  /** Sentences on what holds beside the figures. */
  notes: string[];
  /** Whatever the figures are, nothing is delivered: the notes and the problems say why. */
  readsNothing: boolean;
}

/** One member of the group as it is now. */
export interface ReplayMember {
  clientId: string;
  host: string;
  /** Of this component's topics, by name on the broker. */
  partitions: { topic: string; partitions: number[] }[];
}

/** Who would get which partition. */
export interface ReplaySharing {
  instances: number;
  /** range, sticky, roundrobin, or uniform in a group of the new protocol. */
  assignor: string;
  /** `own`: each instance has a group of its own and reads every partition. */
  groups: 'one' | 'own';
  /** The fullest first, none where no partition is known; `partitions` is absent where the assignor promises an even share only. */
  shares: { count: number; partitions?: { topic: string; partitions: number[] }[] }[];
}

export interface ReplayView {
  reader: ReplayReader;
  /** Every component and app of the workspace that reads from Kafka. */
  readers: ReplayReader[];
  file: string;
  line: number;
  cluster: { id: string; name: string };
  /** ms since the epoch: when the cluster was asked. */
  at: number;
  whatIf: WhatIf;
  /** As the file is. */
  now: ReplayForecast;
  /** As the controls say; absent when they say what the file says. */
  then?: ReplayForecast;
  /** Sentences about the files and the cluster. */
  problems: string[];
  /** Times and downtimes of some topic were not asked yet: `complete` does. */
  pending: boolean;
  /** Why the figures are those of an earlier look: a sentence. */
  error?: string;
}

/** What the page keeps over a reload of the window, beside the person's wish. */
export interface ReplayMemory {
  cluster: ReplayView['cluster'];
  reader: ReplayReader;
  whatIf: WhatIf;
}

/** What was found of deliveries, and which message of a row was shown last, by the row's text. */
export interface Tried {
  result: ReplayDelivery;
  at: Readonly<Record<string, number>>;
}

/** All that was tried, by topic: kept by the host while the page is hidden, not over a reload. */
export interface ReplayTrials {
  /** The reader and the what-if that it was tried for. */
  question: string;
  found: Readonly<Record<string, Tried>>;
}

/** What would become of the messages of one topic that a start would deliver. */
export interface ReplayDelivery {
  /** What was read, and ms since the epoch when: to read it once more. */
  read: DeliveryRead;
  /** Read for it. */
  records: number;
  rows: DeliveryRow[];
  /** Sentences on what was not judged. */
  notes: string[];
  /** Sentences about what could not be read. */
  problems: string[];
}

export interface DeliveryRead {
  at: number;
  ranges: { partition: number; first: number | null; logStart: number | null; highWatermark: number | null }[];
}

export interface DeliveryPlace {
  partition: number;
  offset: number;
}

/** The next messages of a row. */
export interface MorePlaces {
  places: DeliveryPlace[];
  /** There are still others. */
  more: boolean;
  /** Sentences about what could not be read. */
  problems: string[];
}

export interface DeliveryRow {
  kind: 'blocks' | 'crashes' | 'again' | 'dropped' | 'dead-lettered' | 'delivered';
  /** Messages; of one that blocks: itself and those that wait behind it. */
  count: number;
  text: string;
  /** The first of them, to jump to, or the one that blocks. */
  places: DeliveryPlace[];
  /** What to ask for the next ones by; absent: there are no others. */
  more?: string;
  /** Id of the forecast rule that it is an instance of, where there is one. */
  rule?: string;
  /** What that rule says in general, and where it was seen. */
  ruleTitle?: string;
}

/** What somebody wants from the component. Times in ms since the epoch. */
export type ReplayWish =
  | { kind: 'everything' | 'only-new' | 'second-reader' | 'every-instance' }
  | { kind: 'since'; timestamp: number }
  | { kind: 'from-offset'; offset: number };

/** One way to get there. */
export interface ReplayWay {
  title: string;
  steps: { text: string; actions: WayAction[] }[];
  /** Sentences: duplicates, a new group, downtime. */
  costs: string[];
  /** Right after the start; null: not known; absent: the component has no part in it. */
  delivered?: number | null;
  /** The figures are worked out from some known times. */
  about?: true;
  /** Of these, handled before by the group. */
  twice?: number | null;
}

/** What a button of a step does. */
export type WayAction =
  /** Shows here what the change would do. */
  | { kind: 'try'; whatIf: WhatIf }
  /** Shows the edit of the file beside it, to apply. */
  | { kind: 'edit'; edit: ReplayEdit }
  /** Opens the reset with its dry run. */
  | { kind: 'reset'; group: string; topics: string[]; to: ReplayTarget }
  /** Opens the messages without a group. */
  | { kind: 'read'; topic: string; from: ReplayTarget }
  /** Opens the comparison with a plain client. */
  | { kind: 'client' };

/** Times in ms since the epoch. */
export type ReplayTarget =
  { kind: 'earliest' | 'latest' } | { kind: 'offset'; offset: number } | { kind: 'time'; timestamp: number };

export interface ReplayEdit {
  initialOffset?: string;
  consumerGroup?: string;
  /** The name of a second component, behind the first. */
  copyAs?: string;
}

/** How a plain Kafka client would be set up for the same topics and group. */
export interface ClientChoices {
  /** auto.offset.reset */
  reset: 'earliest' | 'latest' | 'none';
  /** enable.auto.commit */
  autoCommit: boolean;
  /** What it seeks to at every start, before the first poll. Times in ms since the epoch. */
  seek: { kind: 'no' | 'beginning' | 'end' } | { kind: 'offset'; offset: number } | { kind: 'time'; timestamp: number };
}

/** The component beside a plain client, with the figures of this cluster. */
export interface ReplayComparison {
  rows: ComparisonRow[];
  /** What to take, and the facts that decide it. */
  recommendation: { text: string; facts: string[] };
  /** The component's settings as client properties, without secrets. */
  properties: string;
}

export interface ComparisonRow {
  id: 'set-up' | 'past' | 'scaling' | 'commit' | 'brokers' | 'code';
  title: string;
  dapr: string[];
  client: string[];
  /** Source text instead of sentences. */
  code?: boolean;
}

export type ReplayContract = {
  requests: {
    ready: { params: Record<string, never>; result: ReplayView };
    /** Computed from what is known already; asks the cluster only about a group or topic it was never asked about. */
    whatIf: { params: WhatIf; result: ReplayView };
    /** The same view with the times and downtimes that were pending. */
    complete: { params: Record<string, never>; result: ReplayView };
    /** The what-if with a group that nobody has used on this cluster. */
    newGroup: { params: WhatIf; result: ReplayView };
    choose: { params: ReplayReader; result: ReplayView };
    refresh: { params: Record<string, never>; result: ReplayView };
    /** Reads what would be delivered of a topic, as the controls say, without a group. */
    tryDelivery: { params: { topic: string }; result: ReplayDelivery };
    /** Reads the same again until the next messages of a row are found. `after`: those that were shown. */
    morePlaces: {
      params: { topic: string; read: DeliveryRead; fate: string; after: DeliveryPlace[] };
      result: MorePlaces;
    };
    keep: { params: ReplayTrials; result: null };
    ways: { params: ReplayWish; result: ReplayWay[] };
    /** From what is known already, as the controls say. */
    compare: { params: ClientChoices; result: ReplayComparison };
    /** Client properties as a component file. */
    toComponent: { params: { properties: string }; result: { text: string } };
    copy: { params: { text: string }; result: null };
    openText: { params: { text: string; language: 'yaml' | 'properties' }; result: null };
    /** Shows the file beside the file as it would be. */
    proposeEdit: { params: ReplayEdit; result: null };
    reset: { params: { group: string; topics: string[]; to: ReplayTarget }; result: null };
    openFile: { params: Record<string, never>; result: null };
    /** Without a partition: the whole topic. */
    browse: { params: { topic: string; partition?: number; from: ReplayTarget }; result: null };
  };
  events: {
    /** How many messages a `tryDelivery` or a `morePlaces` has read. */
    tried: { records: number };
    /** What was tried before the page was hidden. */
    kept: ReplayTrials;
    /** The groups or the log have moved since; or why that is not known. */
    moved: { view: ReplayView } | { failure: string };
    /** What the person wants, chosen before the page was opened: to be shown. */
    wished: { kind: ReplayWish['kind'] };
  };
};
