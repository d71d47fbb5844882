import * as l10n from '@vscode/l10n';
import { LitElement, css, html } from 'lit';
import type { FilterFailure } from '../../src/shared/messagesPage.ts';
import { visible } from '../../src/shared/visible.ts';
import { formatCount } from '../components/format.ts';

/** The messages on which the filter failed, and why. Tells `close`. */
export class FailureList extends LitElement {
  static override properties = { failures: { attribute: false } };
  declare failures: FilterFailure[];

  static override styles = css`
    :host {
      flex: none;
      max-height: 160px;
      overflow: auto;
      font-family: var(--vscode-editor-font-family, monospace);
      font-size: var(--vscode-editor-font-size, 12px);
      border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    }
  `;

  override render() {
    return html`<section tabindex="0" aria-label=${l10n.t('Messages on which the filter failed')}>
      <vscode-button appearance="secondary" @click=${() => this.dispatchEvent(new CustomEvent('close'))}
        >${l10n.t('Close')}</vscode-button
      >
      ${this.failures.map((f) => html`<div>P${f.partition} ${formatCount(f.offset)}: ${visible(f.message)}</div>`)}
    </section>`;
  }
}

customElements.define('failure-list', FailureList);
