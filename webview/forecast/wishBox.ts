import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ReplayWay, WayAction } from '../../src/shared/replayPage.ts';
import { PageElement } from '../components/element.ts';
import type { Dropdown } from '../components/toolkit.ts';
import { number } from './topicTable.ts';
import { WISHES } from '../../src/shared/wishes.ts';
import type { SaidWish } from './wish.ts';

/** "I want to…": a wish, and the ways that fulfil it with their steps and costs. */
class WishBox extends PageElement {
  static override readonly properties = {
    ways: { attribute: false },
    said: { attribute: false },
    failure: { attribute: false },
  };
  /** Of the last wish; undefined before there was one. */
  declare ways: ReplayWay[] | undefined;
  declare failure: string | undefined;
  declare said: SaidWish;

  /** Where the person goes on: the time or offset that is still to be said, else the wish. */
  override focus(): void {
    this.scrollIntoView({ block: 'nearest' });
    (this.querySelector('input') ?? this.querySelector<HTMLElement>('#wish'))?.focus();
  }

  override render(): TemplateResult {
    return html`<section aria-label=${l10n.t('I want to…')}>
      <div class="controls">
        <label for="wish">${l10n.t('I want to…')}</label>
        <vscode-dropdown
          id="wish"
          data-label=${l10n.t('I want to…')}
          .value=${this.said.kind}
          @change=${(event: Event) => this.#say({ kind: (event.target as Dropdown).value as SaidWish['kind'], value: '' })}
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
    const { kind, value } = this.said;
    const change = (event: Event) => this.#say({ kind, value: (event.target as HTMLInputElement).value });
    if (kind === 'since')
      return html`<input
        type="datetime-local"
        aria-label=${l10n.t('Since')}
        .value=${live(value)}
        @change=${change}
      />`;
    if (kind === 'from-offset')
      return html`<input
        type="number"
        min="0"
        step="1"
        aria-label=${l10n.t('Offset')}
        .value=${live(value)}
        @change=${change}
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
        ${
          way.delivered === undefined
            ? nothing
            : way.about
              ? l10n.t(
                  'Delivered right after the start: about {0}; of these handled before: about {1}.',
                  number(way.delivered),
                  number(way.twice ?? null),
                )
              : l10n.t(
                  'Delivered right after the start: {0}; of these handled before: {1}.',
                  number(way.delivered),
                  number(way.twice ?? null),
                )
        }
        ${way.costs.join(' ')}
      </p>
    </article>`;
  }

  #say(said: SaidWish): void {
    this.dispatchEvent(new CustomEvent('said', { detail: said }));
  }

  #act(action: WayAction): void {
    this.dispatchEvent(new CustomEvent('act', { detail: action }));
  }
}

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
