import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type {
  Placement,
  RedriveCheckpoint,
  RedriveContract,
  RedriveEnd,
  RedriveInit,
  RedrivePlan,
} from '../../src/shared/redrivePage.ts';
import { oneLine } from '../../src/shared/visible.ts';
import { PageElement } from '../components/element.ts';
import { formatCount } from '../components/format.ts';
import { RpcClient } from '../components/rpc.ts';
import { nameControls, type Dropdown } from '../components/toolkit.ts';
import { firstRecords, outcome, partitionTable, total, whatHappens } from './planView.ts';
import { messageCount } from '../../src/shared/counts.ts';

/** Records of a topic on their way to another: what, where to, what will happen, how far, and what became of it. */
class RedrivePage extends PageElement {
  static override readonly properties = {
    init: { state: true },
    target: { state: true },
    placement: { state: true },
    plan: { state: true },
    counted: { state: true },
    counting: { state: true },
    running: { state: true },
    at: { state: true },
    end: { state: true },
    failure: { state: true },
  };
  declare init: RedriveInit | undefined;
  declare target: string;
  declare placement: Placement;
  declare plan: RedrivePlan | undefined;
  /** Records looked at while counting. */
  declare counted: number;
  declare counting: AbortController | undefined;
  declare running: boolean;
  declare at: RedriveCheckpoint | undefined;
  declare end: RedriveEnd | undefined;
  declare failure: string | undefined;
  readonly #rpc = new RpcClient<RedriveContract>();

  constructor() {
    super();
    this.target = '';
    this.placement = 'key';
    this.counted = 0;
    this.running = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#rpc.on('progress', (at) => (this.at = at));
    this.#rpc.on('counted', ({ scanned }) => (this.counted = scanned));
    void this.#open();
  }

  override updated(): void {
    nameControls(this);
  }

  async #open(): Promise<void> {
    this.failure = undefined;
    try {
      this.init = await this.#rpc.request('ready', {});
      const [only, ...others] = this.init.proposals;
      if (only && others.length === 0) this.#aim(only.topic);
    } catch (error) {
      this.failure = (error as Error).message;
    }
  }

  override render(): TemplateResult {
    const { init, failure } = this;
    if (!init)
      return html`<main aria-busy=${failure === undefined}>
        ${
          failure === undefined
            ? html`<p role="status">${l10n.t('Asking the cluster…')}</p>`
            : html`<p class="problem" role="alert">${failure}</p>
                <vscode-button @click=${() => void this.#open()}>${l10n.t('Try again')}</vscode-button>`
        }
      </main>`;
    return html`<main>
      <header>
        <h1>${l10n.t('Redrive {0}', init.topic)}</h1>
        <span class="hint">${oneLine(init.cluster.name)}</span>
        ${
          init.cluster.mode === 'normal'
            ? nothing
            : html`<span class="badge"
                >${
                  init.cluster.mode === 'read-only'
                    ? l10n.t('read-only: nothing can be sent')
                    : l10n.t('production: the topic’s name will be asked')
                }</span
              >`
        }
      </header>
      <p>${init.what}</p>
      ${this.#aimControls(init)}
      ${failure === undefined ? nothing : html`<p class="problem" role="alert">${failure}</p>`}
      ${this.counting ? this.#countingView() : nothing} ${this.plan ? this.#planned(this.plan, init) : nothing}
    </main>`;
  }

  #aimControls(init: RedriveInit): TemplateResult {
    const fixed = this.running || this.at !== undefined;
    return html`<fieldset class="aim">
        <legend>${l10n.t('Write to')}</legend>
        <input
          id="target"
          list="topics"
          aria-label=${l10n.t('Target topic')}
          placeholder=${l10n.t('topic')}
          ?disabled=${fixed}
          .value=${this.target}
          @change=${(e: Event) => this.#aim((e.target as HTMLInputElement).value.trim())}
        />
        <datalist id="topics">${init.topics.map((name) => html`<option value=${name}></option>`)}</datalist>
        <vscode-dropdown
          id="placement"
          data-label=${l10n.t('Partition of each')}
          ?disabled=${fixed}
          .value=${this.placement}
          @change=${(e: Event) => {
            this.placement = (e.target as Dropdown).value === 'partition' ? 'partition' : 'key';
            this.#aim(this.target);
          }}
        >
          <vscode-option value="key" ?selected=${this.placement === 'key'}
            >${l10n.t('partition by key (default partitioner)')}</vscode-option
          >
          <vscode-option value="partition" ?selected=${this.placement === 'partition'}
            >${l10n.t('same partition number')}</vscode-option
          >
        </vscode-dropdown>
      </fieldset>
      ${init.proposals.map(
        ({ topic, file }) =>
          html`<p class="hint">
            ${l10n.t('{0} names {1} as the dead letter topic of', file, init.topic)}
            <button class="link" ?disabled=${fixed} @click=${() => this.#aim(topic)}>${topic}</button>
          </p>`,
      )}`;
  }

  #countingView(): TemplateResult {
    return html`<p role="status" class="counting">
      ${l10n.t('Reading and counting… {0} looked at', messageCount(this.counted))}
      <button class="link" @click=${() => this.counting?.abort()}>${l10n.t('Cancel')}</button>
    </p>`;
  }

  #planned(plan: RedrivePlan, init: RedriveInit): TemplateResult {
    const count = total(plan);
    const written = this.at ? Object.values(this.at.written).reduce((sum, n) => sum + n, 0) : 0;
    return html`<section class="plan" aria-label=${l10n.t('What will happen')}>
        <h2>
          ${
            count === 1
              ? l10n.t('Write one message of {0} to {1}', init.topic, plan.job.target)
              : l10n.t('Write {0} messages of {1} to {2}', formatCount(count), init.topic, plan.job.target)
          }
        </h2>
        ${whatHappens(plan, init.topic)} ${partitionTable(plan, this.at)} ${this.at ? nothing : firstRecords(plan)}
      </section>
      <footer>
        ${this.#button(count)}
        <span role="status" class="state">${this.#state(written, count)}</span>
        ${
          this.end
            ? html`<button class="link" @click=${() => this.#tell(this.#rpc.request('show', {}))}>
                ${l10n.t('Show {0}', plan.job.target)}
              </button>`
            : nothing
        }
      </footer>
      ${this.end ? outcome(this.end.checkpoint) : nothing}`;
  }

  #button(count: number): TemplateResult | typeof nothing {
    if (this.running)
      return html`<vscode-button
        id="stop"
        appearance="secondary"
        @click=${() => this.#tell(this.#rpc.request('stop', {}))}
        >${l10n.t('Stop')}</vscode-button
      >`;
    if (this.end?.state === 'done') return nothing;
    return html`<vscode-button id="start" ?disabled=${count === 0} @click=${() => void this.#run()}
      >${this.at ? l10n.t('Go on') : l10n.t('Start')}</vscode-button
    >`;
  }

  #state(written: number, count: number): string {
    const so = l10n.t('{0} of {1} written', formatCount(written), formatCount(count));
    if (this.running) return so;
    if (!this.end) return count === 0 ? l10n.t('There is nothing to write.') : '';
    if (this.end.state === 'done') return l10n.t('Done: {0}.', so);
    return this.end.reason === null
      ? l10n.t('Stopped: {0}. Going on writes the rest.', so)
      : l10n.t('Stopped: {0}. {1}', so, this.end.reason);
  }

  /** Another target is another plan; an older answer that comes late is not shown. */
  #aim(target: string): void {
    this.target = target;
    this.plan = undefined;
    this.failure = undefined;
    this.counting?.abort();
    if (target !== '') void this.#count(target);
  }

  async #count(target: string): Promise<void> {
    const counting = new AbortController();
    this.counting = counting;
    this.counted = 0;
    try {
      const plan = await this.#rpc.request('plan', { target, placement: this.placement }, counting.signal);
      if (!counting.signal.aborted) this.plan = plan;
    } catch (error) {
      if (!counting.signal.aborted) this.failure = (error as Error).message;
    }
    if (this.counting === counting) this.counting = undefined;
  }

  async #run(): Promise<void> {
    this.running = true;
    this.failure = undefined;
    this.end = undefined;
    try {
      const end = await this.#rpc.request('run', {});
      if (end) {
        this.end = end;
        this.at = end.checkpoint;
      }
    } catch (error) {
      this.failure = (error as Error).message;
    }
    this.running = false;
  }

  #tell(request: Promise<unknown>): void {
    request.catch((error: unknown) => (this.failure = (error as Error).message));
  }
}

customElements.define('redrive-page', RedrivePage);
