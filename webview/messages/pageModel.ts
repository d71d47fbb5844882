import type { FilterFailure, FilterSpec, ReadSpec, RowSort, RowsOfView } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract, PageMemory, PanelInit, RowPlace } from '../../src/shared/messagesPanel.ts';
import { RpcClient } from '../components/rpc.ts';
import { type LoadTimeline, timelineOver } from './timelineQuestion.ts';
import { Asked } from './asked.ts';
import { ChosenRecord } from './chosenRecord.ts';
import { GoTo } from './goTo.ts';
import { Looking } from './looking.ts';
import { NewestRows } from './newestRows.ts';
import { OrderedRows, type RowList } from './orderedRows.ts';
import { PageActions } from './pageActions.ts';
import type { FindPlace } from './positionText.ts';
import { placeDraft, type ReadDraft } from './readDraft.ts';
import { Reading } from './reading.ts';
import { RecordsView } from './recordsView.ts';
import { Remembering } from './remembering.ts';
import { ReturnTo } from './returnTo.ts';
import { SavedSetups } from './savedSetups.ts';
import { Standings } from './standings.ts';

/** The grid, as far as the page tells it something. */
export interface Grid extends RowList {
  focus(): void;
  requestUpdate(): void;
}

/** The state of the page: what is asked, what is read, what is looked at. Calls `changed` whenever it is to be drawn anew. */
export class PageModel {
  readonly #grid: () => Grid | null;
  readonly #draw: () => void;
  readonly #rpc = new RpcClient<MessagesPanelContract>();
  readonly asked = new Asked();
  readonly reading = new Reading(
    this.#rpc,
    (rows) => this.#changed(rows),
    () => this.#restarted(),
  );
  readonly rows = new OrderedRows({
    rpc: this.#rpc,
    list: () => this.#grid(),
    sort: () => this.view.sort,
    stick: () => this.newest.stick,
    changed: () => this.#drawn(),
    failed: (error) => this.reading.refused(error),
    // A page that is hidden right after a jump would be back where it was before.
    shown: () => this.#remembering.now(),
  });
  readonly actions = new PageActions(
    this.#rpc,
    this.reading,
    () => this.reading.read ?? this.init?.read ?? null,
    () => ({ count: this.rows.count, view: this.rows.view, chosen: this.rows.choice }),
    () => this.view.setup,
  );
  readonly view = new RecordsView(this.#rpc, (reshaped) => this.#viewChanged(reshaped));
  readonly chosen = new ChosenRecord(
    this.#rpc,
    () => this.#chosenChanged(),
    () => this.#grid()?.focus(),
  );
  readonly goto = new GoTo(
    (place) => this.#goTo(place),
    (place) => this.asked.draft && void this.startAt(placeDraft(place, this.asked.draft)),
    () => this.#gotoChanged(),
  );
  readonly newest = new NewestRows();
  readonly saved = new SavedSetups(this.#rpc, () => this.#draw());
  readonly standings = new Standings(this.#rpc, () => this.#draw());
  readonly #looking = new Looking(this.#rpc);
  readonly #returning = new ReturnTo(this.#rpc);
  readonly #remembering = new Remembering(
    () => this.#memory(),
    (memory) => (this.#rpc.state = memory),
  );
  init: PanelInit | null = null;
  /** Partition numbers of the topic. */
  partitions: number[] = [];
  /** Why the page could not be opened. */
  failure: string | null = null;
  utc = false;
  /** ms; of the newest message, as the timeline tells. null: not known, or there is none. */
  newestTime: number | null = null;
  failures: FilterFailure[] | null = null;
  /** Counts the topics there were of this name while the page was open: each has a timeline of its own. */
  era = 0;
  /** What a filter is tried on: the first row, else the newest message of the topic. Another text: another one, or read otherwise. */
  sample = '';
  /** Counts the lists of rows there were. */
  #lists = 0;
  #gone = this.reading.status.gone;

  readonly check = (filter: FilterSpec, signal: AbortSignal) =>
    this.#rpc.request('checkFilter', this.view.filtered(filter), signal);
  readonly resolve = (read: ReadSpec, signal: AbortSignal) => this.#rpc.request('resolve', read, signal);
  readonly #timeline = timelineOver(this.#rpc);
  readonly timeline: LoadTimeline = async (query, signal, onPart) => {
    const told = await this.#timeline(query, signal, onPart).finally(() => {
      const standings = this.standings.ask();
      // Bars and marks change at once, and the brokers rest from both.
      return query.again ? standings : undefined;
    });
    if (query.range !== null) return told;
    // A topic made anew may have others.
    if (told.problems.length === 0 && told.partitions.length > 0) this.partitions = told.partitions;
    this.newestTime = told.buckets.length === 0 ? null : told.to - 1;
    this.#draw();
    return told;
  };

  constructor(grid: () => Grid | null, changed: () => void) {
    this.#grid = grid;
    this.#draw = changed;
  }

  async open(): Promise<void> {
    this.set(() => (this.failure = null));
    try {
      const init = await this.#rpc.request('ready', {});
      this.init = init;
      this.partitions = init.partitions;
      this.saved.list = init.presets;
      // Hidden and drawn anew, it has kept for itself what a reload of the window hands back.
      const memory = init.memory ?? (init.live ? (this.#rpc.state as PageMemory | undefined) : null);
      const read = memory?.read ?? init.read;
      this.utc = memory?.utc ?? false;
      if (init.view) await this.view.restore(init.view);
      await this.#use(read);
      const shown = memory?.view ?? init.linked;
      if (shown) await this.view.take(shown);
      const cleared = memory?.cleared ?? false;
      if (init.live) this.reading.adopt(read, init.live, cleared);
      else if (memory || init.autoStart) void this.start(memory?.offsets ?? null, cleared);
      else this.asked.preview = this.asked.draft;
      if (memory) this.#comeBack(memory);
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.#draw();
  }

  #comeBack({ atNewest, top, chosen, detail }: PageMemory): void {
    this.newest.stick = atNewest;
    this.#returning.wanted = { top: atNewest ? null : top, chosen, detail };
    this.#changed(null);
  }

  /** Draws what was changed, and keeps it. */
  set(change: () => void): void {
    change();
    this.#remembering.soon();
    this.#draw();
  }

  /** As {@link Reading.start}, for what is asked now. */
  async start(from: Record<number, number> | null = null, cleared = false): Promise<void> {
    const range = this.asked.range();
    if (!range) return;
    const { filter } = this.asked;
    const read: ReadSpec = { ...range, filter: filter && this.view.filtered(filter) };
    this.newest.begin(read);
    this.#returning.wanted = null;
    const started = this.reading.start(read, from, cleared);
    this.#remembering.now();
    await started;
  }

  async startAt(change: Partial<ReadDraft>): Promise<void> {
    this.asked.change(change);
    await this.start();
  }

  async select({ index, anchor }: { index: number; anchor: number }): Promise<void> {
    this.#returning.wanted = null;
    const chosen = this.rows.select(index, anchor);
    this.#draw();
    const row = await chosen;
    if (row !== undefined) await this.chosen.choose(row);
  }

  sort(sort: RowSort | null): void {
    this.view.sortBy(sort);
    this.rows.reorder();
  }

  /** A person looks at the newest row, or away from it. */
  look(atNewest: boolean): void {
    this.rows.release();
    if (atNewest === this.newest.stick) return;
    const follows = this.reading.read?.end.kind === 'follow';
    this.newest.look(atNewest && follows, this.reading.count);
    this.set(() => undefined);
  }

  async showFailures(): Promise<void> {
    await this.reading.ask(async () => (this.failures = await this.#rpc.request('failures', {})));
  }

  save(name: string): void {
    const read = this.reading.read ?? this.init?.read;
    if (read) void this.reading.ask(() => this.saved.save({ name, read, ...this.view.setup }));
  }

  async usePreset(name: string): Promise<void> {
    const preset = this.saved.get(name);
    if (!preset) return;
    // A reader that has ended cannot be told how to show rows; the next one, which the start begins, is.
    await this.reading.ask(async () => {
      await this.#use(preset.read);
      await this.view.use(preset);
    });
    await this.start();
  }

  async #use(read: ReadSpec): Promise<void> {
    this.asked.take(read);
    if (read.filter?.formats) await this.view.readAs(read.filter.formats);
  }

  async #goTo(place: FindPlace): Promise<boolean> {
    let found = false;
    await this.reading.ask(async () => {
      const row = await this.#rpc.request('find', { place, view: this.rows.view });
      if (row === null) return;
      found = true;
      this.newest.stick = false;
      this.#returning.wanted = null;
      this.rows.show(row.index, row.index);
      await this.chosen.choose(row.index);
    });
    return found;
  }

  /** The page may be hidden, and with that ended, right after. */
  #chosenChanged(): void {
    this.#remembering.now();
    this.#draw();
  }

  #gotoChanged(): void {
    this.#draw();
    if (!this.goto.open) this.#grid()?.focus();
  }

  /** The reader may still have the rows of before while it is told to begin anew. */
  #sampled(): void {
    const { status, count } = this.reading;
    if (status.state !== 'resolving')
      this.sample = JSON.stringify([this.era, this.#lists, count > 0, this.view.formats]);
  }

  #viewChanged(reshaped: boolean): void {
    this.#sampled();
    if (reshaped) {
      this.rows.reread();
      void this.chosen.reload();
    }
    this.set(() => undefined);
  }

  #restarted(): void {
    this.#lists++;
    this.rows.restart();
    this.#looking.forget();
    this.chosen.forget();
    this.failures = null;
  }

  #changed(rows: RowsOfView | null): void {
    const { gone } = this.reading.status;
    if (gone !== this.#gone) this.era++;
    this.#gone = gone;
    this.#sampled();
    this.newest.told(this.reading.status, this.reading.count);
    this.#looking.at(this.rows.look(window.innerHeight));
    const coming = this.rows.came(this.reading.count, this.reading.status.ranges.length, rows);
    if (this.#returning.wanted && this.reading.count > 0) void this.#return();
    // The count and its rows are drawn in one frame.
    if (!coming) this.set(() => undefined);
  }

  /** The grid has to show what the rows are now. */
  #drawn(): void {
    this.set(() => undefined);
    this.#grid()?.requestUpdate();
  }

  async #return(): Promise<void> {
    const found = await this.#returning.look();
    if (!found) return;
    this.chosen.index = found.chosen;
    this.rows.show(found.top, found.chosen);
    this.#draw();
    if (found.detail) await this.chosen.show();
  }

  #placeOf(position: number): RowPlace | null {
    const row = this.rows.cache.get(position);
    return row ? { partition: row.partition, offset: row.offset } : null;
  }

  #memory(): PageMemory | null {
    const { read, offsets, cleared } = this.reading;
    const { init } = this;
    if (!init || !read) return null;
    const { wanted } = this.#returning;
    const atNewest = this.newest.stick;
    return {
      clusterId: init.cluster.id,
      topic: init.topic,
      read,
      offsets,
      cleared,
      top: wanted ? wanted.top : atNewest ? null : this.#placeOf(this.#grid()?.top ?? 0),
      chosen: wanted ? wanted.chosen : this.#placeOf(this.rows.selected),
      atNewest,
      detail: wanted ? wanted.detail : this.chosen.open,
      utc: this.utc,
      view: this.view.setup,
    };
  }
}
