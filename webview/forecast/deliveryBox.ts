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

/** What was found, and which message of a row was shown last, by the row's text. */
export interface Tried {
  result: ReplayDelivery;
  at: Readonly<Record<string, number>>;
}

/**
 * Reads what a start would deliver of one topic and tells what would become of it. `messages`: how many there are; null:
 * not known. Tells `browse` {partition, offset}, and `found`, a {@link Tried} or undefined, for whoever keeps it.
 */
class DeliveryBox extends PageElement {
  static override readonly properties = {
    messages: { attribute: false },
    attempt: { attribute: false },
    tried: { attribute: false },
    found: { attribute: false },
    failure: { state: true },
    running: { state: true },
  };
  declare messages: number | null;
  /** Does it. */
  declare attempt: (signal: AbortSignal) => Promise<ReplayDelivery>;
  /** Messages read so far. */
  declare tried: number;
  declare found: Tried | undefined;
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
      ${this.found ? this.#found(this.found.result) : nothing}`;
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
    const { kind, count, text, places } = row;
    const width = records === 0 ? 0 : Math.max(count === 0 ? 0 : 1, Math.round((100 * count) / records));
    return html`<tr class=${kind}>
      <td class="num">${formatCount(count)}</td>
      <td class="share">
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          ${svg`<rect class=${kind} width=${width} height="10"></rect>`}
        </svg>
      </td>
      <td>${text} ${ruleMark(row)} ${places.length === 0 ? nothing : this.#jumps(text, places, count)}</td>
    </tr>`;
  }

  /** To the first message of a fate, and on from one to the next. */
  #jumps(text: string, places: readonly DeliveryPlace[], count: number): TemplateResult {
    const at = this.found?.at[text];
    const show = (n: number) => {
      if (this.found) this.#keep({ ...this.found, at: { ...this.found.at, [text]: n } });
      this.dispatchEvent(new CustomEvent<DeliveryPlace>('browse', { detail: places[n]! }));
    };
    const link = (n: number, label: string) => html`<button class="link" @click=${() => show(n)}>${label}</button>`;
    if (places.length === 1) return link(0, l10n.t('show message'));
    if (at === undefined) return link(0, l10n.t('show messages'));
    const of =
      places.length < count
        ? l10n.t('{0} of the first {1}', at + 1, places.length)
        : l10n.t('{0} of {1}', at + 1, count);
    return html`${link((at + places.length - 1) % places.length, l10n.t('previous message'))}
      ${link((at + 1) % places.length, l10n.t('next message'))} <span class="quiet" role="status">${of}</span>`;
  }

  #keep(found: Tried | undefined): void {
    this.dispatchEvent(new CustomEvent('found', { detail: found }));
  }

  async #try(): Promise<void> {
    const running = new AbortController();
    this.running = running;
    this.failure = undefined;
    this.#keep(undefined);
    try {
      this.#keep({ result: await this.attempt(running.signal), at: {} });
    } catch (error) {
      if (!running.signal.aborted) this.failure = (error as Error).message;
    }
    this.running = undefined;
  }
}

customElements.define('delivery-box', DeliveryBox);
