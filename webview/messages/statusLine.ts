import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { ScanStatus } from '../../src/shared/messagesPage.ts';
import { awaited } from './emptyText.ts';
import { canGoOn, rangeDetail, rangeText, spokenStatus, statusText } from './statusText.ts';

/** Under the grid: how far the reading is, what it covers, and the state of the connection. */
export function statusLine(status: ScanStatus, act: { showFailures(): void; goOn(): void }) {
  // Where there are no rows yet, it stands in their place.
  const waited = status.matched > 0 && status.connection === null ? awaited(status) : null;
  return html`<div class="status">
    <span class="progress">${statusText(status)}</span>
    <span class="spoken" role="status">${spokenStatus(status)}</span>
    ${
      canGoOn(status)
        ? html`<button class="link" @click=${() => act.goOn()}>${l10n.t('Continue where it stopped')}</button>`
        : nothing
    }
    ${
      status.failed > 0
        ? html`<button class="link" @click=${() => act.showFailures()}>
            ${l10n.t('Show what could not be evaluated')}
          </button>`
        : nothing
    }
    <span class="muted" title=${rangeDetail(status)}>${rangeText(status)}</span>
    <span class="space"></span>
    ${waited === null ? nothing : html`<span class="connection" role="status">${waited}</span>`}
    ${status.connection === null ? nothing : html`<span class="connection" role="status">⟳ ${status.connection}</span>`}
  </div>`;
}
