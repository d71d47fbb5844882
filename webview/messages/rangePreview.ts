import * as l10n from '@vscode/l10n';
import { LitElement, css, html, nothing } from 'lit';
import type { ReadSpec, ResolvedRead } from '../../src/shared/messagesPage.ts';
import { readOf, type ReadDraft } from './readDraft.ts';
import { partitionText, resolvedText } from './resolvedText.ts';

/** ms without a change before the brokers are asked. */
const ASK_AFTER = 300;

type Answer = { read: Omit<ReadSpec, 'filter'>; resolved: ResolvedRead };

/**
 * What the range as written would read, before it is read. `draft` null: nothing to tell. Tells `there` {offsets} when a
 * person wants to start where the log begins or ends, since it does not have what was asked for.
 */
export class RangePreview extends LitElement {
  static override styles = css`
    :host {
      display: block;
      color: var(--vscode-descriptionForeground);
      font-variant-numeric: tabular-nums;
    }
    summary {
      cursor: pointer;
      width: fit-content;
    }
    summary:focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
    }
    ul {
      margin: 2px 0 0;
      padding-left: 24px;
      max-height: 120px;
      overflow: auto;
    }
    .error {
      color: var(--vscode-editorError-foreground);
    }
  `;
  static override properties = {
    draft: { attribute: false },
    resolve: { attribute: false },
    answer: { state: true },
  };
  declare draft: ReadDraft | null;
  declare resolve: (read: ReadSpec, signal: AbortSignal) => Promise<ResolvedRead>;
  declare answer: Answer | { refusal: string } | null;
  #asked = new AbortController();
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.draft = null;
    this.answer = null;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('draft')) return;
    this.#forget();
    const read = this.draft && readOf(this.draft, Date.now());
    if (read && 'start' in read) this.#waiting = setTimeout(() => void this.#ask(read), ASK_AFTER);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  override render() {
    const { answer } = this;
    if (answer === null) return nothing;
    if ('refusal' in answer) return html`<span class="error" role="status">${answer.refusal}</span>`;
    const { ranges, problems, moved } = answer.resolved;
    return html`<details>
        <summary title=${ranges.map(partitionText).join('\n')}>
          <span role="status">${l10n.t('Will read {0}', resolvedText(ranges, answer.read.end))}</span>
        </summary>
        <ul tabindex="0" aria-label=${l10n.t('Offsets of each partition')}>
          ${ranges.map((range) => html`<li>${partitionText(range)}</li>`)}
        </ul>
      </details>
      ${problems.map((problem) => html`<div role="status">⚠ ${problem}</div>`)}
      ${moved ? html`<vscode-button @click=${() => this.#startThere(ranges)}>${l10n.t('Start there')}</vscode-button>` : nothing}`;
  }

  #startThere(ranges: ResolvedRead['ranges']): void {
    const offsets = Object.fromEntries(ranges.map(({ partition, start }) => [partition, start]));
    this.dispatchEvent(new CustomEvent('there', { detail: { offsets } }));
  }

  #forget(): void {
    clearTimeout(this.#waiting);
    this.#asked.abort();
    this.answer = null;
  }

  async #ask(read: Answer['read']): Promise<void> {
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    try {
      const resolved = await this.resolve({ ...read, filter: null }, signal);
      if (!signal.aborted) this.answer = { read, resolved };
    } catch (error) {
      if (!signal.aborted) this.answer = { refusal: error instanceof Error ? error.message : String(error) };
    }
  }
}

customElements.define('range-preview', RangePreview);
