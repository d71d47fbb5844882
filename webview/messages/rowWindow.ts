/**
 * Where rows stand in a scrolled list of equal rows: plain arithmetic, so that a growing count costs nothing.
 * A list may be taller than a browser lets an element be (33 million px in Chromium); beyond {@link MAX_HEIGHT} the
 * scrollbar stands for `scale` times its own length.
 */
export const MAX_HEIGHT = 8_000_000;
/** px; of a small font too. */
export const LEAST_ROW_HEIGHT = 22;
/** Room for what stands above and below the letters. */
const EMS_A_ROW = 1.5;

/** px that a row gets in a font of so many. */
export function rowHeight(fontSize: number): number {
  return Math.max(LEAST_ROW_HEIGHT, Math.ceil(fontSize * EMS_A_ROW));
}

export interface RowStack {
  count: number;
  /** px of a row. */
  row: number;
  /** px that are in view. */
  view: number;
}

export interface RowWindow {
  /** First and last (exclusive) row that is at least partly visible. */
  first: number;
  last: number;
  /** px from the top of the view to the first row's top; ≤ 0. */
  shift: number;
}

/** Height in px that the scrolled element gets. */
export function scrollHeight({ count, row }: RowStack): number {
  return Math.min(count * row, MAX_HEIGHT);
}

/** px of list per px of scrollbar. */
export function scrollScale(stack: RowStack): number {
  const bar = scrollHeight(stack) - stack.view;
  return bar <= 0 ? 1 : Math.max(1, (stack.count * stack.row - stack.view) / bar);
}

export function maxOffset({ count, row, view }: RowStack): number {
  return Math.max(0, count * row - view);
}

/** `offset`: px of list above the view. */
export function rowWindow({ count, row, view }: RowStack, offset: number): RowWindow {
  const first = Math.max(0, Math.min(count, Math.floor(offset / row)));
  const last = Math.min(count, Math.ceil((offset + view) / row));
  return { first, last, shift: first * row - offset };
}

/** The offset nearest to `offset` at which row `index` is wholly visible. */
export function offsetToReveal({ row, view }: RowStack, index: number, offset: number): number {
  const top = index * row;
  if (top < offset) return top;
  if (top + row > offset + view) return top + row - view;
  return offset;
}
