import { dragColumn } from './columnDrag.ts';
import { columnPlaces } from './columnPlaces.ts';
import { NARROWEST, type Column } from './columns.ts';

/** px of a digit in the font for which the columns' own widths are meant: 14 px, as the editor's is. */
const DIGIT = 8.4;
/** px between a text and the edges of its cell, and one for what a browser rounds. As in gridStyles.ts. */
const BESIDE_TEXT = 17;

/**
 * Where the columns of a grid stand, as rules of a style sheet: `.c0` is the first. Their own widths grow with the font; those
 * that a person set stay what they are.
 */
export class GridColumns {
  readonly sheet = new CSSStyleSheet();
  readonly #grid: () => HTMLElement;
  readonly #resized: (id: string, width: number) => void;
  #columns: readonly Column[] = [];
  #widths: Readonly<Record<string, number>> = {};
  /** The column that is being pulled, and px it has meanwhile. */
  #pulled: readonly [string, number][] = [];
  #room = 0;
  #scale = 1;

  /** `resized` is told the width in px that a person gave to a column. */
  constructor(grid: () => HTMLElement, resized: (id: string, width: number) => void) {
    this.#grid = grid;
    this.#resized = resized;
  }

  /** `widths`: px of the columns that a person resized, by id. */
  show(columns: readonly Column[], widths: Readonly<Record<string, number>>): void {
    this.#columns = columns;
    this.#widths = widths;
    this.#place();
  }

  /** In so many px, and with digits of so many in the cells. */
  fitInto(room: number, digit: number): void {
    const scale = Math.max(1, digit / DIGIT);
    if (room === this.#room && scale === this.#scale) return;
    this.#room = room;
    this.#scale = scale;
    this.#place();
  }

  drag(event: PointerEvent, { id }: Column): void {
    const edge = event.currentTarget as HTMLElement;
    event.preventDefault();
    dragColumn(edge, event, {
      width: edge.parentElement!.getBoundingClientRect().width,
      show: (width) => {
        this.#pulled = width === null ? [] : [[id, width]];
        this.#place();
      },
      done: (width) => {
        this.#pulled = [];
        this.#resized(id, width);
      },
    });
  }

  /** As wide as the widest text of the column that is in view, its title included, and no wider than the grid. */
  fit(id: string): void {
    const place = this.#columns.findIndex((column) => column.id === id);
    const widths = [...this.#grid().querySelectorAll(`.header .c${place}, .rows:not(.hidden) .c${place}`)].map(
      textWidth,
    );
    if (widths.length === 0) return;
    this.#resized(id, Math.max(NARROWEST, Math.min(this.#room, Math.ceil(Math.max(...widths)) + BESIDE_TEXT)));
  }

  #place(): void {
    const set = new Map([...Object.entries(this.#widths), ...this.#pulled]);
    const places = columnPlaces(this.#columns, set, this.#room, this.#scale);
    this.sheet.replaceSync(
      places.map(({ left, width }, i) => `.c${i} { left: ${left}px; width: ${width}px }`).join(''),
    );
    const { left = 0, width = 0 } = places.at(-1) ?? {};
    this.#grid().style.setProperty('--least-width', `${left + width}px`);
  }
}

/** px, what is cut off included; an edge to pull at is no text. */
function textWidth(cell: Element): number {
  const text = document.createRange();
  text.selectNodeContents(cell);
  const edge = cell.querySelector('.grip');
  if (edge) text.setEndBefore(edge);
  return text.getBoundingClientRect().width;
}
