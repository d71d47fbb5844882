import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type {
  DeliveryPlace,
  DeliveryRow,
  MorePlaces,
  ReplayContract,
  ReplayDelivery,
  Tried,
} from '../../src/shared/replayPage.ts';
import { PageElement } from '../components/element.ts';
import { formatCount } from '../components/format.ts';
import { ruleMark } from './ruleMark.ts';
import { messageCount } from '../../src/shared/counts.ts';

/** Finds the next messages of a row. */
export type AskMore = (
  asked: Omit<ReplayContract['requests']['morePlaces']['params'], 'topic'>,
  signal: AbortSignal,
) => Promise<MorePlaces>;

/**
 * Reads what a start would deliver of one topic and tells what would become of it. `messages`: how many there are; null:
 * not known. Tells `browse` {partition, offset}, and `found`, a {@link Tried} or undefined, for whoever keeps it.
 */
class DeliveryBox extends PageElement {
  static override readonly properties = {
    messages: { attribute: false },
    attempt: { attribute: false },
    more: { attribute: false },
    tried: { attribute: false },
    found: { attribute: false },
    failure: { state: true },
    running: { state: true },
    looking: { state: true },
  };
  declare messages: number | null;
  /** Does it. */
  declare attempt: (signal: AbortSignal) => Promise<ReplayDelivery>;
  declare more: AskMore;
  /** Messages read so far. */
  declare tried: number;
  declare found: Tried | undefined;
  declare failure: string | undefined;
  declare running: AbortController | undefined;
  /** For the next messages of the row with this text. */
  declare looking: { text: string; stop: AbortController } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.running?.abort();
    this.looking?.stop.abort();
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
      <td>${text} ${ruleMark(row)} ${places.length === 0 ? nothing : this.#jumps(row)}</td>
    </tr>`;
  }

  /** To the first message of a fate, and on from one to the next. */
  #jumps(row: DeliveryRow): TemplateResult {
    const { text, places, more, count } = row;
    const at = this.found?.at[text];
    const link = (label: string, act: () => void) => html`<button class="link" @click=${act}>${label}</button>`;
    const show = (n: number) => () => this.#show(row, n);
    if (places.length === 1) return link(l10n.t('show message'), show(0));
    if (at === undefined) return link(l10n.t('show messages'), show(0));
    const next =
      at + 1 === places.length && more !== undefined
        ? () => void this.#lookOn(row, more)
        : show((at + 1) % places.length);
    const looking = this.looking?.text === text ? this.looking : undefined;
    return html`${link(l10n.t('previous message'), show((at + places.length - 1) % places.length))}
      ${looking ? link(l10n.t('Stop'), () => looking.stop.abort()) : link(l10n.t('next message'), next)}
      <span class="quiet" role="status"
        >${
          looking
            ? l10n.t('looking for the next ones: {0} read', messageCount(this.tried))
            : places.length < count
              ? l10n.t('{0} of the first {1}', formatCount(at + 1), formatCount(places.length))
              : l10n.t('{0} of {1}', formatCount(at + 1), formatCount(count))
        }</span
      >`;
  }

  /** @param found what was found, when it is another by now */
  #show({ text, places }: DeliveryRow, n: number, found = this.found): void {
    if (found) this.#keep({ ...found, at: { ...found.at, [text]: n } });
    this.dispatchEvent(new CustomEvent<DeliveryPlace>('browse', { detail: places[n]! }));
  }

  /** Reads on for those behind the last one that is known, and shows the first of them. */
  async #lookOn(row: DeliveryRow, fate: string): Promise<void> {
    const { found } = this;
    if (!found || this.looking) return;
    const stop = new AbortController();
    this.looking = { text: row.text, stop };
    this.failure = undefined;
    // The last of each partition.
    const after = [...new Map(row.places.map((place) => [place.partition, place])).values()];
    try {
      const { places, more, problems } = await this.more({ read: found.result.read, fate, after }, stop.signal);
      const { more: _asked, ...rest } = row;
      const longer: DeliveryRow = { ...rest, places: [...row.places, ...places], ...(more ? { more: fate } : {}) };
      const { result, at } = this.found ?? found;
      const known = {
        at,
        result: {
          ...result,
          rows: result.rows.map((other) => (other.text === row.text ? longer : other)),
          problems: [...new Set([...result.problems, ...problems])],
        },
      };
      if (places.length > 0) this.#show(longer, row.places.length, known);
      else this.#keep(known);
    } catch (error) {
      if (!stop.signal.aborted) this.failure = (error as Error).message;
    }
    this.looking = undefined;
  }

  #keep(found: Tried | undefined): void {
    this.dispatchEvent(new CustomEvent('found', { detail: found }));
  }

  async #try(): Promise<void> {
    const running = new AbortController();
    this.looking?.stop.abort();
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
