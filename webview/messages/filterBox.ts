import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import type { FilterSpec, FilterVerdict } from '../../src/shared/messagesPage.ts';
import { controlStyles } from './controlStyles.ts';
import { options, valueOf } from './rangeControls.ts';

/** The filter as it is typed, checked while it is typed, and when another message is there to try it on. Tells `edit` {filter}, and `apply` on Enter. */
export class FilterBox extends LitElement {
  static override styles = controlStyles;
  static override properties = {
    filter: { attribute: false },
    check: { attribute: false },
    sample: { attribute: false },
    verdict: { state: true },
  };
  declare filter: FilterSpec | null;
  /** Another one: what a verdict was about is not the first row, or read in its format, any more. */
  declare sample: string;
  declare check: (filter: FilterSpec, signal: AbortSignal) => Promise<FilterVerdict>;
  declare verdict: FilterVerdict | null;
  #asked = new AbortController();
  #language: FilterSpec['language'] = 'text';

  constructor() {
    super();
    this.filter = null;
    this.sample = '';
    this.verdict = null;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('filter') && this.filter) this.#language = this.filter.language;
    if (changed.has('sample')) void this.#check();
  }

  override render() {
    const text = this.filter?.text ?? '';
    return html`
      <label class="box">
        ${l10n.t('Filter')}
        <input
          id="filter"
          size="60"
          spellcheck="false"
          .value=${text}
          placeholder=${this.#placeholder()}
          aria-invalid=${this.verdict?.ok === false}
          aria-describedby="verdict"
          @input=${(e: Event) => void this.#edit(valueOf(e), this.#language)}
          @keydown=${(e: KeyboardEvent) => e.key === 'Enter' && this.#apply()}
        />
      </label>
      <select
        aria-label=${l10n.t('Filter language')}
        @change=${(e: Event) => void this.#edit(text, valueOf(e) as FilterSpec['language'])}
      >
        ${options(
          [
            ['text', l10n.t('text')],
            ['regex', l10n.t('regular expression')],
            ['cel', 'CEL'],
          ],
          this.#language,
        )}
      </select>
      <vscode-button appearance="secondary" @click=${() => this.#apply()}>${l10n.t('Search the topic')}</vscode-button>
      <span id="verdict" class=${this.verdict ? toneOf(this.verdict) : nothing} role="status"
        >${
          this.verdict
            ? html`<span class=${signOf(this.verdict) === '✓' ? 'ok' : nothing}>${signOf(this.verdict)}</span>
                ${this.verdict.message}`
            : nothing
        }</span
      >
    `;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLInputElement>('#filter')?.focus();
  }

  #placeholder(): string {
    switch (this.#language) {
      case 'text':
        return l10n.t('text in key, value or headers');
      case 'regex':
        return l10n.t('regular expression over key, value and headers');
      case 'cel':
        return 'value.amount > 100 && key.startsWith("o-")';
    }
  }

  async #edit(text: string, language: FilterSpec['language']): Promise<void> {
    this.#language = language;
    this.filter = text === '' ? null : { language, text };
    this.dispatchEvent(new CustomEvent('edit', { detail: { filter: this.filter } }));
    this.requestUpdate();
    await this.#check();
  }

  /** Until the verdict is there the one before it stays. */
  async #check(): Promise<void> {
    this.#asked.abort();
    const { signal } = (this.#asked = new AbortController());
    if (!this.filter) {
      this.verdict = null;
      return;
    }
    try {
      const verdict = await this.check(this.filter, signal);
      if (!signal.aborted) this.verdict = verdict;
    } catch (error) {
      // Nothing is known to be wrong with the filter itself.
      if (!signal.aborted)
        this.verdict = { ok: true, sample: 'fails', message: error instanceof Error ? error.message : String(error) };
    }
  }

  #apply(): void {
    if (this.verdict?.ok === false) return;
    this.dispatchEvent(new CustomEvent('apply'));
  }
}

/** Of the words; of a match the sign alone is green: no theme's green is dark enough for words. */
function toneOf({ ok, sample }: FilterVerdict): string {
  if (!ok) return 'error';
  return sample === 'differs' ? 'muted' : sample === 'fails' ? 'warning' : '';
}

function signOf({ ok, sample }: FilterVerdict): string {
  if (!ok) return '✗';
  return sample === 'differs' ? '≠' : sample === 'fails' ? '⚠' : '✓';
}

customElements.define('filter-box', FilterBox);
