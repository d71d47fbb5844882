import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ClientChoices, ComparisonRow, ReplayComparison } from '../../src/shared/replayPage.ts';
import { PageElement } from '../components/element.ts';
import { nameControls, type Checkbox, type Dropdown, type TextArea } from '../components/toolkit.ts';
import { seekOf, type SeekKind } from './clientChoices.ts';

export interface ClientActions {
  compare: (choices: ClientChoices) => Promise<ReplayComparison>;
  toComponent: (properties: string) => Promise<string>;
  copy: (text: string) => void;
  open: (text: string, language: 'yaml' | 'properties') => void;
}

/** The component beside a plain Kafka client: six rows, a recommendation, and the settings of each for the other. */
export class ClientBox extends PageElement {
  static override readonly properties = {
    actions: { attribute: false },
    asked: { attribute: false },
    choices: { state: true },
    seek: { state: true },
    shown: { state: true },
    component: { state: true },
    failure: { state: true },
  };
  declare actions: ClientActions;
  /** What the comparison is about: another value compares again. */
  declare asked: string;
  declare choices: ClientChoices;
  declare seek: SeekKind;
  declare shown: ReplayComparison | undefined;
  declare component: string;
  declare failure: string | undefined;
  #last = 0;
  #open = false;

  constructor() {
    super();
    this.choices = { reset: 'earliest', autoCommit: false, seek: { kind: 'no' } };
    this.seek = 'no';
    this.component = '';
  }

  /** Opens it and brings it into view. */
  show(): void {
    const details = this.querySelector('details');
    if (!details) return;
    details.open = true;
    details.scrollIntoView({ block: 'start' });
    details.querySelector('summary')?.focus();
  }

  override updated(changed: Map<string, unknown>): void {
    nameControls(this);
    if (changed.has('asked') && this.#open) this.#compare();
  }

  override render(): TemplateResult {
    return html`<details
      class="client"
      @toggle=${(event: Event) => {
        if (event.target !== event.currentTarget) return;
        this.#open = (event.currentTarget as HTMLDetailsElement).open;
        if (this.#open) this.#compare();
      }}
    >
      <summary><h2>${l10n.t('As a plain Kafka client')}</h2></summary>
      ${this.#controls()}
      ${this.failure === undefined ? nothing : html`<p class="problem" role="alert">${this.failure}</p>`}
      ${this.shown ? this.#comparison(this.shown) : nothing}
    </details>`;
  }

  #controls(): TemplateResult {
    return html`<div class="controls">
      <div class="field">
        <span>auto.offset.reset</span>
        <vscode-dropdown
          id="reset"
          data-label="auto.offset.reset"
          .value=${this.choices.reset}
          @change=${(event: Event) =>
            this.#choose({ reset: (event.target as Dropdown).value as ClientChoices['reset'] })}
        >
          ${['earliest', 'latest', 'none'].map((value) => html`<vscode-option value=${value}>${value}</vscode-option>`)}
        </vscode-dropdown>
      </div>
      <vscode-checkbox
        ?checked=${this.choices.autoCommit}
        @change=${(event: Event) => this.#choose({ autoCommit: (event.target as Checkbox).checked })}
        >enable.auto.commit</vscode-checkbox
      >
      <div class="field">
        <span>seek</span>
        <vscode-dropdown
          id="seek"
          data-label="seek"
          .value=${this.seek}
          @change=${(event: Event) => this.#seek((event.target as Dropdown).value as SeekKind, '')}
        >
          ${SEEKS.map(([kind, text]) => html`<vscode-option value=${kind}>${text()}</vscode-option>`)}
        </vscode-dropdown>
      </div>
      ${this.#argument()}
    </div>`;
  }

  #argument(): TemplateResult | typeof nothing {
    if (this.seek !== 'offset' && this.seek !== 'time') return nothing;
    const told = (event: Event) => this.#seek(this.seek, (event.target as HTMLInputElement).value);
    return this.seek === 'offset'
      ? html`<input type="number" min="0" step="1" aria-label=${l10n.t('Offset')} @change=${told} />`
      : html`<input type="datetime-local" aria-label=${l10n.t('Since')} @change=${told} />`;
  }

  #comparison({ rows, recommendation, properties }: ReplayComparison): TemplateResult {
    return html`<table class="versus">
        <thead>
          <tr>
            <td></td>
            <th scope="col">Dapr</th>
            <th scope="col">${l10n.t('A plain Kafka client')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => this.#row(row))}
        </tbody>
      </table>
      <p class="recommendation" role="status"><b>${l10n.t('Recommendation: {0}', recommendation.text)}</b></p>
      <ul>
        ${recommendation.facts.map((fact) => html`<li>${fact}</li>`)}
      </ul>
      <div class="beside">
        ${this.#text(l10n.t('These settings for a client'), properties, 'properties')}
        <div class="grown">
          <h3>${l10n.t('Client properties for a component')}</h3>
          <vscode-text-area
            rows="6"
            resize="vertical"
            data-label=${l10n.t('Client properties')}
            placeholder="bootstrap.servers=…"
            @change=${(event: Event) => this.#convert((event.target as TextArea).value)}
          ></vscode-text-area>
          ${this.component === '' ? nothing : this.#text(l10n.t('Component'), this.component, 'yaml')}
        </div>
      </div>`;
  }

  #row({ title, dapr, client, code }: ComparisonRow): TemplateResult {
    const cell = (lines: string[]) =>
      code === true
        ? html`<pre tabindex="0">${lines.join('\n')}</pre>`
        : html`<ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`;
    return html`<tr>
      <th scope="row">${title}</th>
      <td>${cell(dapr)}</td>
      <td>${cell(client)}</td>
    </tr>`;
  }

  #text(title: string, text: string, language: 'yaml' | 'properties'): TemplateResult {
    return html`<div class="grown">
      <h3>
        ${title}
        <button class="link" @click=${() => this.actions.copy(text)}>${l10n.t('copy')}</button>
        <button class="link" @click=${() => this.actions.open(text, language)}>${l10n.t('open as a new file')}</button>
      </h3>
      <pre tabindex="0">${text}</pre>
    </div>`;
  }

  #choose(choice: Partial<ClientChoices>): void {
    this.choices = { ...this.choices, ...choice };
    this.#compare();
  }

  #seek(kind: SeekKind, value: string): void {
    this.seek = kind;
    const seek = seekOf(kind, value);
    if (seek) this.#choose({ seek });
  }

  #compare(): void {
    this.#ask(this.actions.compare(this.choices), (comparison) => (this.shown = comparison));
  }

  #convert(properties: string): void {
    if (properties.trim() === '') this.component = '';
    else this.#ask(this.actions.toComponent(properties), (text) => (this.component = text));
  }

  /** The answer to the last question is shown; an earlier one that comes late is not. */
  #ask<T>(question: Promise<T>, show: (answer: T) => void): void {
    const mine = ++this.#last;
    question.then(
      (answer) => {
        if (mine !== this.#last) return;
        this.failure = undefined;
        show(answer);
      },
      (error: Error) => {
        if (mine === this.#last) this.failure = error.message;
      },
    );
  }
}

const SEEKS: [SeekKind, () => string][] = [
  ['no', () => l10n.t('no')],
  ['beginning', () => l10n.t('to the beginning')],
  ['end', () => l10n.t('to the end')],
  ['offset', () => l10n.t('to an offset')],
  ['time', () => l10n.t('to a time')],
];

customElements.define('client-box', ClientBox);

declare global {
  interface HTMLElementTagNameMap {
    'client-box': ClientBox;
  }
}
