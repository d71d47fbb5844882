import { rowView, type Look, type RowSort, type RowsOfView, type RowView } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';
import { RowCache } from './rowCache.ts';
import { LEAST_ROW_HEIGHT } from './rowWindow.ts';

/** Rows known above and below those in view, for a person who scrolls while the next list is put together. */
const AROUND = 50;

/** The grid, as far as rows are concerned. Positions count from the top of the list. */
export interface RowList {
  /** The first row in view, and how many there are in it. */
  readonly top: number;
  readonly page: number;
  /** Nothing is scrolled away. */
  readonly atTop: boolean;
  /** Resolves when the list that comes next can be drawn. */
  prepare(list: { count: number; cache: RowCache }): Promise<void>;
  /** Draws another list, scrolled by so many rows more than the last one. */
  replace(list: { count: number; cache: RowCache; by: number; anchor: number }): void;
  showAt(position: number): void;
}

/** The rows that stand at [from, to) of a view: whatever comes in between later is not among them. */
export interface RowChoice {
  from: number;
  to: number;
  view: RowView | null;
}

/** What an {@link OrderedRows} is told and asks. */
export interface RowsOfPage {
  rpc: Pick<RpcClient<MessagesPanelContract>, 'request'>;
  list: () => RowList | null;
  sort: () => RowSort | null;
  /** The newest row stays in view. */
  stick: () => boolean;
  changed: () => void;
  failed: (error: unknown) => void;
  /** The rows that were asked for by `show` stand in the list. */
  shown: () => void;
}

/**
 * The rows as they are drawn. In the order of arrival the list only grows. In any other order rows come in anywhere: the
 * next list is put together out of sight, as an order over the rows there are by then, and replaces the one that is drawn
 * in one step, so that the row at the top, the chosen one and the scrollbar's meaning stay what they are.
 * Rows are chosen by their index, which is theirs in every order; a position is where a row stands in this one.
 */
export class OrderedRows {
  readonly #page: RowsOfPage;
  /** Rows drawn. */
  count = 0;
  /** Position of the chosen row; -1: none. */
  selected = -1;
  view: RowView | null = null;
  /** null: no row is chosen. */
  choice: RowChoice | null = null;
  cache: RowCache;
  #chosen = -1;
  #anchor = -1;
  #came = 0;
  /** Rows of the next list that need not be asked for. */
  #brought: RowsOfView | null = null;
  #partitions = 0;
  /** Index of a row that has to be brought to the top, or is held there though nothing is scrolled away. */
  #show: number | null = null;
  #held = false;
  #stale = false;
  #drawing = false;
  #generation = 0;

  constructor(page: RowsOfPage) {
    this.#page = page;
    this.cache = this.#cacheOf(null);
  }

  /** What is looked at; in a view of at most so many px as long as none is drawn. */
  look(height: number): Look {
    const newest = this.#page.stick();
    const page = (this.#page.list()?.page || Math.ceil(height / LEAST_ROW_HEIGHT)) + 1;
    return { rows: newest ? page : page + AROUND, sort: this.#page.sort(), newest };
  }

  /**
   * So many rows have come, from a topic of so many partitions, and with them some of the list that they make. True: it is
   * being put together, and `changed` tells when it can be drawn.
   */
  came(count: number, partitions: number, rows: RowsOfView | null = null): boolean {
    // In the order of arrival they stand where they stand in every list.
    if (rows?.view === null && this.view === null) this.cache.put(rows.from, rows.rows);
    else if (rows !== null) this.#brought = rows;
    if (count === this.#came && partitions === this.#partitions) return false;
    this.#came = count;
    this.#partitions = partitions;
    // Where nothing in view changes the list only grows; the newest rows are known before they are drawn.
    const grows = this.view === null && this.#viewOf(count) === null && !this.#page.stick();
    if (grows) this.count = count;
    return !grows && this.#draw();
  }

  /** Nothing has come yet. */
  restart(): void {
    this.#generation++;
    this.#came = this.count = 0;
    this.selected = this.#chosen = this.#anchor = -1;
    this.choice = null;
    this.#show = this.#brought = null;
    this.#held = false;
    this.view = this.#viewOf(0);
    this.cache = this.#cacheOf(this.view);
  }

  /** Another order: other rows stand between the chosen ones. The last of them stays chosen and comes into view. */
  reorder(): void {
    this.#generation++;
    this.#anchor = this.#chosen;
    if (this.#chosen >= 0) this.#show = this.#chosen;
    this.#draw();
  }

  /** Rows in the same places, read anew. */
  reread(): void {
    this.#generation++;
    this.cache = this.#cacheOf(this.view);
    this.#brought = null;
    this.#draw();
  }

  /** A person scrolls: where nothing is scrolled away, the top of the list is what is looked at. */
  release(): void {
    this.#held = false;
  }

  /** The row at this position is chosen. `anchor`: where the choice of several began. Tells its index; undefined: it is gone. */
  async select(position: number, anchor = position): Promise<number | undefined> {
    this.selected = position;
    const generation = this.#generation;
    const choice = { from: Math.min(position, anchor), to: Math.max(position, anchor) + 1, view: this.view };
    const [chosen, from] = await Promise.all([this.#indexAt(position), this.#indexAt(anchor)]);
    if (chosen === undefined || generation !== this.#generation) return undefined;
    this.#chosen = chosen;
    this.#anchor = from ?? chosen;
    this.choice = choice;
    // Another list was drawn meanwhile, with the row that was chosen before.
    if (choice.view !== this.view) this.#draw();
    return chosen;
  }

  /** Brings a row to the top and chooses another, by their indexes; -1: none. */
  show(top: number, chosen: number): void {
    this.#chosen = this.#anchor = chosen;
    this.#show = top;
    this.#draw();
  }

  /** False: the last list is not drawn yet. */
  #draw(): boolean {
    this.#stale = true;
    if (this.#drawing) return false;
    this.#drawing = true;
    void this.#drawAll().finally(() => (this.#drawing = false));
    return true;
  }

  async #drawAll(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      try {
        await this.#drawNext(this.#generation);
      } catch (error) {
        this.#page.failed(error);
      }
    }
  }

  async #drawNext(generation: number): Promise<void> {
    const list = this.#page.list();
    const count = this.#came;
    const view = this.#viewOf(count);
    const show = this.#show;
    const before = list?.top ?? 0;
    const stick = this.#page.stick();
    const loose = stick || ((list?.atTop ?? true) && !this.#held);
    const stay = loose ? -1 : (this.cache.get(before)?.index ?? -1);
    const asked = [show ?? stay, this.#chosen, this.#anchor];
    const named = asked.some((index) => index >= 0);
    const [top = -1, selected = -1, anchor = -1] =
      view === null || !named ? asked : await this.#page.rpc.request('positions', { rows: asked, view });
    const page = list?.page ?? 0;
    const newest = view?.newestFirst ? 0 : Math.max(0, count - page);
    const first = top >= 0 ? top : stick ? newest : before;
    const cache = view === null && this.view === null ? this.cache : this.#cacheOf(view);
    const brought = this.#brought;
    if (brought && sameView(brought.view, view)) cache.put(brought.from, brought.rows);
    const around = stick ? 0 : AROUND;
    await cache.fill(first - around, first + page + 1 + around, count);
    await list?.prepare({ count, cache });
    // Another order, or another reading: what was put together is of no use.
    if (generation !== this.#generation) return void (this.#stale = true);
    this.count = count;
    this.view = view;
    this.cache = cache;
    const same = this.#chosen === asked[1];
    this.selected = same ? selected : (cache.positionOf(this.#chosen) ?? -1);
    if (!same) this.#stale = true;
    if (this.#anchor === this.#chosen)
      this.choice = this.selected < 0 ? null : { from: this.selected, to: this.selected + 1, view };
    const by = show === null && top >= 0 ? top - before : 0;
    // The page is drawn before its list, which measures when it moves.
    this.#page.changed();
    list?.replace({ count, cache, by, anchor });
    if (show !== null && this.#show === show) {
      this.#show = null;
      this.#held = top >= 0;
      if (top >= 0) list?.showAt(top);
      this.#page.shown();
    }
  }

  /** null: the order in which rows came. Within a partition that is the order of its log, and no other is needed. */
  #viewOf(of: number): RowView | null {
    return rowView(this.#page.sort(), this.#partitions, of);
  }

  async #indexAt(position: number): Promise<number | undefined> {
    if (this.view === null) return position;
    const { view } = this;
    const known = this.cache.get(position);
    return (known ?? (await this.#page.rpc.request('rows', { from: position, count: 1, view }))[0])?.index;
  }

  #cacheOf(view: RowView | null): RowCache {
    const cache: RowCache = new RowCache(
      (from, count) => this.#page.rpc.request('rows', { from, count, view }),
      () => cache === this.cache && this.#page.changed(),
      (error) => cache === this.cache && this.#page.failed(error),
    );
    return cache;
  }
}

function sameView(a: RowView | null, b: RowView | null): boolean {
  return a?.by === b?.by && a?.newestFirst === b?.newestFirst && a?.of === b?.of;
}
