import { NARROWEST } from './columns.ts';

/** What pulling at the edge of a column leads to; widths in px. */
export interface ColumnDrag {
  /** Its width at the beginning. */
  width: number;
  /** It has this width for the time being; null: the one it had before. */
  show: (width: number | null) => void;
  /** It was let go at this width. Not told where nothing was pulled, or the browser took the pointer away. */
  done: (width: number) => void;
}

/** Follows the pointer that went down on the edge of a column until it is let go or taken away: touch that scrolls, a lost window. */
export function dragColumn(edge: HTMLElement, { pointerId, clientX: start }: PointerEvent, drag: ColumnDrag): void {
  let width: number | null = null;
  const ended = new AbortController();
  const on = (name: 'pointermove' | 'pointerup' | 'pointercancel' | 'lostpointercapture', act: (x: number) => void) =>
    edge.addEventListener(name, (e) => e.pointerId === pointerId && act(e.clientX), { signal: ended.signal });
  const cancel = () => {
    ended.abort();
    if (width !== null) drag.show(null);
  };
  on('pointermove', (x) => drag.show((width = Math.max(NARROWEST, drag.width + x - start))));
  on('pointerup', () => {
    ended.abort();
    if (width !== null) drag.done(width);
  });
  on('pointercancel', cancel);
  on('lostpointercapture', cancel);
  edge.setPointerCapture(pointerId);
}
