import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing, type PropertyValues } from 'lit';
import type { RowSort } from '../../src/shared/messagesPage.ts';
import type { Column } from './columns.ts';
import { GridColumns } from './gridColumns.ts';
import type { DrawnRow, Drawing } from './gridRows.ts';
import { gridStyles } from './gridStyles.ts';
import type { RowCache } from './rowCache.ts';
import { RowSheets } from './rowSheets.ts';
import {
  LEAST_ROW_HEIGHT,
  type RowStack,
  type RowWindow,
  maxOffset,
  offsetToReveal,
  rowHeight,
  rowWindow,
  scrollHeight,
  scrollScale,
} from './rowWindow.ts';

/** px; stays at the top while the rows scroll. As in gridStyles.ts. */
const HEADER_HEIGHT = 23;

/**
 * The grid of records: draws the rows that are visible and asks the cache for them. Rows stand on a layer that does not
 * scroll, so that a list of any length can be shown. Tells `select` {index, anchor}, `open`, `copyrows`, `newest` {atNewest}, `sort`
 * and `resized` {id, width in px}.
 */
export class RecordGrid extends LitElement {
  static override styles = gridStyles;
  static override properties = {
    count: { type: Number },
    columns: { attribute: false },
    widths: { attribute: false },
    utc: { type: Boolean },
    selected: { type: Number },
    chosenOf: { type: Number },
    stick: { type: Boolean },
    newestFirst: { type: Boolean },
    sort: { attribute: false },
  };

  declare count: number;
  declare columns: Column[];
  /** px of the columns that a person resized, by id. */
  declare widths: Readonly<Record<string, number>>;
  declare utc: boolean;
  /** Index of the selected row; -1: none. */
  declare selected: number;
  /** Rows of this index and above came after the choice: they are not chosen, though they stand within it. */
  declare chosenOf: number;
  /** Keep the newest row in view. */
  declare stick: boolean;
  cache: RowCache | undefined;
  /** The newest rows are at the top. */
  declare newestFirst: boolean;
  declare sort: RowSort | null;
  /** Where a choice of several rows began; it ends at the selected one. */
  #anchor = -1;

  #offset = 0;
  #view = 0;
  /** px; follows the font. */
  #row = LEAST_ROW_HEIGHT;
  /** Where the scrollbar was put by us: a scroll event that says the same is only its echo. */
  #placed = -1;
  /** The rows were moved by other means than the scrollbar, which has to follow. */
  #moved = false;
  #sheets: RowSheets | undefined;
  /** The row on which the mouse went down. */
  #pressed: number | undefined;
  readonly #columns = new GridColumns(
    () => this.#grid,
    (id, width) => this.#tell('resized', { id, width }),
  );
  readonly #resize = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.count = 0;
    this.columns = [];
    this.widths = {};
    this.utc = false;
    this.selected = -1;
    this.chosenOf = Infinity;
    this.stick = false;
    this.newestFirst = false;
    this.sort = null;
  }

  /** Index of the first row in view. */
  get top(): number {
    return this.#window.first;
  }

  /** Rows that fit into the view. */
  get page(): number {
    return Math.ceil(this.#view / this.#row);
  }

  get atTop(): boolean {
    return this.#offset === 0;
  }

  /** Where the chosen rows stand, [from, to); null: none are. */
  get #range(): { from: number; to: number } | null {
    if (this.selected < 0) return null;
    const anchor = this.#anchor < 0 || this.#anchor >= this.count ? this.selected : this.#anchor;
    return { from: Math.min(anchor, this.selected), to: Math.max(anchor, this.selected) + 1 };
  }

  override firstUpdated(): void {
    this.shadowRoot?.adoptedStyleSheets.push(this.#columns.sheet);
    this.#sheets = new RowSheets(this.#part('.layer'));
    this.#resize.observe(this.#grid);
    this.#resize.observe(this.#part('.digit'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  override render() {
    const { first, last } = this.#window;
    return html`
      <div
        class="grid"
        role="grid"
        tabindex="0"
        aria-label=${l10n.t('Messages')}
        aria-multiselectable="true"
        aria-rowcount=${this.count + 1}
        aria-colcount=${this.columns.length}
        aria-activedescendant=${this.selected >= first && this.selected < last ? `row-${this.selected}` : nothing}
        @keydown=${(e: KeyboardEvent) => this.#key(e)}
        @copy=${(e: ClipboardEvent) => this.#copy(e)}
        @scroll=${() => this.#scrolled()}
        @wheel=${(e: WheelEvent) => this.#wheel(e)}
      >
        <div class="header row" role="row" aria-rowindex="1">${this.columns.map((c, i) => this.#header(c, i))}</div>
        <div
          class="layer"
          role="presentation"
          @mousedown=${(e: MouseEvent) => this.#mouseDown(e)}
          @mouseover=${(e: MouseEvent) => this.#sheets?.point(e)}
          @click=${(e: MouseEvent) => this.#clicked(e)}
          @dblclick=${() => this.dispatchEvent(new CustomEvent('open'))}
        ></div>
        <div class="spacer" role="presentation"></div>
        <div class="digit" role="presentation"></div>
      </div>
    `;
  }

  /** Where the list has grown or has become shorter, the rows are drawn where they stand from now on. */
  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('count') && !changed.has('stick') && !changed.has('newestFirst')) return;
    const end = maxOffset(this.#stack);
    if (this.stick) this.#moveTo(this.newestFirst ? 0 : end);
    else if (this.#offset > end) this.#moveTo(end);
  }

  override updated(changed: PropertyValues): void {
    const window = this.#window;
    this.cache?.want(window.first, window.last, this.count);
    this.#sheets?.draw(this.#drawing(window, this.cache), window.shift);
    this.#spacer.style.height = `${Math.max(0, scrollHeight(this.#stack) - this.#view)}px`;
    if (changed.has('columns') || changed.has('widths')) this.#columns.show(this.columns, this.widths);
    if (this.#moved) this.#placeBar();
  }

  #drawing({ first, last }: RowWindow, cache: RowCache | undefined): Drawing {
    const range = this.#range;
    const rows: DrawnRow[] = [];
    for (let index = first; index < last; index++) {
      const row = cache?.get(index);
      const within = range !== null && index >= range.from && index < range.to;
      rows.push({ index, row, chosen: within && (row === undefined || row.index < this.chosenOf) });
    }
    return { rows, columns: this.columns, utc: this.utc };
  }

  /** Before {@link replace}: where every row in view will be another, they are written out of sight over a few frames. */
  async prepare({ count, cache }: { count: number; cache: RowCache }): Promise<void> {
    if (!this.stick || this.count < this.page || count - this.count < this.page) return;
    const stack = { ...this.#stack, count };
    const window = rowWindow(stack, this.newestFirst ? 0 : maxOffset(stack));
    await this.#sheets?.write(this.#drawing(window, cache));
  }

  /** Brings a row into view without selecting it. */
  reveal(index: number): void {
    this.#place(offsetToReveal(this.#stack, index, this.#offset));
  }

  /** Another list: its rows have moved `by` so many places, and what is in view stays there. */
  replace({ count, cache, by, anchor }: { count: number; cache: RowCache; by: number; anchor: number }): void {
    this.count = count;
    this.cache = cache;
    this.#anchor = anchor;
    if (by !== 0) this.#place(this.#offset + by * this.#row);
    this.requestUpdate();
  }

  /** Makes a column as wide as what is in view of it. */
  fit(id: string): void {
    this.#columns.fit(id);
  }

  /** Puts a row at the top of the view. */
  showAt(index: number): void {
    this.#place(index * this.#row);
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.grid')?.focus();
  }

  #header(column: Column, place: number) {
    const by = column.id === 'time' || column.id === 'offset' ? column.id : null;
    const order = by === null || this.sort?.by !== by ? null : this.sort.newestFirst ? 'descending' : 'ascending';
    return html`<div
      class="cell c${place} ${column.numeric ? 'numeric' : ''}"
      role="columnheader"
      aria-sort=${by === null ? nothing : (order ?? 'none')}
    >
      ${
        by === null
          ? html`<span>${column.title}</span>`
          : html`<button class="sort" title=${sortHint(by)} @click=${() => this.#tell('sort', nextSort(this.sort, by))}>
              ${order === null ? '' : order === 'ascending' ? '↑ ' : '↓ '}${column.title}
            </button>`
      }
      <span
        class="grip"
        aria-hidden="true"
        @pointerdown=${(e: PointerEvent) => this.#columns.drag(e, column)}
        @dblclick=${() => this.fit(column.id)}
      ></span>
    </div>`;
  }

  #place(offset: number): void {
    this.#moveTo(offset);
    this.requestUpdate();
  }

  #moveTo(offset: number): void {
    this.#offset = Math.max(0, Math.min(offset, maxOffset(this.#stack)));
    this.#moved = true;
  }

  /** Puts the scrollbar where the rows are. Where it stands there already it is not touched: that costs a layout. */
  #placeBar(): void {
    this.#moved = false;
    const bar = Math.round(this.#offset / scrollScale(this.#stack));
    if (bar === this.#placed) return;
    this.#placed = bar;
    this.#grid.scrollTop = bar;
  }

  #scrolled(): void {
    const bar = this.#grid.scrollTop;
    if (Math.abs(bar - this.#placed) > 1) {
      this.#placed = bar;
      this.#offset = Math.min(bar * scrollScale(this.#stack), maxOffset(this.#stack));
      this.#tellNewest();
      this.requestUpdate();
    }
  }

  /** On a scaled list the wheel would skip rows: it moves the list by its own pixels. */
  #wheel(event: WheelEvent): void {
    const away = this.newestFirst ? event.deltaY > 0 : event.deltaY < 0;
    if (away && this.stick) this.#tell('newest', { atNewest: false });
    if (scrollScale(this.#stack) === 1 || event.ctrlKey) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? this.#row : 1;
    this.#place(this.#offset + event.deltaY * unit);
    this.#tellNewest();
  }

  #key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLButtonElement) return;
    const page = Math.max(1, Math.floor(this.#view / this.#row) - 1);
    const from = this.selected < 0 ? this.top - 1 : this.selected;
    const to: Record<string, number> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: this.count - 1,
    };
    const index = to[event.key];
    if (event.key === 'Enter') this.dispatchEvent(new CustomEvent('open'));
    else if (index === undefined || this.count === 0) return;
    else {
      this.#choose(Math.max(0, Math.min(this.count - 1, index)), event.shiftKey);
      this.reveal(this.selected);
      this.#tell('newest', { atNewest: event.key === (this.newestFirst ? 'Home' : 'End') });
    }
    event.preventDefault();
  }

  /** Marked text is copied by the browser. */
  #copy(event: ClipboardEvent): void {
    if (this.selected < 0 || document.getSelection()?.toString()) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('copyrows'));
  }

  #clicked(event: MouseEvent): void {
    // Pressed on a sheet that has gone since.
    const index = event.target === event.currentTarget ? this.#pressed : this.#sheets?.indexOf(event);
    if (index !== undefined) this.#choose(index, event.shiftKey);
  }

  /** `extend`: all rows from where the choice began. */
  #choose(index: number, extend: boolean): void {
    if (!extend || this.selected < 0) this.#anchor = index;
    this.selected = index;
    this.#tell('select', { index, anchor: this.#anchor });
  }

  #mouseDown(event: MouseEvent): void {
    this.#pressed = this.#sheets?.indexOf(event);
    if (event.shiftKey || event.detail > 1) this.#keepTextUnmarked(event);
  }

  /** Shift and a click choose rows; the browser would mark the text between the two clicks as well. */
  #keepTextUnmarked(event: MouseEvent): void {
    event.preventDefault();
    this.focus();
  }

  #tellNewest(): void {
    const end = maxOffset(this.#stack);
    this.#tell('newest', { atNewest: this.newestFirst ? this.#offset <= 2 : this.#offset >= end - 2 });
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #measure(): void {
    this.#view = this.#grid.clientHeight - HEADER_HEIGHT;
    const { width, height } = this.#part('.digit').getBoundingClientRect();
    this.#columns.fitInto(this.#grid.clientWidth, width);
    this.#fitRows(rowHeight(height));
    if (this.stick) this.#place(this.newestFirst ? 0 : maxOffset(this.#stack));
    else this.requestUpdate();
  }

  /** What is at the top stays there. */
  #fitRows(row: number): void {
    this.#grid.style.setProperty('--row-height', `${row}px`);
    if (row === this.#row) return;
    const top = this.#offset / this.#row;
    this.#row = row;
    this.#moveTo(top * row);
  }

  get #stack(): RowStack {
    return { count: this.count, row: this.#row, view: this.#view };
  }

  get #window(): RowWindow {
    return rowWindow(this.#stack, this.#offset);
  }

  get #grid(): HTMLElement {
    return this.#part('.grid');
  }
  get #spacer(): HTMLElement {
    return this.#part('.spacer');
  }
  #part(selector: string): HTMLElement {
    const part = this.renderRoot.querySelector<HTMLElement>(selector);
    if (!part) throw new Error(`The grid has no ${selector}.`);
    return part;
  }
}

/** By this column from the oldest, then from the newest, then in the order of arrival. */
function nextSort(sort: RowSort | null, by: RowSort['by']): RowSort | null {
  if (sort?.by !== by) return { by, newestFirst: false };
  return sort.newestFirst ? null : { by, newestFirst: true };
}

function sortHint(by: RowSort['by']): string {
  return by === 'time'
    ? l10n.t('Sort by time across partitions. Within a partition the order of its log stays.')
    : l10n.t('Sort by offset across partitions. Within a partition the order of its log stays.');
}

customElements.define('record-grid', RecordGrid);
