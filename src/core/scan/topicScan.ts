import * as l10n from '@vscode/l10n';
import type { ClusterClient } from '../kafka/clusterClient.ts';
import { type CommittedOffsets, resolveRanges } from '../kafka/read/resolveRanges.ts';
import { timeline } from '../kafka/read/timeline.ts';
import type { ValueDecoder } from '../kafka/values/valueDecoder.ts';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import type {
  ExportSpec,
  FilterFailure,
  FilterSpec,
  FilterVerdict,
  GroupsOnTopic,
  MessagesContract,
  ReadSpec,
  ResolvedRead,
  Row,
  RowQuery,
  RowShape,
  SchemaFile,
  SchemaFileChoices,
} from '../../shared/messagesPage.ts';
import { exportLines, type ExportLine } from './export.ts';
import { createFilter } from './filter.ts';
import { FilterTrial } from './filterTrial.ts';
import { readAgain } from './readAgain.ts';
import { endOf, rangeRequest } from './readSpec.ts';
import { Reading } from './reading.ts';
import { groupPositions } from './groupPositions.ts';
import { lineOrReason, shownLineOf } from './recordLine.ts';
import { RowStore } from './rowStore.ts';
import { RowsInView } from './rowsInView.ts';
import { bytesOf, decodedText, detailOf, rowOf } from './rowView.ts';
import { ShownRecords } from './shownRecord.ts';
import { tail } from './tail.ts';

/** Bytes of batch bodies a page keeps; what does not fit is read again when looked at. */
const BODY_BUDGET = 96 << 20;
/** Rows an export takes from the store at once. */
const EXPORT_ROWS = 500;

/** What a timeline that nobody asked for may cost the brokers: some ten seconds of one of their cores. */
const MOST_LOOKS = 100_000;

type Requests = MessagesContract['requests'];
type Events = MessagesContract['events'];
export type Emit = <Name extends keyof Events>(name: Name, payload: Events[Name]) => void;

export interface TopicScanHost {
  topic: string;
  /** For everything but reading: looking things up, reading evicted rows again. */
  connection: KafkaConnection;
  /** New sockets for one reading, so that a long poll blocks nothing and stopping is closing them. */
  connect(signal: AbortSignal): Promise<KafkaConnection>;
  committed: CommittedOffsets;
  client: Pick<ClusterClient, 'groupsOfTopic'>;
  decoder: ValueDecoder;
  emit: Emit;
}

/** One topic being read for one page: answers what the page asks (see MessagesContract). */
export class TopicScan {
  private readonly host: TopicScanHost;
  private reading: Reading | undefined;
  private store: RowStore;
  private shown: ShownRecords;
  private readonly trial: FilterTrial;
  private readonly inView: RowsInView;

  constructor(host: TopicScanHost) {
    this.host = host;
    this.trial = new FilterTrial(host);
    this.shown = new ShownRecords(host.decoder);
    this.inView = new RowsInView((told) => host.emit('status', told));
    this.store = this.emptyStore();
  }

  /** Begins a reading; what was read before is forgotten. Its course is told by events. */
  start(spec: ReadSpec): null {
    this.reading?.stop();
    this.trial.forget();
    this.inView.begin();
    const store = (this.store = this.emptyStore());
    this.reading = new Reading(this.host, spec, store, (status) =>
      this.inView.tell(status, (window, signal) => this.rowsOf(store, window, signal)),
    );
    void this.reading.run();
    return null;
  }

  useFiles(files: readonly SchemaFile[]): Promise<SchemaFileChoices> {
    return this.host.decoder.useFiles(files);
  }

  /** How rows and details are read from now on. */
  shape(shape: RowShape): null {
    this.shown = new ShownRecords(this.host.decoder, shape);
    return null;
  }

  pause(): null {
    this.reading?.pause();
    return null;
  }

  resume(): null {
    this.reading?.resume();
    return null;
  }

  stop(): null {
    this.reading?.stop();
    return null;
  }

  rows(window: Requests['rows']['params'], signal: AbortSignal): Promise<Row[]> {
    return this.rowsOf(this.store, window, signal);
  }

  look(look: Requests['look']['params']): null {
    this.inView.see(look);
    return null;
  }

  positions({ rows, view }: Requests['positions']['params']): number[] {
    return this.store.positions(rows, view);
  }

  async detail({ index }: Requests['detail']['params'], signal: AbortSignal): Promise<Requests['detail']['result']> {
    const [row] = await this.store.rows(index, 1, signal);
    if (row === undefined) throw new Error(l10n.t('There is no row {0} any more.', index));
    const detail = detailOf(row);
    if ('message' in row) return detail;
    const { key, value } = await this.shown.decode(row.record);
    if (key !== null) detail.decodedKey = decodedText(key);
    if (value !== null) detail.decodedValue = decodedText(value);
    return detail;
  }

  async bytes({ index }: Requests['bytes']['params'], signal: AbortSignal): Promise<Requests['bytes']['result']> {
    const [row] = await this.store.rows(index, 1, signal);
    if (row === undefined) throw new Error(l10n.t('There is no row {0} any more.', index));
    return bytesOf(row);
  }

  async checkFilter(spec: FilterSpec, signal: AbortSignal): Promise<FilterVerdict> {
    const [first] = await this.store.rows(0, 1, signal);
    if (this.reading?.gone) this.trial.forget();
    return await this.trial.check(spec, first);
  }

  async resolve(spec: ReadSpec, signal: AbortSignal): Promise<ResolvedRead> {
    const { connection, topic, committed } = this.host;
    const { ranges, problems } = await resolveRanges(connection, topic, rangeRequest(spec, committed), signal);
    return { ranges, problems: problems.map((p) => p.message), moved: problems.some((p) => p.moved) };
  }

  async timeline(params: Requests['timeline']['params'], signal: AbortSignal): Promise<Requests['timeline']['result']> {
    const { id, range, buckets, finest } = params;
    const { topic, committed, connection, emit } = this.host;
    const asked = range && { from: range.start, to: endOf(range), partitions: range.partitions };
    const limit = finest ? {} : { mostLooks: MOST_LOOKS };
    return await timeline(connection, { topic, buckets, committed, ...asked, ...limit }, signal, (data) => {
      if (!signal.aborted) emit('timelinePart', { id, data });
    });
  }

  groupPositions(signal: AbortSignal): Promise<GroupsOnTopic> {
    return groupPositions(this.host.client, this.host.topic, signal);
  }

  find({ place, view }: Requests['find']['params']): Requests['find']['result'] {
    if (this.leftOut(place)) return null;
    const found =
      'timestamp' in place ? this.store.findTime(place.timestamp) : this.store.find(place.partition, place.offset);
    const positions = view === null ? found : this.store.positions(found, view);
    const known = found.flatMap((index, i) => (positions[i]! < 0 ? [] : { index, position: positions[i]! }));
    // From its time on: where the newest stand first, that is the last of them.
    const last = view?.newestFirst ?? false;
    return known.sort((a, b) => (last ? b.position - a.position : a.position - b.position))[0] ?? null;
  }

  failures(): FilterFailure[] {
    return this.reading?.failures ?? [];
  }

  async export(spec: ExportSpec, signal: AbortSignal): Promise<Requests['export']['result']> {
    const progress = (records: number): void => this.host.emit('exportProgress', { records });
    const { source } = spec;
    if (source.kind === 'rows')
      return {
        records: await exportLines(this.storedLines(source, spec.values, signal), { ...spec, progress }, signal),
      };
    const connection = await this.host.connect(signal);
    try {
      const { start, end, isolation, partitions, filter } = source.read;
      const request = {
        topic: this.host.topic,
        from: start,
        to: endOf(source.read, end.kind === 'follow' ? { kind: 'end' } : undefined),
        partitions,
        isolation,
        encoding: 'utf8' as const,
        committed: this.host.committed,
        recordFilter: await createFilter(filter, this.host.decoder),
        ...(end.kind === 'count' ? { max: end.count } : {}),
        ...(spec.values === 'shown' ? { shown: this.shown } : {}),
      };
      return { records: await exportLines(tail(connection, request, signal), { ...spec, progress }, signal) };
    } finally {
      await connection.close();
    }
  }

  /** Ends the reading and its sockets. */
  close(): void {
    this.reading?.stop();
  }

  /** The reading began behind the place: its first rows are not the first from there on. With a filter no row tells the time it began at. */
  private leftOut(place: RowQuery): boolean {
    if (!this.reading?.beganBehind(place)) return false;
    return !('timestamp' in place) || !(this.reading.filtered || this.store.beginsBefore(place.timestamp));
  }

  private async rowsOf(
    store: RowStore,
    { from, count, view }: Requests['rows']['params'],
    signal: AbortSignal,
  ): Promise<Row[]> {
    const rows = await store.rows(from, count, signal, view);
    return await Promise.all(rows.map((row) => rowOf(row, this.shown)));
  }

  private async *storedLines(
    { from, to, view }: Extract<ExportSpec['source'], { kind: 'rows' }>,
    values: ExportSpec['values'],
    signal: AbortSignal,
  ): AsyncGenerator<ExportLine> {
    const { topic } = this.host;
    // The next reading has rows of its own.
    const { store } = this;
    for (let at = from; at < to; at += EXPORT_ROWS) {
      const rows = await store.rows(at, Math.min(EXPORT_ROWS, to - at), signal, view);
      if (rows.length === 0) return;
      for (const row of rows)
        yield 'message' in row
          ? { topic, partition: row.partition, offset: row.offset, error: row.message }
          : values === 'shown'
            ? await shownLineOf(topic, row.partition, row.batch.timestampType, row.record, this.shown)
            : lineOrReason(topic, row.partition, row.batch.timestampType, row.record, 'utf8');
    }
  }

  private emptyStore(): RowStore {
    const { connection, topic } = this.host;
    return new RowStore(BODY_BUDGET, (spans, signal) =>
      this.reading?.gone ? Promise.resolve(spans.map(() => [])) : readAgain(connection, topic, spans, signal),
    );
  }
}
