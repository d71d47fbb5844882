import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import { hexDump } from '../../src/shared/bytes.ts';
import { visible } from '../../src/shared/visible.ts';
import { formatCount } from '../components/format.ts';
import type { ChosenRecord } from './chosenRecord.ts';
import { cloudEventOf, type CloudEvent } from './cloudEvent.ts';
import { detailStyles } from './detailStyles.ts';
import { formatSize } from './format.ts';
import { headerText, headerViews, headersText, type HeaderView } from './headerView.ts';
import { options, valueOf } from './rangeControls.ts';
import { recordFacts } from './recordFacts.ts';
import { SHOWN_BYTES, partView, type Form, type Part, type PartView } from './recordView.ts';

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
  #value: PartView | null = null;
  #event: CloudEvent | null = null;
  #headers: HeaderView[] = [];
  /** The bytes that are shown; null: the part has none. */
  #view: PartView | null = null;

  static override styles = detailStyles;

  constructor() {
    super();
    this.detail = null;
    this.problem = null;
    this.chosen = 'value';
    this.form = null;
    this.comparing = '';
  }

  override willUpdate(changed: Map<string, unknown>): void {
    const { detail } = this;
    if (changed.has('detail')) {
      this.#value = detail && partView(detail, 'value');
      this.#event = detail && this.#value && cloudEventOf(detail.headers, this.#value);
      this.#headers = headerViews(detail?.headers ?? []);
    }
    if (changed.has('detail') || changed.has('chosen')) this.#view = detail && this.#viewOf(detail);
  }

  /** What a person looks at: a record that is no event is shown by its value then. */
  get #part(): Part {
    return this.chosen === 'event' && this.#event === null ? 'value' : this.chosen;
  }

  get #parts(): Part[] {
    return ['value', ...(this.#event ? ['event' as const] : []), 'key', 'headers', 'record'];
  }

  #viewOf(detail: RecordDetail): PartView | null {
    switch (this.#part) {
      case 'value':
        return this.#value;
      case 'key':
        return partView(detail, 'key');
      case 'event':
        return this.#event?.data ?? null;
      case 'headers':
      case 'record':
        return null;
    }
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
          ${this.#parts.map((part) => this.#tab(part, partName(part, detail.headers.length)))}
        </div>
        <span class="muted">P${detail.partition} · ${formatCount(detail.offset)}</span>
        <span class="space"></span>
        ${this.#forms(detail)}
        <vscode-button appearance="secondary" @click=${() => this.#copy(detail)}
          >${this.#part === 'event' ? l10n.t('Copy data') : l10n.t('Copy')}</vscode-button
        >
        <vscode-button appearance="secondary" @click=${() => this.actions.copyJson(this.topic)}
          >${l10n.t('Copy as JSON')}</vscode-button
        >
        <vscode-button appearance="secondary" @click=${() => this.#openInEditor()}
          >${l10n.t('Open in editor')}</vscode-button
        >
        <vscode-button appearance="secondary" @click=${() => this.actions.produceAgain()}
          >${l10n.t('Produce again…')}</vscode-button
        >
        <vscode-button appearance="secondary" @click=${() => this.actions.compare()}
          >${this.comparing === '' ? l10n.t('Compare…') : l10n.t('Compare with {0}', this.comparing)}</vscode-button
        >
        <vscode-button
          class="close"
          appearance="icon"
          aria-label=${l10n.t('Close the detail')}
          @click=${() => this.actions.hide()}
          >✕</vscode-button
        >
      </div>
      ${[detail.error, detail.decodedKey?.error, detail.decodedValue?.error].map((e) => (e === undefined ? nothing : html`<div class="error" role="alert">${visible(e)}</div>`))}
      <div class="content" tabindex="0" role="tabpanel" aria-label=${partName(this.#part, detail.headers.length)}>
        ${this.#content(detail)}
      </div>
    `;
  }

  #tab(part: Part, name: string) {
    const chosen = this.#part === part;
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
    const parts = this.#parts;
    this.chosen = parts[(parts.indexOf(this.#part) + step + parts.length) % parts.length] ?? 'value';
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`[data-part="${this.chosen}"]`)?.focus(),
    );
  }

  #forms(detail: RecordDetail) {
    const view = this.#view;
    const forms: Form[] =
      this.#part === 'headers' && detail.headers.length > 0 ? ['json', 'text', 'hex', 'base64'] : formsOf(view);
    if (forms.length === 0) return nothing;
    return html`<select aria-label=${l10n.t('Shown as')} @change=${(e: Event) => (this.form = valueOf(e) as Form)}>
      ${options(
        forms.map((form) => [form, formName(form)]),
        this.#form,
      )}
    </select> `;
  }

  /** The chosen one where the content has it, else what fits. */
  get #form(): Form {
    const view = this.#view;
    if (view === null) return this.form ?? 'json';
    return this.form !== null && formsOf(view).includes(this.form) ? this.form : view.form;
  }

  #content(detail: RecordDetail) {
    switch (this.#part) {
      case 'value':
      case 'key':
        return this.#view ? this.#bytes(this.#view) : nothing;
      case 'event':
        return this.#event ? this.#eventTable(this.#event) : nothing;
      case 'headers':
        return detail.headers.length === 0
          ? html`<p class="muted">${l10n.t('This message has no headers.')}</p>`
          : html`<table>
              ${this.#headers.map((header) => this.#header(header))}
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

  #header({ name, base64, json }: HeaderView) {
    const cell =
      this.#form === 'json' && json !== undefined
        ? html`<td class="fact">
            <json-tree .value=${json} .columns=${false} label=${visible(name)}></json-tree>
          </td>`
        : html`<td class=${base64 === null ? 'muted' : ''}>${visible(headerText(base64, this.#form))}</td>`;
    return html`<tr>
      <th scope="row">${visible(name)}</th>
      ${cell}
    </tr>`;
  }

  #eventTable({ mode, attributes, data }: CloudEvent) {
    const row = (name: string, content: unknown) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td class="fact">${content}</td>
      </tr>`;
    const where =
      mode === 'structured'
        ? l10n.t('structured mode: attributes and data together in the value')
        : l10n.t('binary mode: attributes in the headers, data in the value');
    return html`<table>
      ${row('CloudEvent', where)} ${attributes.map(([name, text]) => row(visible(name), visible(text)))}
      ${row('data', data ? this.#bytes(data) : html`<span class="muted">${l10n.t('none: this event carries no data.')}</span>`)}
    </table>`;
  }

  #bytes(view: PartView) {
    if (view.bytes === null)
      return html`<p class="muted">
        ${this.#part === 'value' ? l10n.t('null: a tombstone. In a compacted topic it deletes the key.') : l10n.t('null: this message has no key.')}
      </p>`;
    if (view.bytes.length === 0) return html`<p class="muted">${l10n.t('Empty: present, with no bytes.')}</p>`;
    const cut = view.bytes.length > SHOWN_BYTES;
    const note = cut
      ? html`<p class="muted">
          ${l10n.t('The first {0} of {1} are shown.', formatSize(SHOWN_BYTES), formatSize(view.bytes.length))}
          <vscode-button appearance="secondary" @click=${() => this.#openInEditor()}
            >${l10n.t('Open all of it in an editor')}</vscode-button
          >
        </p>`
      : nothing;
    switch (this.#form) {
      case 'json':
        return html`<json-tree
          .value=${view.json}
          label=${this.#part === 'event' ? 'data' : partName(this.#part, 0)}
          @column=${(e: CustomEvent<{ pointer: string }>) => this.#column(e.detail.pointer)}
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

  /** `pointer`: in what is shown. */
  #column(pointer: string): void {
    const inEvent = this.#part === 'event' && this.#event;
    const detail = inEvent ? { part: 'value', pointer: `${inEvent.place}${pointer}` } : { part: this.#part, pointer };
    this.dispatchEvent(new CustomEvent('column', { detail }));
  }

  #openInEditor(): void {
    this.actions.openInEditor(this.#part === 'event' ? 'value' : this.#part);
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
    if (this.#part === 'event') return '';
    if (this.#part === 'headers') return headersText(detail.headers, form);
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

function partName(part: Part, headers: number): string {
  switch (part) {
    case 'value':
      return l10n.t('Value');
    case 'event':
      return 'CloudEvent';
    case 'key':
      return l10n.t('Key');
    case 'headers':
      return l10n.t('Headers ({0})', headers);
    case 'record':
      return l10n.t('Record');
  }
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
