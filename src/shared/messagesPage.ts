import type { RecordBytes } from './producePage.ts';
import type { RedriveEvents, RedriveRequests } from './redrivePage.ts';

/**
 * The messages page: what the page asks and what it is told. The host forwards between page and the scan worker
 * (core/scan), which answers; it decodes nothing. Values cross as small previews, the whole value on demand.
 */
export type StartSpec =
  | { kind: 'earliest' | 'latest' }
  | { kind: 'last'; count: number }
  | { kind: 'offset'; offset: number }
  | { kind: 'offsets'; offsets: Record<number, number> }
  | { kind: 'time'; timestamp: number }
  | { kind: 'group'; group: string };

export type EndSpec =
  | { kind: 'follow' | 'end' }
  | { kind: 'offset'; offset: number }
  | { kind: 'time'; timestamp: number }
  | { kind: 'count'; count: number };

export interface FilterSpec {
  language: 'text' | 'regex' | 'cel';
  text: string;
  /** How it reads key and value; absent: both `auto`. */
  formats?: Formats;
}

export interface FilterVerdict {
  /** Well formed. */
  ok: boolean;
  message: string;
  /** What it makes of one record; absent: there was none to try it on. */
  sample?: 'matches' | 'differs' | 'fails';
}

export interface ReadSpec {
  start: StartSpec;
  end: EndSpec;
  /** Empty: all. */
  partitions: number[];
  isolation: 'read_uncommitted' | 'read_committed';
  filter: FilterSpec | null;
}

/** How bytes are read: `auto` finds out, also by a registry's schema id; integers are big endian. */
export type ValueFormat =
  'auto' | 'json' | 'text' | 'int8' | 'int16' | 'int32' | 'int64' | 'hex' | 'base64' | FileFormat;

/** A message of a `.proto` or a record of an `.avsc` file of the workspace: `file:path#name`. */
export type FileFormat = `file:${string}`;

export interface SchemaFile {
  /** In the workspace, with `/`. */
  path: string;
  text: string;
}

export interface SchemaFileChoices {
  formats: FileFormat[];
  /** Whole sentences about files that cannot be used. */
  problems: string[];
}

export interface Formats {
  key: ValueFormat;
  value: ValueFormat;
}

/** How rows show key and value, and what else of them. */
export interface RowShape extends Formats {
  /** Places in the JSON of key or value that are columns of their own. */
  paths: JsonPath[];
}

export interface JsonPath {
  part: 'key' | 'value';
  /** JSON pointer (RFC 6901). */
  pointer: string;
}

export interface PageInit {
  cluster: { id: string; name: string; colour?: string };
  topic: string;
  /** Partition numbers of the topic. */
  partitions: number[];
  read: ReadSpec;
  /** Start reading as soon as the page is ready. */
  autoStart: boolean;
  groups: string[];
}

export type ReadState = 'idle' | 'resolving' | 'reading' | 'following' | 'paused' | 'done' | 'stopped' | 'failed';

export interface ScanStatus {
  state: ReadState;
  /** Offsets read / to read; `left` is null while following. */
  scanned: number;
  matched: number;
  /** Records the filter could not be evaluated on. */
  failed: number;
  left: number | null;
  /** Records per second over the last second. */
  rate: number;
  ranges: { partition: number; start: number; end: number | null; position: number }[];
  /** Problems to show above the grid, each a whole sentence with the next step. */
  problems: string[];
  brokers: BrokersHeard;
  /** A visible connection state such as "reconnecting to broker 2", or null. */
  connection: string | null;
  /** The topic was deleted, or deleted and created again, while it was read. */
  gone: 'deleted' | 'recreated' | null;
}

/** Ids of the brokers that a reading has asked something: those that have answered at least once, and those that have not. */
export interface BrokersHeard {
  answered: number[];
  waiting: number[];
}

/** How far a reading is, with the rows that the page looks at and was not told yet, where they are at hand. */
export interface Told {
  status: ScanStatus;
  rows: RowsOfView | null;
}

/** Puts rows in order across partitions; within each partition the order of its log stays. */
export interface RowSort {
  by: 'time' | 'offset';
  newestFirst: boolean;
}

/** An order over the first `of` rows that came: the same rows stand in the same order, always. */
export interface RowView extends RowSort {
  of: number;
}

/** The view of `of` rows of a topic of so many partitions; null: the order of arrival, which one partition's log is. */
export function rowView(sort: RowSort | null, partitions: number, of: number): RowView | null {
  if (sort === null || (partitions <= 1 && !sort.newestFirst)) return null;
  return { ...sort, of };
}

/** What of the rows a page looks at. */
export interface Look {
  /** So many of them. */
  rows: number;
  sort: RowSort | null;
  /** The newest, whichever they are; else the first. */
  newest: boolean;
}

/** Rows that stand in a view from a place on. */
export interface RowsOfView {
  from: number;
  view: RowView | null;
  rows: Row[];
}

/**
 * A grid row: previews only. `index` is its place among the matched records in the order of arrival, which names it as
 * long as the reading lasts, whatever order it is shown in.
 */
export interface Row {
  index: number;
  partition: number;
  offset: number;
  /** ms since the epoch. */
  timestamp: number;
  timestampType: 'create' | 'append';
  /** At most 256 characters of text; null is null, "" is empty. */
  key: string | null;
  value: string | null;
  keyTruncated: boolean;
  valueTruncated: boolean;
  /** First headers as text, in order. */
  headers: [string, string | null][];
  headerCount: number;
  /** bytes of key + value + headers. */
  size: number;
  /** One entry per path of the shape: a text as it is, other JSON as JSON text; null: not there. */
  cells: (string | null)[];
  /** Set when the value was decoded by a registry's schema: `avro`, `protobuf`, `jsonschema`. */
  format?: string;
  /** Why the key is not what its format or schema says: it is shown as its bytes. */
  keyError?: string;
  /** Why record, batch or value could not be decoded. */
  error?: string;
  /** Part of an aborted or still open transaction. */
  transaction?: 'aborted' | 'open';
}

export interface DecodedText {
  format: 'json' | 'text' | 'binary' | 'avro' | 'protobuf' | 'jsonschema' | 'integer' | 'hex' | 'base64';
  text: string | null;
  schemaId?: number;
  /** The file of the workspace whose schema it was read with. */
  schemaFile?: string;
  /** The record, message or title that the schema gives itself. */
  schemaName?: string;
  error?: string;
}

export interface RecordDetail {
  partition: number;
  offset: number;
  timestamp: number;
  timestampType: 'create' | 'append';
  /** Base64 of the whole bytes; null is null. */
  key: string | null;
  value: string | null;
  headers: [name: string, base64: string | null][];
  codec: string;
  producerId: number;
  producerEpoch: number;
  batchBaseOffset: number;
  /** What key and value turned out to be; `text` is null for bytes. `schemaId` comes with a registry's formats, `schemaFile` with a file's. */
  decodedKey?: DecodedText;
  decodedValue?: DecodedText;
  error?: string;
}

/** A type, not an interface, so that it fits {@link Contract}'s index signature. */
export type MessagesContract = {
  requests: {
    ready: { params: Record<string, never>; result: PageInit };
    start: { params: ReadSpec; result: null };
    /** Rows and details asked for from now on are read so. */
    shape: { params: RowShape; result: null };
    pause: { params: Record<string, never>; result: null };
    resume: { params: Record<string, never>; result: null };
    stop: { params: Record<string, never>; result: null };
    /** Rows [from, from + count) of the matched records as they stand in the view; null: in the order of arrival. */
    rows: { params: { from: number; count: number; view: RowView | null }; result: Row[] };
    /** What the page looks at from now on: rows that come there are told with the status. */
    look: { params: Look; result: null };
    /** Where rows stand in the view; -1: not in it. */
    positions: { params: { rows: number[]; view: RowView }; result: number[] };
    detail: { params: { index: number }; result: RecordDetail };
    /** The bytes of a record, for writing them again. */
    bytes: { params: { index: number }; result: RecordBytes };
    /** Is this filter well formed, and does it match the first row, or the newest record where there is none? */
    checkFilter: { params: FilterSpec; result: FilterVerdict };
    /** What would be read: explicit offsets, before reading. */
    resolve: { params: ReadSpec; result: ResolvedRead };
    /**
     * Messages per span of time, from offsets alone, of a range; null: of the whole topic. Where that takes long it is told
     * in longer spans before, as `timelinePart` with the same `id`; where it costs the brokers much, `finest` alone gives all.
     */
    timeline: {
      params: { id: number; range: TimelineRange | null; buckets: number; finest: boolean };
      result: TimelineData;
    };
    /** Where every group stands that has committed on the topic. */
    groupPositions: { params: Record<string, never>; result: GroupsOnTopic };
    /** The first row at or after a place, and where it stands in the view; null when there is none (yet), or the reading began behind it. */
    find: { params: { place: RowQuery; view: RowView | null }; result: { index: number; position: number } | null };
    /** The first records (at most 1,000) on which the filter failed. */
    failures: { params: Record<string, never>; result: FilterFailure[] };
    /** Writes records to a file, streamed: the matched rows, or a range read anew from Kafka. Cancelled like any request. */
    export: { params: ExportSpec; result: { records: number } };
    copy: { params: { text: string }; result: null };
  };
  events: {
    status: Told;
    exportProgress: { records: number };
    timelinePart: { id: number; data: TimelineData };
  };
};

/** A row that is looked for. */
export type RowQuery = { partition: number; offset: number } | { timestamp: number };

export interface ResolvedRead {
  /** Some partition does not have the offset that was asked for and is read from the nearest one. */
  moved: boolean;
  ranges: { partition: number; start: number; end: number | null; logStart: number; highWatermark: number }[];
  /** Whole sentences. */
  problems: string[];
}

export type TimelineRange = Pick<ReadSpec, 'start' | 'end' | 'partitions'>;

export interface TimelineData {
  from: number;
  to: number;
  /** `count`: offsets, an upper bound where compaction or transactions took some. */
  buckets: { start: number; end: number; count: number }[];
  /** They are fewer than were asked for. */
  coarse: boolean;
  partitions: number[];
  /** Of each entry of `partitions`: its first offset in the range, and where its log begins and ends. */
  starts: number[];
  logStarts: number[];
  highWatermarks: number[];
  /** The same counts, one list per entry of `partitions`. */
  perPartition: number[][];
  problems: string[];
}

/** Where groups stand on the topic: the next offset of each partition on which they committed. */
export interface GroupsOnTopic {
  groups: { group: string; offsets: Record<number, number> }[];
  /** Whole sentences. */
  problems: string[];
}

export interface FilterFailure {
  partition: number;
  offset: number;
  message: string;
}

export interface ExportSpec {
  /** An absolute path, chosen by the user. */
  path: string;
  format: 'jsonl' | 'csv';
  /** Key and value as the page shows them, or their bytes: UTF-8 text, base64 where they are none. */
  values: 'shown' | 'bytes';
  /** Rows [from, to) of the matched ones as they stand in the view, or everything in a range that matches its filter. */
  source: { kind: 'rows'; from: number; to: number; view: RowView | null } | { kind: 'range'; read: ReadSpec };
}

/** What the scan worker answers: the page's requests, after `open` has told it what to read from where. */
export type ScanWorkerContract<Profile, Secrets> = {
  requests: Omit<MessagesContract['requests'], 'ready' | 'copy'> &
    RedriveRequests & {
      /** The files that formats of files mean from now on. */
      useFiles: { params: { files: SchemaFile[] }; result: SchemaFileChoices };
      /** Answers `tokenWanted`: a token, or the sentence why there is none. */
      token: { params: { id: number; token?: string; error?: string }; result: null };
      open: {
        params: { profile: Profile; secrets: Secrets; topic: string };
        result: { partitions: number[]; groups: string[] };
      };
    };
  events: MessagesContract['events'] &
    RedriveEvents & {
      /** A log-in needs a bearer token, which the host keeps for all workers. */
      tokenWanted: { id: number };
    };
};
