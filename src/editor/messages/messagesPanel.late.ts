import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { Login } from '../../core/kafka/transport/tokens.ts';
import type {
  Formats,
  ReadSpec,
  RecordDetail,
  RowShape,
  ScanStatus,
  SchemaFileChoices,
  Told,
} from '../../shared/messagesPage.ts';
import type {
  MessagesPanelContract,
  NamedStart,
  PageMemory,
  PanelInit,
  RecordPart,
  RedriveWish,
  ViewSetup,
} from '../../shared/messagesPanel.ts';
import type { RedriveSource } from '../../shared/redrivePage.ts';
import { Page } from '../panels/page.ts';
import { exportRecords } from './exportRecords.ts';
import { kcatCommand, kcatDifferences } from './kcatCommand.ts';
import { partText } from './partText.ts';
import type { Presets } from './presets.ts';
import type { RecordDocuments, RecordTab } from './recordDocuments.ts';
import { readByFiles, schemaFiles } from './schemaFiles.ts';
import type { TopicViews } from './topicViews.ts';
import { ScanWorker } from './scanWorker.ts';

export { RedrivePages } from './redrivePages.ts';

/** What a page needs of its surroundings. */
export interface MessagesPanelParts {
  extensionUri: vscode.Uri;
  /** Absolute path of the scan worker's bundle. */
  workerPath: string;
  presets: Presets;
  views: TopicViews;
  documents: RecordDocuments;
  login(profile: ClusterProfile): Promise<Login>;
  /** Where Dapr components of the workspace would start on the topic. */
  starts(clusterId: string, topic: string): Promise<NamedStart[]>;
  /** Opens the page that writes these records to another topic. */
  redrive(profile: ClusterProfile, topic: string, source: RedriveSource): Promise<void>;
  /** A `vscode://` link that opens the same reading again, shown the same. */
  link(profile: ClusterProfile, topic: string, read: ReadSpec, view: ViewSetup): string;
}

export interface MessagesPanelSpec {
  profile: ClusterProfile;
  topic: string;
  read: ReadSpec;
  /** How a link shows the records. */
  view?: ViewSetup;
  /** The panel and what the page kept, after a reload of the window. */
  restored?: { panel: vscode.WebviewPanel; memory: PageMemory };
}

/** One messages page with its worker thread. The host between them forwards; it never decodes. Closing ends the thread. */
export class MessagesPanel implements vscode.Disposable {
  readonly #parts: MessagesPanelParts;
  readonly #spec: MessagesPanelSpec;
  readonly #page: Page<MessagesPanelContract>;
  readonly #progress = new vscode.EventEmitter<number>();
  #worker: ScanWorker | null = null;
  /** The worker that has the workspace's schema files. */
  #knowsFiles: ScanWorker | null = null;
  #opened: Promise<{ partitions: number[]; groups: string[] }> | null = null;
  #status: ScanStatus | null = null;
  #read: ReadSpec;
  /** Ranges that were read: the first one is read by itself. */
  #reads = 0;
  #exported = false;
  /** Told to each worker anew. */
  #shape: RowShape | null = null;

  constructor(parts: MessagesPanelParts, spec: MessagesPanelSpec) {
    this.#parts = parts;
    this.#spec = spec;
    this.#read = spec.read;
    // The worker starts while VS Code is still creating the webview.
    this.#open();
    this.#page = new Page<MessagesPanelContract>({
      extensionUri: parts.extensionUri,
      name: 'messages',
      title: spec.topic,
      cluster: spec.profile.name,
      ...(spec.restored ? { panel: spec.restored.panel } : {}),
      handlers: {
        ready: () => this.#ready(),
        start: async (read, signal) => {
          this.#read = read;
          this.#reads++;
          this.#open();
          await this.#opened;
          await this.#needFiles(this.#live, read.filter?.formats);
          return this.#live.request('start', read, signal);
        },
        shape: async (shape, signal) => {
          this.#shape = shape;
          await this.#opened;
          await this.#needFiles(this.#live, shape);
          return this.#live.request('shape', shape, signal);
        },
        pause: (_, signal) => this.#live.request('pause', {}, signal),
        resume: (_, signal) => this.#live.request('resume', {}, signal),
        stop: (_, signal) => this.#live.request('stop', {}, signal),
        rows: (window, signal) => this.#live.request('rows', window, signal),
        look: async (look, signal) => {
          await this.#opened;
          return this.#live.request('look', look, signal);
        },
        positions: (rows, signal) => this.#live.request('positions', rows, signal),
        detail: (row, signal) => this.#live.request('detail', row, signal),
        checkFilter: async (filter, signal) => {
          await this.#opened;
          return this.#live.request('checkFilter', filter, signal);
        },
        resolve: (read, signal) => this.#live.request('resolve', read, signal),
        timeline: (span, signal) => this.#live.request('timeline', span, signal),
        groupPositions: (_, signal) => this.#live.request('groupPositions', {}, signal),
        find: (place, signal) => this.#live.request('find', place, signal),
        failures: (_, signal) => this.#live.request('failures', {}, signal),
        copy: async ({ text }) => {
          await vscode.env.clipboard.writeText(text);
          return null;
        },
        openRecord: async ({ index, part }, signal) => {
          await parts.documents.open(this.#tab(await this.#live.request('detail', { index }, signal), part));
          return null;
        },
        produce: async ({ index }, signal) => {
          const record = index === null ? {} : { record: await this.#live.request('bytes', { index }, signal) };
          const { id: clusterId } = spec.profile;
          await vscode.commands.executeCommand('kafkaDapr.produce', { clusterId, topic: spec.topic, ...record });
          return null;
        },
        redrive: async (what, signal) => {
          await parts.redrive(spec.profile, spec.topic, await this.#redriveSource(what, signal));
          return null;
        },
        compare: async ({ left, right }, signal) => {
          const records = [left, right].map((index) => this.#live.request('detail', { index }, signal));
          const [a, b] = await Promise.all(records);
          if (a && b) await parts.documents.compare(this.#tab(a, 'value'), this.#tab(b, 'value'));
          return null;
        },
        copyAs: async (wish) => {
          const { read } = wish;
          const kcat = wish.form === 'kcat';
          const text = kcat
            ? kcatCommand(spec.profile, spec.topic, read)
            : parts.link(spec.profile, spec.topic, read, wish.view);
          await vscode.env.clipboard.writeText(text);
          const differences = kcat ? kcatDifferences(spec.profile, read) : [];
          if (differences.length > 0)
            void vscode.window.showWarningMessage(
              [l10n.t('The command that was copied reads otherwise than this page.'), ...differences].join(' '),
            );
          return null;
        },
        exportTo: async (wish) => {
          this.#exported = true;
          const { key = 'auto', value = 'auto' } = this.#shape ?? {};
          const plain = key === 'auto' && value === 'auto' && spec.profile.registry === undefined;
          const formats = plain ? null : { key, value };
          await exportRecords(this.#live, spec.topic, wish, formats, this.#progress.event);
          return null;
        },
        schemaFiles: () => this.#useFiles(this.#live),
        starts: () => this.#parts.starts(spec.profile.id, spec.topic),
        saveView: async (view) => {
          await parts.views.save(spec.profile.id, spec.topic, view);
          return null;
        },
        savePreset: (preset) => parts.presets.save(spec.profile.id, spec.topic, preset),
        deletePreset: ({ name }) => parts.presets.delete(spec.profile.id, spec.topic, name),
      },
    });
    this.#page.onDidClose(() => this.#close());
  }

  onDidClose(listener: () => void): vscode.Disposable {
    return this.#page.onDidClose(listener);
  }

  dispose(): void {
    this.#page.dispose();
  }

  /** Nobody read another range in it, nor exported from it. */
  get onlyLookedAt(): boolean {
    return this.#reads <= 1 && !this.#exported;
  }

  get #live(): ScanWorker {
    if (!this.#worker) throw new Error(l10n.t('The reader is not running. Press ▶ to start it again.'));
    return this.#worker;
  }

  /** The files that formats mean: read once for each worker. */
  async #needFiles(worker: ScanWorker, formats: Formats | undefined): Promise<void> {
    if (readByFiles(formats) && this.#knowsFiles !== worker) await this.#useFiles(worker);
  }

  async #useFiles(worker: ScanWorker): Promise<SchemaFileChoices> {
    const { files, problems } = await schemaFiles();
    const choices = await worker.request('useFiles', { files });
    this.#knowsFiles = worker;
    return { ...choices, problems: [...problems, ...choices.problems] };
  }

  #tab(detail: RecordDetail, part: RecordPart): RecordTab {
    const { profile, topic } = this.#spec;
    const record = `${topic} P${detail.partition} ${detail.offset}`;
    return { cluster: profile.id, record, part, ...partText(detail, part) };
  }

  /** Rows are named by their offsets, which mean the same to another worker. */
  async #redriveSource(what: RedriveWish, signal: AbortSignal): Promise<RedriveSource> {
    if (what.kind === 'range') return what;
    const places = new Map<number, number[]>();
    const { from, to, view } = what;
    const rows = await this.#live.request('rows', { from, count: to - from, view }, signal);
    for (const { partition, offset } of rows) {
      const offsets = places.get(partition);
      if (offsets) offsets.push(offset);
      else places.set(partition, [offset]);
    }
    return { kind: 'records', places: [...places].map(([partition, offsets]) => ({ partition, offsets })) };
  }

  /** Starts the worker and connects it, unless it runs. */
  #open(): void {
    if (this.#worker) return;
    const worker = new ScanWorker(
      this.#parts.workerPath,
      vscode.l10n.bundle ?? null,
      (name, payload) => {
        if (name === 'status') this.#status = (payload as Told).status;
        else if (name === 'exportProgress') this.#progress.fire((payload as { records: number }).records);
        // Those of a redrive come to its own page, from a worker of its own.
        this.#page.emit(name as 'status', payload as Told);
      },
      (reason) => this.#ended(reason),
    );
    this.#worker = worker;
    const { profile, topic } = this.#spec;
    this.#opened = this.#parts.login(profile).then(async (login) => {
      const opened = await worker.open(profile, topic, login);
      if (this.#shape) {
        await this.#needFiles(worker, this.#shape);
        await worker.request('shape', this.#shape);
      }
      return opened;
    });
    // Whoever waits gets the reason, and the next one who asks a worker that tries anew.
    this.#opened.catch(() => {
      worker.dispose();
      if (this.#worker === worker) this.#worker = null;
    });
  }

  async #ready(): Promise<PanelInit> {
    const { profile, topic, restored } = this.#spec;
    // A cluster that could not be reached before is tried anew when the page asks anew.
    this.#open();
    const opened = await (this.#opened ?? Promise.reject(new Error(l10n.t('The page was closed.'))));
    return {
      cluster: {
        id: profile.id,
        name: profile.name,
        ...(profile.colour === undefined ? {} : { colour: profile.colour }),
      },
      topic,
      ...opened,
      read: this.#read,
      autoStart: this.#status === null,
      live: this.#status,
      memory: this.#status ? null : (restored?.memory ?? null),
      presets: this.#parts.presets.of(profile.id, topic),
      view: this.#parts.views.of(profile.id, topic),
      linked: this.#spec.view ?? null,
    };
  }

  #ended(reason: string): void {
    this.#worker = null;
    if (!this.#status) return;
    this.#status = { ...this.#status, state: 'failed', problems: [reason], connection: null };
    this.#page.emit('status', { status: this.#status, rows: null });
  }

  #close(): void {
    this.#worker?.dispose();
    this.#worker = null;
  }
}
