import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import type { FilterFailure, FilterSpec, Formats, JsonPath, ReadSpec, RowSort } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract, PageMemory, PanelInit, RowPlace } from '../../src/shared/messagesPanel.ts';
import { oneLine } from '../../src/shared/visible.ts';
import { RpcClient } from '../components/rpc.ts';
import { ChosenRecord } from './chosenRecord.ts';
import './detailPane.ts';
import { emptyText } from './emptyText.ts';
import './failureList.ts';
import './filterBox.ts';
import { GoTo } from './goTo.ts';
import './jsonTree.ts';
import { PageActions } from './pageActions.ts';
import { pageStyles } from './pageStyles.ts';
import './pageTools.ts';
import './rangeControls.ts';
import './rangePreview.ts';
import { draftOf, markDraft, readOf, spanDraft, type ReadDraft } from './readDraft.ts';
import { OrderedRows } from './orderedRows.ts';
import './paneSplitter.ts';
import { NewestRows, newRows } from './newestRows.ts';
import type { FindPlace } from './positionText.ts';
import { Reading } from './reading.ts';
import { problemLines } from './problemLines.ts';
import { RecordsView } from './recordsView.ts';
import './recordGrid.ts';
import type { RecordGrid } from './recordGrid.ts';
import { refused } from './refused.ts';
import { ReturnTo } from './returnTo.ts';
import { SavedSetups } from './savedSetups.ts';
import { Remembering } from './remembering.ts';
import { Standings } from './standings.ts';
import { statusLine } from './statusLine.ts';
import './timelineBar.ts';
import type { MarkSource } from './timelineMarks.ts';

/** The whole page: what is asked above, the grid, how far it is, and the chosen record below. */
export class MessagesPage extends LitElement {
  static override styles = pageStyles;
  readonly #rpc = new RpcClient<MessagesPanelContract>();
  readonly #reading = new Reading(
    this.#rpc,
    () => this.#changed(),
    () => this.#restarted(),
  );
  readonly #rows = new OrderedRows({
    rpc: this.#rpc,
    list: () => this.#grid,
    sort: () => this.#view.sort,
    stick: () => this.#newest.stick,
    changed: () => this.#drawn(),
    failed: (error) => this.#reading.refused(error),
  });
  readonly #actions = new PageActions(
    this.#rpc,
    this.#reading,
    () => this.#reading.read ?? this.#init?.read ?? null,
    () => ({ count: this.#rows.count, view: this.#rows.view, chosen: this.#rows.choice }),
  );
  readonly #view = new RecordsView(this.#rpc, (reshaped) => this.#viewChanged(reshaped));
  #init: PanelInit | null = null;
  #failure: string | null = null;
  #draft: ReadDraft | null = null;
  #preview: ReadDraft | null = null;
  #filter: FilterSpec | null = null;
  #utc = false;
  readonly #chosen = new ChosenRecord(this.#rpc, () => this.#set(() => undefined));
  readonly #goto = new GoTo(
    (place) => this.#goTo(place),
    () => this.#gotoChanged(),
  );
  #failures: FilterFailure[] | null = null;
  readonly #newest = new NewestRows();
  readonly #remembering = new Remembering(
    () => this.#memory(),
    (memory) => (this.#rpc.state = memory),
  );
  readonly #check = (filter: FilterSpec, signal: AbortSignal) =>
    this.#rpc.request('checkFilter', this.#view.filtered(filter), signal);
  readonly #timeline = () =>
    this.#rpc
      .request('timeline', { from: null, to: null, buckets: 120, partitions: [] })
      .finally(() => void this.#standings.ask());
  readonly #resolve = (read: ReadSpec, signal: AbortSignal) => this.#rpc.request('resolve', read, signal);
  readonly #saved = new SavedSetups(this.#rpc, () => this.requestUpdate());
  readonly #standings = new Standings(this.#rpc, () => this.requestUpdate());
  readonly #returning = new ReturnTo(this.#rpc);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', (event) => this.#key(event));
    void this.#open();
  }

  async #open(): Promise<void> {
    this.#set(() => (this.#failure = null));
    try {
      const init = await this.#rpc.request('ready', {});
      this.#init = init;
      this.#saved.list = init.presets;
      const { memory } = init;
      this.#utc = memory?.utc ?? false;
      if (init.view) await this.#view.restore(init.view);
      if (memory) await this.#view.show(memory.columns);
      await this.#use(init.read);
      if (init.live) this.#reading.adopt(init.read, init.live);
      else if (memory || init.autoStart) void this.#start(memory?.offsets ?? null);
      else this.#preview = this.#draft;
      if (memory) {
        this.#newest.stick = false;
        this.#returning.wanted = memory;
      }
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  }

  override render() {
    const init = this.#init;
    if (this.#failure !== null) return refused(this.#failure, () => void this.#open());
    if (!init || !this.#draft)
      return html`<div class="page">
        <vscode-progress-ring aria-label=${l10n.t('Loading')}></vscode-progress-ring>
      </div>`;
    const { status, count, refusal } = this.#reading;
    const fresh = this.#newest.fresh(status, count, this.#grid?.page ?? 0);
    return html`<main class="page">
      <div class="title">
        <h1>${init.topic}</h1>
        <span class="muted">${oneLine(init.cluster.name)} · ${l10n.t('reads without a group, commits nothing')}</span>
        <span class="space"></span>
        <page-tools
          .columns=${this.#view.columns}
          .shown=${this.#view.shown}
          .formats=${this.#view.formats}
          .files=${this.#view.files}
          @files=${() => void this.#reading.ask(() => this.#view.readFiles())}
          .utc=${this.#utc}
          .presets=${this.#saved.list}
          .actions=${this.#actions}
          @utc=${() => this.#set(() => (this.#utc = !this.#utc))}
          @columns=${(e: CustomEvent<{ ids: string[] }>) => void this.#view.show(e.detail.ids)}
          @formats=${(e: CustomEvent<Formats>) => void this.#view.readAs(e.detail)}
          @path=${(e: CustomEvent<JsonPath>) => void this.#view.addPath(e.detail)}
          @save=${(e: CustomEvent<{ name: string }>) => this.#save(e.detail.name)}
          @preset=${(e: CustomEvent<{ name: string }>) => void this.#usePreset(e.detail.name)}
          @forget=${(e: CustomEvent<{ name: string }>) => void this.#saved.forget(e.detail.name)}
        ></page-tools>
      </div>
      <range-controls
        .draft=${this.#draft}
        .partitions=${init.partitions}
        .groups=${init.groups}
        .starts=${this.#standings.dapr}
        .state=${status.state}
        @draft=${(e: CustomEvent<{ draft: ReadDraft }>) => this.#set(() => (this.#preview = this.#draft = e.detail.draft))}
        @start=${() => void this.#start()}
        @pause=${() => void this.#reading.pause()}
        @resume=${() => void this.#reading.resume()}
        @stop=${() => void this.#reading.stop()}
        @clear=${() => void this.#reading.clear()}
      ></range-controls>
      <range-preview .draft=${this.#preview} .resolve=${this.#resolve}></range-preview>
      <filter-box
        .filter=${this.#filter}
        .check=${this.#check}
        @edit=${(e: CustomEvent<{ filter: FilterSpec | null }>) => (this.#filter = e.detail.filter)}
        @apply=${() => void this.#start()}
      ></filter-box>
      <timeline-bar
        .load=${this.#timeline}
        .utc=${this.#utc}
        .sources=${this.#standings.marks}
        .unknown=${this.#standings.problems}
        @mark=${(e: CustomEvent<{ source: MarkSource }>) => void this.#startAt(markDraft(e.detail.source))}
        @span=${(e: CustomEvent<{ start: number; end: number }>) => void this.#startAt(spanDraft(e.detail))}
      ></timeline-bar>
      ${problemLines(status, refusal, {
        again: () => void this.#start(),
        fromEarliest: () => void this.#startAt({ startKind: 'earliest', startText: '' }),
      })}
      <div class="data">
        <record-grid
          .count=${this.#rows.count}
          .columns=${this.#view.shown}
          .widths=${this.#view.widths}
          .utc=${this.#utc}
          .selected=${this.#rows.selected}
          .chosenOf=${this.#rows.choice?.view?.of ?? Infinity}
          .stick=${this.#newest.stick}
          .sort=${this.#view.sort}
          .newestFirst=${this.#rows.view?.newestFirst ?? false}
          .cache=${this.#rows.cache}
          @select=${(e: CustomEvent<{ index: number; anchor: number }>) => void this.#select(e.detail)}
          @sort=${(e: CustomEvent<RowSort | null>) => this.#sort(e.detail)}
          @open=${() => void this.#chosen.show()}
          @resized=${(e: CustomEvent<{ id: string; width: number }>) => this.#view.resized(e.detail.id, e.detail.width)}
          @newest=${(e: CustomEvent<{ atNewest: boolean }>) => this.#look(e.detail.atNewest)}
        ></record-grid>
        ${count === 0 ? this.#empty() : nothing} ${this.#goto.render()}
        ${newRows(fresh, this.#rows.view?.newestFirst ?? false, () => this.#look(true))}
      </div>
      ${statusLine(status, () => void this.#showFailures())}
      ${
        this.#failures === null
          ? nothing
          : html`<failure-list
              .failures=${this.#failures}
              @close=${() => this.#set(() => (this.#failures = null))}
            ></failure-list>`
      }
      ${this.#chosen.open ? this.#pane() : nothing}
    </main>`;
  }

  #empty() {
    const { text, earliest } = emptyText(this.#init?.topic ?? '', this.#reading.status, this.#reading.read);
    return html`<div class="empty">
      <p class="muted" role="status">${text}</p>
      ${
        earliest
          ? html`<vscode-button @click=${() => void this.#startAt({ startKind: 'earliest', startText: '' })}
              >${l10n.t('Read from earliest')}</vscode-button
            >`
          : nothing
      }
    </div>`;
  }

  async #goTo(place: FindPlace): Promise<boolean> {
    let found = false;
    await this.#reading.ask(async () => {
      const row = await this.#rpc.request('find', { place, view: this.#rows.view });
      if (row === null) return;
      found = true;
      this.#newest.stick = false;
      this.#rows.show(row.index, row.index);
      await this.#chosen.choose(row.index);
    });
    return found;
  }

  #gotoChanged(): void {
    this.requestUpdate();
    if (!this.#goto.open) this.#grid?.focus();
  }

  #pane() {
    return html`<pane-splitter></pane-splitter>
      <detail-pane
        .detail=${this.#chosen.detail}
        .problem=${this.#chosen.problem}
        .utc=${this.#utc}
        .comparing=${this.#chosen.kept?.name ?? ''}
        .actions=${this.#chosen}
        .topic=${this.#init?.topic ?? ''}
        @column=${(e: CustomEvent<JsonPath>) => void this.#view.addPath(e.detail)}
      ></detail-pane>`;
  }

  async #start(from: Record<number, number> | null = null): Promise<void> {
    if (!this.#draft) return;
    const range = readOf(this.#draft, Date.now());
    if (!('start' in range)) return;
    const read: ReadSpec = { ...range, filter: this.#filter && this.#view.filtered(this.#filter) };
    this.#preview = null;
    this.#newest.begin(read);
    await this.#reading.start(read, from);
  }

  async #startAt(change: Partial<ReadDraft>): Promise<void> {
    if (this.#draft) this.#draft = { ...this.#draft, ...change };
    await this.#start();
  }

  async #use(read: ReadSpec): Promise<void> {
    this.#draft = draftOf(read);
    this.#filter = read.filter;
    if (read.filter?.formats) await this.#view.readAs(read.filter.formats);
  }

  #viewChanged(reshaped: boolean): void {
    if (reshaped) {
      this.#rows.reread();
      void this.#chosen.reload();
    }
    this.#set(() => undefined);
  }

  #restarted(): void {
    this.#rows.restart();
    this.#chosen.forget();
    this.#failures = null;
  }

  #changed(): void {
    this.#newest.told(this.#reading.status, this.#reading.count);
    this.#rows.came(this.#reading.count, this.#reading.status.ranges.length);
    if (this.#returning.wanted && this.#reading.count > 0) void this.#return();
    this.#remembering.soon();
    this.requestUpdate();
  }

  async #return(): Promise<void> {
    const found = await this.#returning.look();
    if (!found) return;
    this.#chosen.index = found.chosen;
    this.#rows.show(found.top, found.chosen);
    this.requestUpdate();
  }

  #placeOf(position: number): RowPlace | null {
    const row = this.#rows.cache.get(position);
    return row ? { partition: row.partition, offset: row.offset } : null;
  }

  #set(change: () => void): void {
    change();
    this.#remembering.soon();
    this.requestUpdate();
  }

  #memory(): PageMemory | null {
    const { read, offsets } = this.#reading;
    const init = this.#init;
    if (!init || !read) return null;
    return {
      clusterId: init.cluster.id,
      topic: init.topic,
      read,
      offsets,
      top: this.#returning.wanted?.top ?? this.#placeOf(this.#grid?.top ?? 0),
      chosen: this.#returning.wanted?.chosen ?? this.#placeOf(this.#rows.selected),
      utc: this.#utc,
      columns: this.#view.shown.map((c) => c.id),
    };
  }

  async #select({ index, anchor }: { index: number; anchor: number }): Promise<void> {
    const chosen = this.#rows.select(index, anchor);
    this.requestUpdate();
    const row = await chosen;
    if (row !== undefined) await this.#chosen.choose(row);
  }

  #sort(sort: RowSort | null): void {
    this.#view.sortBy(sort);
    this.#rows.reorder();
  }

  /** The grid has to show what the rows are now. */
  #drawn(): void {
    this.#grid?.requestUpdate();
    this.#set(() => undefined);
  }

  #look(atNewest: boolean): void {
    this.#rows.release();
    if (atNewest === this.#newest.stick) return;
    const follows = this.#reading.read?.end.kind === 'follow';
    this.#newest.look(atNewest && follows, this.#reading.count);
    this.#set(() => undefined);
  }

  async #showFailures(): Promise<void> {
    await this.#reading.ask(async () => (this.#failures = await this.#rpc.request('failures', {})));
  }

  #save(name: string): void {
    const read = this.#reading.read ?? this.#init?.read;
    if (read) void this.#saved.save({ name, read, ...this.#view.setup });
  }

  async #usePreset(name: string): Promise<void> {
    const preset = this.#saved.get(name);
    if (!preset) return;
    await this.#use(preset.read);
    await this.#view.use(preset);
    await this.#start();
  }

  #key(event: KeyboardEvent): void {
    const target = event.composedPath()[0];
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') this.renderRoot.querySelector<HTMLElement>('filter-box')?.focus();
    else if (event.key === 'g') this.#goto.ask();
    else if (event.key === 'Escape' && this.#chosen.open) this.#chosen.hide();
    else return;
    event.preventDefault();
  }

  get #grid(): RecordGrid | null {
    return this.renderRoot.querySelector<RecordGrid>('record-grid');
  }
}

customElements.define('messages-page', MessagesPage);
