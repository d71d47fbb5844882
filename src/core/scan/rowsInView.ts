import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  rowView,
  type Look,
  type MessagesContract,
  type Row,
  type ScanStatus,
  type Told,
} from '../../shared/messagesPage.ts';

type Window = MessagesContract['requests']['rows']['params'];

/**
 * Tells a page how far a reading is together with the rows that it looks at: asking for them would take a way there and
 * back, and three messages a drawing where one does. Statuses are told in the order in which they come.
 */
export class RowsInView {
  private readonly emit: (told: Told) => void;
  private look: Look | null = null;
  /** Rows there were at the last status. */
  private told = 0;
  private sending = 0;
  private reading = 0;
  private last = Promise.resolve();

  constructor(emit: (told: Told) => void) {
    this.emit = emit;
  }

  /** What the page looks at from now on. */
  see(look: Look): void {
    this.look = look;
  }

  /** Another reading: the page knows none of its rows, and nothing of the one before is told any more. */
  begin(): void {
    this.told = 0;
    this.reading++;
  }

  /** `read` gives rows of the reading that the status is of. */
  tell(status: ScanStatus, read: (window: Window, signal: AbortSignal) => Promise<Row[]>): void {
    const window = this.windowOf(status);
    this.told = status.matched;
    if (window === null && this.sending === 0) return this.emit({ status, rows: null });
    this.sending++;
    const { reading } = this;
    this.last = this.last.then(async () => {
      const rows = window === null ? null : await atHand(window, read);
      this.sending--;
      if (reading === this.reading)
        this.emit({ status, rows: rows && window && { from: window.from, view: window.view, rows } });
    });
  }

  /** What is in view and was not told before; null: nothing of it. */
  private windowOf({ matched, ranges }: ScanStatus): Window | null {
    const { look, told } = this;
    if (look === null || matched <= told) return null;
    const { rows, sort, newest } = look;
    if (!newest && told >= rows) return null;
    const view = rowView(sort, ranges.length, matched);
    const first = newest && !view?.newestFirst ? Math.max(0, matched - rows) : 0;
    // In the order of arrival what was told stands where it stood; in any other the list is another one.
    const from = view === null ? Math.max(first, told) : first;
    return { from, count: Math.min(matched, first + rows) - from, view };
  }
}

/**
 * null: they would have to be read again or a schema fetched, for which no status waits, or they cannot be given. The page
 * asks for them, then, and is told what is wrong.
 */
async function atHand(
  window: Window,
  read: (window: Window, signal: AbortSignal) => Promise<Row[]>,
): Promise<Row[] | null> {
  const abort = new AbortController();
  const rows = read(window, abort.signal).catch(() => null);
  const found = await Promise.race([rows, nextTurn(null)]);
  abort.abort();
  return found;
}
