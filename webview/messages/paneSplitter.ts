import * as l10n from '@vscode/l10n';
import { LitElement, css, html } from 'lit';

/** Least height in px of the pane below, and of what is above it. */
const LEAST_BELOW = 80;
const LEAST_ABOVE = 240;

/** Between the grid and the detail: drag it, or press ↑ and ↓. Sets `--detail-height` on the page. */
export class PaneSplitter extends LitElement {
  static override styles = css`
    [role='separator'] {
      height: 5px;
      cursor: row-resize;
      border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    }
    [role='separator']:hover,
    [role='separator']:focus-visible {
      border-top-color: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
      outline: none;
    }
  `;
  #height = 240;

  override render() {
    return html`<div
      role="separator"
      tabindex="0"
      aria-orientation="horizontal"
      aria-valuenow=${this.#height}
      aria-label=${l10n.t('Height of the detail')}
      @pointerdown=${(e: PointerEvent) => this.#drag(e)}
      @keydown=${(e: KeyboardEvent) => this.#key(e)}
    ></div>`;
  }

  #drag(event: PointerEvent): void {
    event.preventDefault();
    const move = (e: PointerEvent) => this.#place(window.innerHeight - e.clientY);
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', () => window.removeEventListener('pointermove', move), { once: true });
  }

  #key(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? 22 : event.key === 'ArrowDown' ? -22 : 0;
    if (step !== 0) this.#place(this.#height + step);
  }

  #place(px: number): void {
    this.#height = Math.max(LEAST_BELOW, Math.min(px, window.innerHeight - LEAST_ABOVE));
    document.documentElement.style.setProperty('--detail-height', `${this.#height}px`);
    this.requestUpdate();
  }
}

customElements.define('pane-splitter', PaneSplitter);
