import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { DeliveryRow, ReplayDelivery } from '../../src/shared/replayPage.ts';
import { PageElement } from '../components/element.ts';
import { formatCount } from '../components/format.ts';
import { ruleMark } from './ruleMark.ts';
import { messageCount } from '../../src/shared/counts.ts';

export interface DeliveryPlace {
  partition: number;
  offset: number;
}

/**
 * Reads what a start would deliver of one topic and tells what would become of it. `messages`: how many there are; null:
 * not known. Tells `browse` {partition, offset}.
 */
class DeliveryBox extends PageElement {
  static override readonly properties = {
    messages: { attribute: false },
    attempt: { attribute: false },
    tried: { attribute: false },
    result: { state: true },
    failure: { state: true },
    running: { state: true },
  };
  declare messages: number | null;
  /** Does it. */
  declare attempt: (signal: AbortSignal) => Promise<ReplayDelivery>;
  /** Messages read so far. */
  declare tried: number;
  declare result: ReplayDelivery | undefined;
  declare failure: string | undefined;
  declare running: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.running?.abort();
  }

  override render(): TemplateResult {
    if (this.running)
      return html`<p class="delivery">
        <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>
        <span role="status">${this.#progress()}</span>
        <vscode-button appearance="secondary" @click=${() => this.running?.abort()}>${l10n.t('Stop')}</vscode-button>
      </p>`;
    const none = this.messages === 0;
    return html`<p class="delivery">
        <vscode-button appearance="secondary" ?disabled=${none} @click=${() => void this.#try()}
          >${l10n.t('Try the delivery')}</vscode-button
        >
        <span class="quiet"
          >${
            none
              ? l10n.t('Nothing would be delivered now.')
              : l10n.t(
                  'Reads what would be delivered, without a group, and tells what daprd would do with each message.',
                )
          }</span
        >
      </p>
      ${this.failure === undefined ? nothing : html`<p class="problem" role="alert">${this.failure}</p>`}
      ${this.result ? this.#found(this.result) : nothing}`;
  }

  #progress(): string {
    return this.messages === null
      ? l10n.t('{0} read', messageCount(this.tried))
      : l10n.t('{0} of {1} read', formatCount(this.tried), messageCount(this.messages));
  }

  #found({ records, rows, notes, problems }: ReplayDelivery): TemplateResult {
    return html`<table class="fates">
        <caption>
          ${l10n.t('Of {0}', messageCount(records))}
        </caption>
        <tbody>
          ${rows.map((row) => this.#row(row, records))}
        </tbody>
      </table>
      ${notes.map((note) => html`<p class="quiet">${note}</p>`)}
      ${
        problems.length === 0
          ? nothing
          : html`<p>${l10n.t('Not read:')}</p>
              <ul>
                ${problems.map((problem) => html`<li>${problem}</li>`)}
              </ul>`
      }`;
  }

  #row(row: DeliveryRow, records: number): TemplateResult {
    const { kind, count, text, first } = row;
    const width = records === 0 ? 0 : Math.max(count === 0 ? 0 : 1, Math.round((100 * count) / records));
    return html`<tr class=${kind}>
      <td class="num">${formatCount(count)}</td>
      <td class="share">
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          ${svg`<rect class=${kind} width=${width} height="10"></rect>`}
        </svg>
      </td>
      <td>
        ${text} ${ruleMark(row)}
        ${
          first === null
            ? nothing
            : html`<button
                class="link"
                @click=${() => this.dispatchEvent(new CustomEvent<DeliveryPlace>('browse', { detail: first }))}
              >
                ${l10n.t('show message')}
              </button>`
        }
      </td>
    </tr>`;
  }

  async #try(): Promise<void> {
    const running = new AbortController();
    this.running = running;
    this.failure = undefined;
    this.result = undefined;
    try {
      this.result = await this.attempt(running.signal);
    } catch (error) {
      if (!running.signal.aborted) this.failure = (error as Error).message;
    }
    this.running = undefined;
  }
}

customElements.define('delivery-box', DeliveryBox);
