import * as l10n from '@vscode/l10n';
import type { Row } from '../../src/shared/messagesPage.ts';
import type { Column } from './columns.ts';

/** A row as it is drawn. */
export interface DrawnRow {
  /** Its place in the list. */
  index: number;
  /** undefined: it is not known yet. */
  row: Row | undefined;
  chosen: boolean;
}

/** Rows one below the other, and how they are shown. */
export interface Drawing {
  rows: readonly DrawnRow[];
  columns: readonly Column[];
  utc: boolean;
}

/**
 * The elements of the rows in view. They are used again for other rows, and of them only what differs is touched: while
 * records stream in every frame shows other rows, and has a few milliseconds for all of them. A template would
 * compare every binding of every cell.
 */
export class GridRows {
  readonly element = element('rowgroup');
  #columns: readonly Column[] = [];
  #elements: RowElement[] = [];
  #shift = 0;

  constructor() {
    this.element.className = 'rows';
  }

  /** Of the rows only those in [from, to), from the first one on. */
  draw({ rows, columns, utc }: Drawing, from = 0, to = rows.length): void {
    const kept = columns === this.#columns ? rows.length : 0;
    for (const { element } of this.#elements.splice(kept)) element.remove();
    this.#columns = columns;
    for (const [at, row] of rows.slice(from, to).entries()) {
      const known = this.#elements[from + at];
      const drawn = known ?? new RowElement(columns);
      drawn.draw(row, utc);
      if (known) continue;
      this.#elements.push(drawn);
      this.element.append(drawn.element);
    }
  }

  /** px from the top of the view. */
  place(shift: number): void {
    if (shift === this.#shift) return;
    this.#shift = shift;
    this.element.style.transform = `translateY(${shift}px)`;
  }

  hide(hidden: boolean): void {
    this.element.ariaHidden = hidden ? 'true' : null;
    this.element.classList.toggle('hidden', hidden);
  }

  /** The place in the list of the row that an event comes from. */
  indexOf(event: Event): number | undefined {
    return this.#rowOf(event)?.index;
  }

  /** The cell under the mouse tells its exact value from now on: nobody sees that of the others. */
  point(event: Event): void {
    this.#rowOf(event)?.point(event.target as Node);
  }

  #rowOf({ target }: Event): RowElement | undefined {
    return this.#elements.find(({ element }) => element.contains(target as Node));
  }
}

class RowElement {
  readonly element = element('row');
  readonly #cells: CellElement[];
  index = -1;
  #chosen: boolean | undefined;
  #names = '';

  constructor(columns: readonly Column[]) {
    this.#cells = columns.map((column, place) => new CellElement(column, place));
    this.element.append(...this.#cells.map((cell) => cell.element));
  }

  draw({ index, row, chosen }: DrawnRow, utc: boolean): void {
    if (index !== this.index) {
      this.index = index;
      this.element.id = `row-${index}`;
      this.element.ariaRowIndex = String(index + 2);
    }
    if (chosen !== this.#chosen) this.element.ariaSelected = String((this.#chosen = chosen));
    const kind = row?.error !== undefined ? 'failed' : row?.transaction === 'aborted' ? 'aborted' : '';
    const names = `row ${chosen ? 'selected' : ''} ${kind}`;
    if (names !== this.#names) this.element.className = this.#names = names;
    for (const cell of this.#cells) cell.draw(row, utc);
  }

  point(at: Node): void {
    this.#cells.find(({ element }) => element.contains(at))?.point();
  }
}

class CellElement {
  readonly element = element('gridcell');
  readonly #column: Column;
  readonly #name: string;
  readonly #text = document.createTextNode('');
  #mark: HTMLElement | null = null;
  #names = '';
  #shown = '';
  #row: Row | undefined;
  #pointed = false;

  constructor(column: Column, place: number) {
    this.#column = column;
    this.#name = `text cell c${place} ${column.id} ${column.numeric ? 'numeric' : ''}`;
    this.element.append(this.#text);
  }

  draw(row: Row | undefined, utc: boolean): void {
    const column = this.#column;
    const absent = row && ((column.id === 'value' && row.value === null) || (column.id === 'key' && row.key === null));
    const names = absent ? `${this.#name} absent` : this.#name;
    if (names !== this.#names) this.element.className = this.#names = names;
    const shown = row ? column.text(row, utc) : '';
    if (shown !== this.#shown) this.#text.data = this.#shown = shown;
    this.#row = row;
    if (this.#pointed) this.#tellExact();
    if (column.id === 'offset') this.#setMark(row && rowMark(row));
  }

  point(): void {
    this.#pointed = true;
    this.#tellExact();
  }

  #tellExact(): void {
    this.element.title = (this.#row && this.#column.exact?.(this.#row)) ?? '';
  }

  #setMark(mark: RowMark | undefined): void {
    if (!mark) {
      this.#mark?.remove();
      this.#mark = null;
      return;
    }
    if (this.#mark === null) {
      this.#mark = element('img', 'span');
      this.#mark.className = 'mark';
      this.element.prepend(this.#mark);
    }
    if (this.#mark.title === mark.text) return;
    this.#mark.textContent = mark.sign;
    this.#mark.title = this.#mark.ariaLabel = mark.text;
  }
}

interface RowMark {
  sign: string;
  text: string;
}

function rowMark(row: Row): RowMark | undefined {
  if (row.error !== undefined) return { sign: '⚠', text: l10n.t('This record could not be decoded.') };
  if (row.keyError !== undefined) return { sign: '⚠', text: l10n.t('Its key: {0}', row.keyError) };
  if (row.transaction === 'aborted')
    return {
      sign: '✗',
      text: l10n.t('Aborted: its transaction was rolled back. Readers of committed records never get it.'),
    };
  if (row.transaction === 'open')
    return { sign: '…', text: l10n.t('Its transaction is still open: readers of committed records wait for its end.') };
  return undefined;
}

function element(role: string, tag: 'div' | 'span' = 'div'): HTMLElement {
  const made = document.createElement(tag);
  made.role = role;
  return made;
}
