import * as l10n from '@vscode/l10n';
import { LitElement, css, html, nothing } from 'lit';
import { controlStyles } from './controlStyles.ts';
import { parsePlace, type FindPlace } from './positionText.ts';

/** Asks for an offset or a time to go to among the rows. Tells `go` {place}, `close`, and, where there is none, `start` {place}. */
export class GotoBox extends LitElement {
  static override properties = { problem: { attribute: false }, wrong: { state: true } };
  static override styles = [
    controlStyles,
    css`
      :host {
        position: absolute;
        z-index: 2;
        top: 26px;
        right: 20px;
        padding: 8px;
        background: var(--vscode-editor-background);
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
      }
    `,
  ];
  /** Why the place is not among the rows. */
  declare problem: string | null;
  declare wrong: boolean;

  constructor() {
    super();
    this.problem = null;
    this.wrong = false;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render() {
    const problem = this.wrong
      ? l10n.t('Write partition:offset, such as 0:4119, or a time, such as -2h.')
      : this.problem;
    // The button is read out with the sentence that it follows.
    return html`<label
        >${l10n.t('Go to')}
        <input
          size="26"
          placeholder=${l10n.t('0:4119 or -2h')}
          aria-invalid=${problem !== null}
          @keydown=${(e: KeyboardEvent) => this.#key(e, () => this.#tell('go'))}
      /></label>
      ${
        problem === null
          ? nothing
          : html`<span class="group" role="alert"
              ><span class="error">${problem}</span> ${
                this.wrong
                  ? nothing
                  : html`<vscode-button
                      @click=${() => this.#tell('start')}
                      @keydown=${(e: KeyboardEvent) => this.#key(e, () => undefined)}
                      >${l10n.t('Start there instead')}</vscode-button
                    >`
              }</span
            >`
      }`;
  }

  #key(event: KeyboardEvent, enter: () => void): void {
    if (event.key === 'Escape') this.dispatchEvent(new CustomEvent('close'));
    else if (event.key === 'Enter') enter();
    else return;
    event.stopPropagation();
  }

  #tell(what: 'go' | 'start'): void {
    const place = parsePlace(this.renderRoot.querySelector('input')?.value ?? '', Date.now());
    this.wrong = place === null;
    if (place) this.dispatchEvent(new CustomEvent<{ place: FindPlace }>(what, { detail: { place } }));
  }
}

customElements.define('goto-box', GotoBox);
