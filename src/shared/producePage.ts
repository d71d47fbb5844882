/** The produce page: a person writes one message, sees exactly what will happen, sends it and gets its offset. */

export type PartFormat = 'text' | 'json' | 'base64' | 'schema';

/** A key or value as it is typed. */
export interface PartDraft {
  /** null instead of what is typed: no key, a tombstone. */
  isNull: boolean;
  format: PartFormat;
  text: string;
  /** For format `schema`: the registry's subject whose newest schema encodes it. */
  subject: string;
}

export interface HeaderDraft {
  name: string;
  isNull: boolean;
  format: 'text' | 'base64';
  text: string;
}

export type CodecChoice = 'none' | 'gzip' | 'zstd';

export interface MessageDraft {
  key: PartDraft;
  value: PartDraft;
  /** In this order. */
  headers: HeaderDraft[];
  /** null: Kafka's default partitioner chooses. */
  partition: number | null;
  codec: CodecChoice;
  /** ISO 8601 or ms since the epoch; empty: the time of sending. */
  time: string;
}

/** The bytes of a record; base64, null is null. Header names are text in Kafka. */
export interface RecordBytes {
  partition: number;
  offset: number;
  key: string | null;
  value: string | null;
  headers: [name: string, value: string | null][];
}

export interface ProduceInit {
  cluster: { id: string; name: string; mode: 'normal' | 'read-only' | 'production' };
  topic: string;
  partitions: number[];
  codecs: CodecChoice[];
  /** null: the connection names no schema registry. */
  subjects: string[] | null;
  /** Why the registry does not say its subjects. */
  registryProblem: string | null;
  draft: MessageDraft;
  /** The record that the draft was made from. */
  from: { partition: number; offset: number } | null;
}

/** What sending would do, or what has to be corrected first. */
export type ProducePreview = { title: string; items: string[] } | { problem: string };

export interface SentMessage {
  partition: number;
  offset: number;
  /** ms since the epoch. */
  timestamp: number;
}

/** What the page keeps over a reload of the window, as an editor does with a file that is not saved. */
export interface ProduceMemory {
  clusterId: string;
  topic: string;
  /** As chosen when the page was opened. */
  partition?: number;
  from: ProduceInit['from'];
  draft: MessageDraft;
  sent: SentMessage[];
}

/** A type, not an interface, so that it fits Contract's index signature. */
export type ProduceContract = {
  requests: {
    ready: { params: Record<string, never>; result: ProduceInit };
    preview: { params: { draft: MessageDraft }; result: ProducePreview };
    /** null: the person said no. */
    send: { params: { draft: MessageDraft }; result: SentMessage | null };
    /** Opens the messages page at that offset. */
    show: { params: { partition: number; offset: number }; result: null };
  };
  events: Record<string, never>;
};
