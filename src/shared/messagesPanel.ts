import type {
  Formats,
  MessagesContract,
  PageInit,
  ReadSpec,
  RowSort,
  RowView,
  ScanStatus,
  SchemaFileChoices,
  ValueFormat,
} from './messagesPage.ts';

/** How records are shown: columns in order, order of the rows, formats. */
export interface ViewSetup {
  columns: string[];
  sort: RowSort | null;
  formats: Formats;
}

/** A reading set-up saved under a name for one topic. Order and formats are absent in one saved before they were kept. */
export interface Preset extends Pick<ViewSetup, 'columns'>, Partial<Omit<ViewSetup, 'columns'>> {
  name: string;
  read: ReadSpec;
}

/** How the records of a topic are shown, kept for each topic of each cluster. */
export interface TopicView {
  /** Ids of the columns shown, in order. */
  columns: string[];
  /** px of the columns that a person resized. */
  widths: Record<string, number>;
  key: ValueFormat;
  value: ValueFormat;
  /** null: the order of arrival; absent: never chosen. */
  sort?: RowSort | null;
}

/** Where a Dapr component would start on this topic, as resolved offsets per partition. */
export interface NamedStart {
  label: string;
  offsets: Record<number, number>;
}

/** A record's address in its topic. */
export interface RowPlace {
  partition: number;
  offset: number;
}

/** What a page keeps while it is hidden and over a reload of the window: enough to stand at the same rows again, and no payload. */
export interface PageMemory {
  clusterId: string;
  topic: string;
  read: ReadSpec;
  /** The resolved first offset of each partition, so that a relative start (last N, -2h) finds the same rows. */
  offsets: Record<number, number> | null;
  /** Rows before those offsets were cleared away. */
  cleared: boolean;
  /**
   * The first visible row, null where the newest stay in view, and the chosen one. Rows of several partitions may arrive in
   * another order next time.
   */
  top: RowPlace | null;
  chosen: RowPlace | null;
  /** The newest row stays in view, whichever it is. */
  atNewest: boolean;
  /** The chosen record is shown in full. */
  detail: boolean;
  utc: boolean;
  view: ViewSetup;
}

export interface PanelInit extends PageInit {
  /** Set when the reading is under way already: the page was hidden and is drawn anew. */
  live: ScanStatus | null;
  /** Set after a reload of the window. */
  memory: PageMemory | null;
  presets: Preset[];
  /** null: never changed. */
  view: TopicView | null;
  /** How a link shows the records, whatever was kept for the topic. */
  linked: ViewSetup | null;
}

/** Rows [from, to) of the matched records as they stand in the view, or everything in the range that its filter finds. */
export type RedriveWish =
  { kind: 'rows'; from: number; to: number; view: RowView | null } | { kind: 'range'; read: ReadSpec };

/** `chosen`: a person has chosen these rows among others. */
export type ExportWish =
  { kind: 'rows'; from: number; to: number; view: RowView | null; chosen: boolean } | { kind: 'range'; read: ReadSpec };

export type RecordPart = 'value' | 'key' | 'headers' | 'record';

/** What the messages page asks of its host: the worker's requests, forwarded, and those only an editor can answer. */
export type MessagesPanelContract = {
  requests: Omit<MessagesContract['requests'], 'ready' | 'export' | 'bytes'> & {
    ready: { params: Record<string, never>; result: PanelInit };
    /** Opens a part of the record in an editor tab of the right language. */
    openRecord: { params: { index: number; part: RecordPart }; result: null };
    /** Opens the page that writes a message to this topic: an empty one, or one filled with a record. */
    produce: { params: { index: number | null }; result: null };
    /** Opens the page that writes these records to another topic. */
    redrive: { params: RedriveWish; result: null };
    /** Opens the values of two records side by side. */
    compare: { params: { left: number; right: number }; result: null };
    /** Copies text made from the reading: a kcat command or a link that opens this page again. */
    copyAs: {
      params: { form: 'kcat'; read: ReadSpec } | { form: 'link'; read: ReadSpec; view: ViewSetup };
      result: null;
    };
    /** Asks for a file and writes these rows, or the whole range read anew, with progress in the editor. */
    exportTo: { params: ExportWish; result: null };
    /** Asked once the page reads: it takes a look at the workspace's files and at the groups. */
    starts: { params: Record<string, never>; result: NamedStart[] };
    /** Reads the `.proto` and `.avsc` files of the workspace anew. */
    schemaFiles: { params: Record<string, never>; result: SchemaFileChoices };
    saveView: { params: TopicView; result: null };
    savePreset: { params: Preset; result: Preset[] };
    deletePreset: { params: { name: string }; result: Preset[] };
  };
  events: MessagesContract['events'];
};
