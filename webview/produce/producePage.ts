import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type {
  CodecChoice,
  MessageDraft,
  ProduceContract,
  ProduceInit,
  ProduceMemory,
  ProducePreview,
  SentMessage,
} from '../../src/shared/producePage.ts';
import { oneLine } from '../../src/shared/visible.ts';
import { PageElement } from '../components/element.ts';
import { formatCount } from '../components/format.ts';
import { RpcClient } from '../components/rpc.ts';
import { nameControls, type Dropdown, type TextField } from '../components/toolkit.ts';
import { headerList } from './headerList.ts';
import { partField } from './partField.ts';

/** ms of quiet before what was typed is judged. */
const QUIET = 250;

/** One message being written: its parts, what sending would do, and where it went. */
class ProducePage extends PageElement {
  static override readonly properties = {
    init: { state: true },
    draft: { state: true },
    preview: { state: true },
    failure: { state: true },
    sending: { state: true },
    sent: { state: true },
  };
  declare init: ProduceInit | undefined;
  declare draft: MessageDraft;
  declare preview: ProducePreview | undefined;
  declare failure: string | undefined;
  declare sending: boolean;
  /** The newest first. */
  declare sent: SentMessage[];
  readonly #rpc = new RpcClient<ProduceContract>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = new AbortController();

  constructor() {
    super();
    this.sent = [];
    this.sending = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#open();
  }

  async #open(): Promise<void> {
    this.failure = undefined;
    try {
      const init = await this.#rpc.request('ready', {});
      const kept = this.#rpc.state as ProduceMemory | undefined;
      this.draft = kept?.draft ?? init.draft;
      this.sent = kept?.sent ?? [];
      this.init = init;
      this.#remember();
      await this.#judge();
    } catch (error) {
      this.failure = (error as Error).message;
    }
  }

  override updated(): void {
    nameControls(this);
  }

  override render(): TemplateResult {
    const { init } = this;
    if (!init)
      return html`<main aria-busy=${this.failure === undefined}>
        ${
          this.failure === undefined
            ? html`<p role="status">${l10n.t('Asking the cluster about the topic…')}</p>`
            : html`<p class="problem" role="alert">${this.failure}</p>
                <vscode-button @click=${() => void this.#open()}>${l10n.t('Try again')}</vscode-button>`
        }
      </main>`;
    const { draft } = this;
    return html`<main>
      <header>
        <h1>${l10n.t('Produce to {0}', init.topic)}</h1>
        <span class="hint">${oneLine(init.cluster.name)}</span>
        ${mode(init.cluster.mode)}
      </header>
      ${
        init.from
          ? html`<p class="hint">
              ${l10n.t(
                'Filled with the key, value and headers of P{0}, offset {1}.',
                init.from.partition,
                formatCount(init.from.offset),
              )}
            </p>`
          : nothing
      }
      ${init.registryProblem === null ? nothing : html`<p class="problem" role="alert">${init.registryProblem}</p>`}
      ${partField(
        { id: 'key', label: l10n.t('Key'), nullLabel: l10n.t('no key (null)'), rows: 2, subjects: init.subjects },
        draft.key,
        (key) => this.#set({ key }),
      )}
      ${partField(
        {
          id: 'value',
          label: l10n.t('Value'),
          nullLabel: l10n.t('tombstone (null)'),
          rows: 10,
          subjects: init.subjects,
        },
        draft.value,
        (value) => this.#set({ value }),
      )}
      ${headerList(draft.headers, (headers) => this.#set({ headers }))} ${this.#settings(init, draft)}
      <section class="plan" aria-live="polite" aria-label=${l10n.t('What will happen')}>${this.#plan()}</section>
      <footer>
        <vscode-button
          id="send"
          ?disabled=${this.sending || !this.preview || 'problem' in this.preview}
          @click=${() => void this.#send()}
          >${this.sending ? l10n.t('Sending…') : l10n.t('Send')}</vscode-button
        >
        ${this.failure === undefined ? nothing : html`<p class="problem" role="alert">${this.failure}</p>`}
      </footer>
      ${this.#results()}
    </main>`;
  }

  #settings(init: ProduceInit, draft: MessageDraft): TemplateResult {
    return html`<fieldset class="settings">
      <legend>${l10n.t('Where and how')}</legend>
      <label for="partition">${l10n.t('Partition')}</label>
      <vscode-dropdown
        id="partition"
        data-label=${l10n.t('Partition')}
        .value=${draft.partition === null ? '' : String(draft.partition)}
        @change=${(e: Event) => {
          const { value } = e.target as Dropdown;
          this.#set({ partition: value === '' ? null : Number(value) });
        }}
      >
        <vscode-option value="" ?selected=${draft.partition === null}
          >${l10n.t('Kafka’s default partitioner')}</vscode-option
        >
        ${init.partitions.map(
          (p) => html`<vscode-option value=${String(p)} ?selected=${p === draft.partition}>P${p}</vscode-option>`,
        )}
      </vscode-dropdown>
      <label for="codec">${l10n.t('Compression')}</label>
      <vscode-dropdown
        id="codec"
        data-label=${l10n.t('Compression')}
        .value=${draft.codec}
        @change=${(e: Event) => this.#set({ codec: (e.target as Dropdown).value as CodecChoice })}
      >
        ${init.codecs.map(
          (codec) =>
            html`<vscode-option value=${codec} ?selected=${codec === draft.codec}
              >${codec === 'none' ? l10n.t('none') : codec}</vscode-option
            >`,
        )}
      </vscode-dropdown>
      <label for="time">${l10n.t('Timestamp')}</label>
      <vscode-text-field
        id="time"
        data-label=${l10n.t('Timestamp')}
        placeholder=${l10n.t('the time of sending')}
        .value=${draft.time}
        @input=${(e: Event) => this.#set({ time: (e.target as TextField).value })}
      ></vscode-text-field>
    </fieldset>`;
  }

  #plan(): TemplateResult | typeof nothing {
    const { preview } = this;
    if (!preview) return nothing;
    if ('problem' in preview)
      return html`<p class="wrong">
        <span class="codicon codicon-warning" aria-hidden="true"></span> ${preview.problem}
      </p>`;
    return html`<h2>${preview.title}</h2>
      <ul>
        ${preview.items.map((item) => html`<li>${oneLine(item)}</li>`)}
      </ul>`;
  }

  #results(): TemplateResult | typeof nothing {
    if (this.sent.length === 0) return nothing;
    return html`<section class="sent" role="status" aria-label=${l10n.t('Written')}>
      ${this.sent.map(
        ({ partition, offset, timestamp }) =>
          html`<div>
            <span class="codicon codicon-check" aria-hidden="true"></span>
            ${l10n.t('Written to P{0}, offset {1}', partition, formatCount(offset))}
            <span class="hint">${new Date(timestamp).toLocaleString(document.documentElement.lang)}</span>
            <button class="link" @click=${() => this.#show(partition, offset)}>${l10n.t('Show')}</button>
          </div>`,
      )}
    </section>`;
  }

  #set(changes: Partial<MessageDraft>): void {
    this.draft = { ...this.draft, ...changes };
    this.#remember();
    // What was judged is no longer what would be sent.
    this.preview = undefined;
    this.failure = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#judge(), QUIET);
  }

  /** Nothing that was typed or written is lost where the window is reloaded. */
  #remember(): void {
    const { init, draft, sent } = this;
    if (!init) return;
    const memory: ProduceMemory = {
      clusterId: init.cluster.id,
      topic: init.topic,
      ...(init.draft.partition === null || init.from ? {} : { partition: init.draft.partition }),
      from: init.from,
      draft,
      sent,
    };
    this.#rpc.state = memory;
  }

  async #judge(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const preview = await this.#rpc.request('preview', { draft: this.draft }, signal);
      if (!signal.aborted) this.preview = preview;
    } catch (error) {
      if (!signal.aborted) this.preview = { problem: (error as Error).message };
    }
  }

  async #send(): Promise<void> {
    this.sending = true;
    this.failure = undefined;
    try {
      const sent = await this.#rpc.request('send', { draft: this.draft });
      if (sent) this.sent = [sent, ...this.sent];
      this.#remember();
    } catch (error) {
      this.failure = (error as Error).message;
    }
    this.sending = false;
  }

  #show(partition: number, offset: number): void {
    this.#rpc
      .request('show', { partition, offset })
      .catch((error: unknown) => (this.failure = (error as Error).message));
  }
}

function mode(of: ProduceInit['cluster']['mode']): TemplateResult | typeof nothing {
  switch (of) {
    case 'read-only':
      return html`<span class="badge">${l10n.t('read-only: nothing can be sent')}</span>`;
    case 'production':
      return html`<span class="badge">${l10n.t('production: the topic’s name will be asked')}</span>`;
    case 'normal':
      return nothing;
  }
}

customElements.define('produce-page', ProducePage);
