import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { ReadSpec, ScanStatus } from '../../src/shared/messagesPage.ts';
import { formatCount } from '../components/format.ts';

/** Whether the newest row stays in view, and how many have come since a person looked away from it. */
export class NewestRows {
  /** The newest row stays in view. */
  stick = false;
  /** Rows there were when the view left the newest one. */
  #seen = 0;
  #caughtUp = false;

  /** A reading begins: what it shows first is its newest row when that is what was asked for. */
  begin({ start, end }: ReadSpec): void {
    this.stick = end.kind === 'follow' && (start.kind === 'latest' || start.kind === 'last');
    this.#seen = 0;
  }

  /** What stood in the range when it was caught up with is not new. */
  told({ state }: Pick<ScanStatus, 'state'>, count: number): void {
    const following = state === 'following';
    if (following && !this.#caughtUp) this.#seen = count;
    this.#caughtUp = following || state === 'paused';
  }

  /** The view has come to the newest row, or has left it. */
  look(atNewest: boolean, count: number): void {
    this.stick = atNewest;
    this.#seen = count;
  }

  /** Rows that came since, while following. None where all of them are in a view of so many rows. */
  fresh({ state }: Pick<ScanStatus, 'state'>, count: number, page: number): number {
    return this.stick || count < page || state !== 'following' ? 0 : Math.max(0, count - this.#seen);
  }
}

/** "3 new": leads to the newest row, at the end where it stands. */
export function newRows(fresh: number, newestFirst: boolean, show: () => void) {
  if (fresh === 0) return nothing;
  const count = formatCount(fresh);
  return html`<button class="pill ${newestFirst ? 'above' : ''}" @click=${show}>
    ${newestFirst ? l10n.t('{0} new ↑', count) : l10n.t('{0} new ↓', count)}
  </button>`;
}
