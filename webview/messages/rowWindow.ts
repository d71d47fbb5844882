/**
 * Where rows stand in a scrolled list of equal rows: plain arithmetic, so that a growing count costs nothing.
 * A list may be taller than a browser lets an element be (33 million px in Chromium); beyond {@link MAX_HEIGHT} the
 * scrollbar stands for `scale` times its own length.
 */
export const ROW_HEIGHT = 22;
export const MAX_HEIGHT = 8_000_000;

export interface RowWindow {
  /** First and last (exclusive) row that is at least partly visible. */
  first: number;
  last: number;
  /** px from the top of the view to the first row's top; ≤ 0. */
  shift: number;
}

/** Height in px that the scrolled element gets. */
export function scrollHeight(count: number): number {
  return Math.min(count * ROW_HEIGHT, MAX_HEIGHT);
}

/** px of list per px of scrollbar. */
export function scrollScale(count: number, view: number): number {
  const bar = scrollHeight(count) - view;
  return bar <= 0 ? 1 : Math.max(1, (count * ROW_HEIGHT - view) / bar);
}

export function maxOffset(count: number, view: number): number {
  return Math.max(0, count * ROW_HEIGHT - view);
}

/** `offset`: px of list above the view. */
export function rowWindow(offset: number, view: number, count: number): RowWindow {
  const first = Math.max(0, Math.min(count, Math.floor(offset / ROW_HEIGHT)));
  const last = Math.min(count, Math.ceil((offset + view) / ROW_HEIGHT));
  return { first, last, shift: first * ROW_HEIGHT - offset };
}

/** The offset nearest to `offset` at which row `index` is wholly visible. */
export function offsetToReveal(index: number, offset: number, view: number): number {
  const top = index * ROW_HEIGHT;
  if (top < offset) return top;
  if (top + ROW_HEIGHT > offset + view) return top + ROW_HEIGHT - view;
  return offset;
}
