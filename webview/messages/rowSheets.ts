import { GridRows, type Drawing } from './gridRows.ts';

/** Rows that a frame writes out of sight. */
const SLICE = 12;
/** ms without a list that needs it, and no second sheet is kept. */
const REST = 1000;

/**
 * The sheet of rows in view, and the next one out of sight. While records stream in, every row in view is another ten times a
 * second, and a frame has a few milliseconds: the next sheet is written and laid out some rows a frame, and then takes the
 * place of the other in one step. What is in view is always one state of the list.
 */
export class RowSheets {
  readonly #layer: HTMLElement;
  #shown: GridRows;
  #next: GridRows | null = null;
  /** What stands on the next sheet; null: nothing, or a part of it. */
  #written: Drawing | null = null;
  #rest = 0;

  constructor(layer: HTMLElement) {
    this.#layer = layer;
    this.#shown = this.#sheet();
  }

  /** At once; what was written before is only compared. `shift`: px from the top of the view to the first row. */
  draw(drawing: Drawing, shift: number): void {
    if (this.#next !== null && this.#written !== null && samePlaces(this.#written, drawing)) {
      [this.#shown, this.#next] = [this.#next, this.#shown];
      this.#next.hide(true);
      this.#shown.hide(false);
    }
    this.#written = null;
    this.#shown.draw(drawing);
    this.#shown.place(shift);
  }

  /** Resolves when these rows can be drawn at little cost. */
  async write(drawing: Drawing): Promise<void> {
    clearTimeout(this.#rest);
    this.#written = null;
    const next = (this.#next ??= this.#sheet());
    next.hide(true);
    for (let from = 0; from < drawing.rows.length; from += SLICE) {
      await nextFrame();
      next.draw(drawing, from, from + SLICE);
    }
    await nextFrame();
    this.#written = drawing;
    this.#rest = window.setTimeout(() => this.#forget(), REST);
  }

  /** The place in the list of the row in view that an event comes from. */
  indexOf(event: Event): number | undefined {
    return this.#shown.indexOf(event);
  }

  point(event: Event): void {
    this.#shown.point(event);
  }

  #sheet(): GridRows {
    const sheet = new GridRows();
    this.#layer.append(sheet.element);
    return sheet;
  }

  #forget(): void {
    this.#next?.element.remove();
    this.#next = this.#written = null;
  }
}

const samePlaces = ({ rows: one }: Drawing, { rows: other }: Drawing): boolean =>
  one.length === other.length && one[0]?.index === other[0]?.index;

/** A page that nobody sees has no frames. */
const nextFrame = (): Promise<unknown> => (document.hidden ? Promise.resolve() : new Promise(requestAnimationFrame));
