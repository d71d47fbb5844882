import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import { visible } from '../../src/shared/visible.ts';
import { formatCount } from '../components/format.ts';
import { hexDump } from './bytes.ts';
import type { ChosenRecord } from './chosenRecord.ts';
import { detailStyles } from './detailStyles.ts';
import { formatSize } from './format.ts';
import { headerText, headersText } from './headerView.ts';
import { options, valueOf } from './rangeControls.ts';
import { recordFacts } from './recordFacts.ts';
import { SHOWN_BYTES, cloudEvent, eventDataView, partView, type Form, type Part, type PartView } from './recordView.ts';

/** The chosen record in full. What is done with it is done by `actions`; tells `column` {part, pointer}. */
export class DetailPane extends LitElement {
  static override properties = {
    detail: { attribute: false },
    problem: { attribute: false },
    actions: { attribute: false },
    topic: { type: String },
    utc: { type: Boolean },
    comparing: { type: String },
    chosen: { state: true },
    form: { state: true },
    data: { state: true },
  };
  declare detail: RecordDetail | null;
  /** Why the record could not be had. */
  declare problem: string | null;
  declare actions: ChosenRecord;
  declare topic: string;
  declare utc: boolean;
  /** Names the record that is kept for comparison; empty: none. */
  declare comparing: string;
  declare chosen: Part;
  /** null: what fits the content. */
  declare form: Form | null;
  /** Show the data of a CloudEvent instead of the whole event. */
  declare data: boolean;
  #whole: PartView | null = null;
  /** The data alone of a CloudEvent; null: the whole part is shown. */
  #data: PartView | null = null;

  static override styles = detailStyles;

  constructor() {
    super();
    this.detail = null;
    this.problem = null;
    this.chosen = 'value';
    this.form = null;
    this.data = false;
    this.comparing = '';
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (!['detail', 'chosen', 'data'].some((name) => changed.has(name))) return;
    const { detail, chosen: part } = this;
    this.#whole = detail && (part === 'value' || part === 'key') ? partView(detail, part) : null;
    this.#data = this.data ? eventDataView(this.#whole?.json) : null;
  }

  override render() {
    if (this.problem !== null) return html`<p class="error" role="alert">${this.problem}</p>`;
    const detail = this.detail;
    if (!detail) return html`<p class="muted">${l10n.t('Choose a message to see all of it.')}</p>`;
    return html`
      <div class="bar">
        <div
          class="tabs"
          role="tablist"
          aria-label=${l10n.t('Parts of the message')}
          @keydown=${(e: KeyboardEvent) => this.#tabKey(e)}
        >
          ${this.#tab('value', l10n.t('Value'))} ${this.#tab('key', l10n.t('Key'))}
          ${this.#tab('headers', l10n.t('Headers ({0})', detail.headers.length))}
          ${this.#tab('record', l10n.t('Record'))}
        </div>
        <span class="muted">P${detail.partition} · ${formatCount(detail.offset)}</span>
        <span class="space"></span>
        ${this.#forms(detail)}
        <vscode-button appearance="secondary" @click=${() => this.#copy(detail)}>${l10n.t('Copy')}</vscode-button>
        <vscode-button appearance="secondary" @click=${() => this.actions.copyJson(this.topic)}
          >${l10n.t('Copy as JSON')}</vscode-button
        >
        <vscode-button appearance="secondary" @click=${() => this.actions.openInEditor(this.chosen)}
          >${l10n.t('Open in editor')}</vscode-button
        >
        <vscode-button appearance="secondary" @click=${() => this.actions.produceAgain()}
          >${l10n.t('Produce again…')}</vscode-button
        >
        <vscode-button appearance="secondary" @click=${() => this.actions.compare()}
          >${this.comparing === '' ? l10n.t('Compare…') : l10n.t('Compare with {0}', this.comparing)}</vscode-button
        >
        <vscode-button appearance="icon" aria-label=${l10n.t('Close the detail')} @click=${() => this.actions.hide()}
          >✕</vscode-button
        >
      </div>
      ${[detail.error, detail.decodedKey?.error, detail.decodedValue?.error].map((e) => (e === undefined ? nothing : html`<div class="error" role="alert">${visible(e)}</div>`))}
      <div class="content" tabindex="0" role="tabpanel" aria-label=${this.chosen}>${this.#content(detail)}</div>
    `;
  }

  #tab(part: Part, name: string) {
    const chosen = this.chosen === part;
    return html`<button
      role="tab"
      aria-selected=${chosen}
      tabindex=${chosen ? 0 : -1}
      data-part=${part}
      @click=${() => (this.chosen = part)}
    >
      ${name}
    </button>`;
  }

  #tabKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const parts: Part[] = ['value', 'key', 'headers', 'record'];
    this.chosen = parts[(parts.indexOf(this.chosen) + step + parts.length) % parts.length] ?? 'value';
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`[data-part="${this.chosen}"]`)?.focus(),
    );
  }

  get #view(): PartView | null {
    return this.#data ?? this.#whole;
  }

  #forms(detail: RecordDetail) {
    const view = this.#view;
    const forms: Form[] =
      this.chosen === 'headers' && detail.headers.length > 0 ? ['json', 'text', 'hex', 'base64'] : formsOf(view);
    if (forms.length === 0) return nothing;
    return html`
      ${
        cloudEvent(this.#whole?.json)
          ? html`<label
              ><input
                type="checkbox"
                .checked=${this.data}
                @change=${() => (this.data = !this.data)}
              />${l10n.t('CloudEvent: its data only')}</label
            >`
          : nothing
      }
      <select aria-label=${l10n.t('Shown as')} @change=${(e: Event) => (this.form = valueOf(e) as Form)}>
        ${options(
          forms.map((form) => [form, formName(form)]),
          this.#form,
        )}
      </select>
    `;
  }

  /** The chosen one where the content has it, else what fits. */
  get #form(): Form {
    const view = this.#view;
    if (view === null) return this.form ?? 'text';
    return this.form !== null && formsOf(view).includes(this.form) ? this.form : view.form;
  }

  #content(detail: RecordDetail) {
    switch (this.chosen) {
      case 'value':
      case 'key':
        return this.#view ? this.#bytes(this.#view) : nothing;
      case 'headers':
        return detail.headers.length === 0
          ? html`<p class="muted">${l10n.t('This message has no headers.')}</p>`
          : html`<table>
              ${detail.headers.map(
                ([name, value]) =>
                  html`<tr>
                    <th scope="row">${visible(name)}</th>
                    <td class=${value === null ? 'muted' : ''}>${visible(headerText(value, this.#form))}</td>
                  </tr>`,
              )}
            </table>`;
      case 'record':
        return html`<table>
          ${recordFacts(detail, this.utc).map(
            ({ name, text, copy }) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td class="fact">
                  ${text}
                  ${
                    copy
                      ? html`<vscode-button appearance="secondary" @click=${() => this.actions.copy(copy.text)}
                          >${copy.name}</vscode-button
                        >`
                      : nothing
                  }
                </td>
              </tr>`,
          )}
        </table>`;
    }
  }

  #bytes(view: PartView) {
    if (view.bytes === null)
      return html`<p class="muted">
        ${this.chosen === 'value' ? l10n.t('null: a tombstone. In a compacted topic it deletes the key.') : l10n.t('null: this message has no key.')}
      </p>`;
    if (view.bytes.length === 0) return html`<p class="muted">${l10n.t('Empty: present, with no bytes.')}</p>`;
    const cut = view.bytes.length > SHOWN_BYTES;
    const note = cut
      ? html`<p class="muted">
          ${l10n.t('The first {0} of {1} are shown.', formatSize(SHOWN_BYTES), formatSize(view.bytes.length))}
          <vscode-button appearance="secondary" @click=${() => this.actions.openInEditor(this.chosen)}
            >${l10n.t('Open all of it in an editor')}</vscode-button
          >
        </p>`
      : nothing;
    switch (this.#form) {
      case 'json':
        return html`<json-tree
          .value=${view.json}
          label=${this.chosen}
          @column=${(e: CustomEvent<{ pointer: string }>) => this.#column(`${this.#data ? '/data' : ''}${e.detail.pointer}`)}
        ></json-tree>`;
      case 'text':
        return html`<pre>${visible((view.text ?? '').slice(0, SHOWN_BYTES))}</pre>
          ${note}`;
      case 'hex':
        return html`<pre class="hex">${hexDump(view.bytes, SHOWN_BYTES / 4)}</pre>
          ${note}`;
      case 'base64':
        return html`<pre>${(view.base64 ?? '').slice(0, SHOWN_BYTES)}</pre>
          ${note}`;
    }
  }

  #column(pointer: string): void {
    this.dispatchEvent(new CustomEvent('column', { detail: { part: this.chosen, pointer } }));
  }

  /** What is shown, and no more. */
  #copy(detail: RecordDetail): void {
    this.actions.copy(this.#shownText(detail));
  }

  #shownText(detail: RecordDetail): string {
    const view = this.#view;
    const form = this.#form;
    if (view) {
      if (form === 'hex') return hexDump(view.bytes ?? new Uint8Array(), Infinity);
      return (form === 'base64' ? view.base64 : view.text) ?? '';
    }
    if (this.chosen === 'headers') return headersText(detail.headers, form);
    return recordFacts(detail, this.utc)
      .map(({ name, text }) => `${name}: ${text}`)
      .join('\n');
  }
}

/** The forms that bytes have; none without bytes. */
function formsOf(view: PartView | null): Form[] {
  if (!view?.bytes) return [];
  return [
    ...(view.json === undefined ? [] : ['json' as const]),
    ...(view.text === null ? [] : ['text' as const]),
    'hex',
    'base64',
  ];
}

function formName(form: Form): string {
  switch (form) {
    case 'json':
      return 'JSON';
    case 'text':
      return l10n.t('text');
    case 'hex':
      return l10n.t('hex');
    case 'base64':
      return 'base64';
  }
}

customElements.define('detail-pane', DetailPane);
