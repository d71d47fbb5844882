import * as l10n from '@vscode/l10n';
import { LitElement, css, html, nothing } from 'lit';
import type { DecodedText, RecordDetail } from '../../src/shared/messagesPage.ts';
import { visible } from '../../src/shared/visible.ts';
import { formatCount } from '../components/format.ts';
import { hexDump } from './bytes.ts';
import type { ChosenRecord } from './chosenRecord.ts';
import { controlStyles } from './controlStyles.ts';
import { formatSize, formatTime, isoTime } from './format.ts';
import type { Json } from './jsonRows.ts';
import { options, valueOf } from './rangeControls.ts';
import { SHOWN_BYTES, cloudEvent, partView, type Form, type Part, type PartView } from './recordView.ts';

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
  #view: PartView | null = null;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        flex-wrap: nowrap;
        align-items: stretch;
        min-height: 0;
        gap: 4px;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
      }
      .tabs {
        display: flex;
      }
      [role='tab'] {
        all: unset;
        padding: 3px 8px;
        cursor: pointer;
        color: var(--vscode-panelTitle-inactiveForeground, var(--vscode-foreground));
        border-bottom: 1px solid transparent;
      }
      [role='tab'][aria-selected='true'] {
        color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
        border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--vscode-focusBorder));
      }
      [role='tab']:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
      }
      .space {
        flex: 1;
      }
      .content {
        flex: 1;
        min-height: 0;
        overflow: auto;
        outline: none;
      }
      .content:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      pre {
        margin: 0;
        font-family: var(--vscode-editor-font-family, monospace);
        font-size: var(--vscode-editor-font-size, 12px);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      pre.hex {
        white-space: pre;
      }
      table {
        border-spacing: 0;
        font-family: var(--vscode-editor-font-family, monospace);
        font-size: var(--vscode-editor-font-size, 12px);
      }
      th {
        text-align: left;
        font-weight: normal;
        color: var(--vscode-descriptionForeground);
        padding: 1px 16px 1px 0;
        vertical-align: top;
      }
      td {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        unicode-bidi: isolate;
      }
    `,
  ];

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
    if (!changed.has('detail') && !changed.has('chosen')) return;
    const { detail, chosen: part } = this;
    this.#view = detail && (part === 'value' || part === 'key') ? partView(detail, part) : null;
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
        ${this.#view?.bytes ? this.#forms(this.#view) : nothing}
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

  #forms(view: PartView) {
    const forms: [string, string][] = [
      ...(view.json === undefined ? [] : [['json', 'JSON'] satisfies [string, string]]),
      ...(view.text === null ? [] : [['text', l10n.t('text')] satisfies [string, string]]),
      ['hex', l10n.t('hex')],
      ['base64', 'base64'],
    ];
    return html`
      ${
        cloudEvent(view.json)
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
        ${options(forms, this.#formOf(view))}
      </select>
    `;
  }

  #formOf(view: PartView): Form {
    const form = this.form ?? view.form;
    if (form === 'json' && view.json === undefined) return view.form;
    return form === 'text' && view.text === null ? 'hex' : form;
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
                    <td class=${value === null ? 'muted' : ''}>${value === null ? 'null' : visible(value)}</td>
                  </tr>`,
              )}
            </table>`;
      case 'record':
        return html`<table>
          ${recordFacts(detail, this.utc).map(
            ([name, value]) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td>${value}</td>
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
    switch (this.#formOf(view)) {
      case 'json': {
        const event = this.data ? cloudEvent(view.json) : null;
        const json = (event ? event.data : view.json) as Json;
        return html`<json-tree
          .value=${json}
          label=${this.chosen}
          @column=${(e: CustomEvent<{ pointer: string }>) => this.#column(`${event ? '/data' : ''}${e.detail.pointer}`)}
        ></json-tree>`;
      }
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

  #copy(detail: RecordDetail): void {
    this.actions.copy(this.#view ? this.#shownText(this.#view) : this.#factsText(detail));
  }

  #shownText(view: PartView): string {
    const form = this.#formOf(view);
    if (form === 'hex') return hexDump(view.bytes ?? new Uint8Array(), Infinity);
    return (form === 'base64' ? view.base64 : view.text) ?? '';
  }

  #factsText(detail: RecordDetail): string {
    const lines: [string, string][] =
      this.chosen === 'headers' ? detail.headers.map(([k, v]) => [k, v ?? 'null']) : recordFacts(detail, this.utc);
    return lines.map((line) => line.join(': ')).join('\n');
  }
}

function schemaFacts(title: string, decoded: DecodedText | undefined): [string, string][] {
  if (decoded?.schemaId === undefined) return [];
  const { schemaId, schemaName, format } = decoded;
  return [[title, [`id ${schemaId}`, ...(schemaName === undefined ? [] : [schemaName]), format].join(' · ')]];
}

function recordFacts(detail: RecordDetail, utc: boolean): [string, string][] {
  const bytes = (base64: string | null) =>
    base64 === null ? 'null' : formatSize(Math.floor((base64.replace(/=+$/, '').length * 3) / 4));
  const producer =
    detail.producerId < 0
      ? l10n.t('none (neither idempotent nor transactional)')
      : l10n.t('{0}, epoch {1}', formatCount(detail.producerId), detail.producerEpoch);
  const clock =
    detail.timestampType === 'append'
      ? l10n.t('set by the broker (LogAppendTime)')
      : l10n.t('set by the producer (CreateTime)');
  return [
    [l10n.t('Partition'), String(detail.partition)],
    [l10n.t('Offset'), formatCount(detail.offset)],
    [l10n.t('Time'), `${formatTime(detail.timestamp, utc)} · ${isoTime(detail.timestamp)} · ${clock}`],
    [l10n.t('Key size'), bytes(detail.key)],
    [l10n.t('Value size'), bytes(detail.value)],
    ...schemaFacts(l10n.t('Schema of the key'), detail.decodedKey),
    ...schemaFacts(l10n.t('Schema of the value'), detail.decodedValue),
    [l10n.t('Compression of its batch'), detail.codec],
    [l10n.t('First offset of its batch'), formatCount(detail.batchBaseOffset)],
    [l10n.t('Producer'), producer],
  ];
}

customElements.define('detail-pane', DetailPane);
