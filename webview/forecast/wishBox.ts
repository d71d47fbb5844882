import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ReplayWay, ReplayWish, WayAction } from '../../src/shared/replayPage.ts';
import { PageElement } from '../components/element.ts';
import type { Dropdown } from '../components/toolkit.ts';
import { number } from './topicTable.ts';
import { wishOf } from './wish.ts';

type Kind = ReplayWish['kind'];

/** "I want to…": a wish, and the ways that fulfil it with their steps and costs. */
class WishBox extends PageElement {
  static override readonly properties = {
    ways: { attribute: false },
    kind: { state: true },
    value: { state: true },
    failure: { attribute: false },
  };
  /** Of the last wish; undefined before there was one. */
  declare ways: ReplayWay[] | undefined;
  declare failure: string | undefined;
  declare kind: Kind | '';
  declare value: string;

  constructor() {
    super();
    this.kind = '';
    this.value = '';
  }

  override render(): TemplateResult {
    return html`<section aria-label=${l10n.t('I want to…')}>
      <div class="controls">
        <label for="wish">${l10n.t('I want to…')}</label>
        <vscode-dropdown
          id="wish"
          data-label=${l10n.t('I want to…')}
          .value=${this.kind}
          @change=${(event: Event) => this.#choose(event)}
        >
          <vscode-option value="">–</vscode-option>
          ${WISHES.map(([kind, text]) => html`<vscode-option value=${kind}>${text()}</vscode-option>`)}
        </vscode-dropdown>
        ${this.#argument()}
      </div>
      ${this.failure === undefined ? nothing : html`<p class="problem" role="alert">${this.failure}</p>`}
      ${(this.ways ?? []).map((way) => this.#way(way))}
    </section>`;
  }

  /** The time or offset that two of the wishes need. */
  #argument(): TemplateResult | typeof nothing {
    if (this.kind === 'since')
      return html`<input
        type="datetime-local"
        aria-label=${l10n.t('Since')}
        @change=${(event: Event) => this.#argue((event.target as HTMLInputElement).value)}
      />`;
    if (this.kind === 'from-offset')
      return html`<input
        type="number"
        min="0"
        step="1"
        aria-label=${l10n.t('Offset')}
        @change=${(event: Event) => this.#argue((event.target as HTMLInputElement).value)}
      />`;
    return nothing;
  }

  #way(way: ReplayWay): TemplateResult {
    return html`<article class="way">
      <h3>${way.title}</h3>
      <ol>
        ${way.steps.map(
          ({ text, actions }) =>
            html`<li>
              ${text}
              ${actions.map(
                (action) =>
                  html`<button class="link step" @click=${() => this.#act(action)}>${actionText(action)}</button>`,
              )}
            </li>`,
        )}
      </ol>
      <p class="quiet">
        ${l10n.t('Delivered right after the start: {0}; of these handled before: {1}.', number(way.delivered), number(way.twice))}
        ${way.costs.join(' ')}
      </p>
    </article>`;
  }

  #choose(event: Event): void {
    this.kind = (event.target as Dropdown).value as Kind | '';
    this.value = '';
    this.#tell();
  }

  #argue(value: string): void {
    this.value = value;
    this.#tell();
  }

  #tell(): void {
    const wish = wishOf(this.kind, this.value);
    this.dispatchEvent(new CustomEvent('wish', { detail: wish }));
  }

  #act(action: WayAction): void {
    this.dispatchEvent(new CustomEvent('act', { detail: action }));
  }
}

const WISHES: [Kind, () => string][] = [
  ['everything', () => l10n.t('receive everything that Kafka still keeps')],
  ['only-new', () => l10n.t('receive only what is new')],
  ['since', () => l10n.t('receive everything since a time')],
  ['from-offset', () => l10n.t('receive again from an offset')],
  ['second-reader', () => l10n.t('read a second time, independently')],
  ['every-instance', () => l10n.t('give every message to every instance')],
];

function actionText(action: WayAction): string {
  switch (action.kind) {
    case 'try':
      return l10n.t('show what that changes');
    case 'edit':
      return l10n.t('show the edit of the file');
    case 'client':
      return l10n.t('compare');
    case 'reset':
      return l10n.t('reset offsets…');
    case 'read':
      return l10n.t('read here');
  }
}

customElements.define('wish-box', WishBox);
