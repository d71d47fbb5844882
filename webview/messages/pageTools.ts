import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import type { Formats, SchemaFileChoices } from '../../src/shared/messagesPage.ts';
import type { Preset } from '../../src/shared/messagesPanel.ts';
import { formatCount } from '../components/format.ts';
import { NARROWEST, type Column } from './columns.ts';
import { formatChoices } from './formatChoices.ts';
import { controlStyles } from './controlStyles.ts';
import type { RowChoice } from './orderedRows.ts';
import type { PageActions } from './pageActions.ts';
import { pointerOf } from './jsonPointer.ts';
import { pageStyles } from './pageStyles.ts';
import { options, valueOf } from './rangeControls.ts';

/** Time zone, columns, saved set-ups and copies, at the right of the title. */
export class PageTools extends LitElement {
  static override styles = [controlStyles, pageStyles];
  static override properties = {
    columns: { attribute: false },
    shown: { attribute: false },
    widths: { attribute: false },
    utc: { type: Boolean },
    presets: { attribute: false },
    actions: { attribute: false },
    chosen: { attribute: false },
    menu: { state: true },
    name: { state: true },
    formats: { attribute: false },
    files: { attribute: false },
    wrongPath: { state: true },
  };
  declare columns: Column[];
  declare shown: Column[];
  /** px of the columns that a person resized, by id. */
  declare widths: Readonly<Record<string, number>>;
  declare utc: boolean;
  declare presets: Preset[];
  declare actions: PageActions;
  /** Rows that are chosen; null: none. */
  declare chosen: RowChoice | null;
  declare menu: 'columns' | 'presets' | 'export' | 'copy' | 'redrive' | null;
  declare name: string;
  declare formats: Formats;
  /** What the workspace's schema files offer; asked for by `files` when the columns are looked at. */
  declare files: SchemaFileChoices;
  declare wrongPath: boolean;
  #fromLeft = false;

  constructor() {
    super();
    this.menu = null;
    this.name = '';
    this.presets = [];
    this.chosen = null;
    this.widths = {};
    this.formats = { key: 'auto', value: 'auto' };
    this.files = { formats: [], problems: [] };
    this.wrongPath = false;
    this.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape' || this.menu === null) return;
      this.menu = null;
      e.stopPropagation();
    });
    this.addEventListener('focusout', (e) => {
      if (e.relatedTarget !== null && !this.contains(e.relatedTarget as Node)) this.menu = null;
    });
  }

  override render() {
    return html`
      ${this.#zone()} ${this.#menu('columns', l10n.t('Columns'), () => this.#columnList())}
      ${this.#menu('presets', l10n.t('Saved'), () => this.#presetList())}
      ${this.#menu('export', l10n.t('Export'), () => this.#exportList())}
      ${this.#menu('copy', l10n.t('Copy as'), () => this.#copyList())}
      ${this.#menu('redrive', l10n.t('Redrive'), () => this.#redriveList())}
      <vscode-button appearance="secondary" @click=${() => this.actions.produce()}>${l10n.t('Produce…')}</vscode-button>
    `;
  }

  /** Says how times are shown, and what a press does: nothing is on or off. */
  #zone() {
    const name = this.utc ? l10n.t('UTC: show local time instead') : l10n.t('Local time: show UTC instead');
    return html`<vscode-button appearance="secondary" aria-label=${name} title=${name} @click=${() => this.#tell('utc')}
      >${this.utc ? 'UTC' : l10n.t('Local time')}</vscode-button
    >`;
  }

  #menu(name: NonNullable<PageTools['menu']>, title: string, list: () => unknown) {
    const open = this.menu === name;
    return html`<span class="menu">
      <vscode-button
        appearance="secondary"
        aria-expanded=${open}
        @click=${(e: Event) => this.#toggle(name, e.currentTarget as HTMLElement)}
        >${title}</vscode-button
      >
      ${open ? html`<div class="list ${this.#fromLeft ? 'from-left' : ''}" role="group" aria-label=${title}>${list()}</div>` : nothing}
    </span>`;
  }

  /** A list begins under the left edge of its button where there is room, else it ends under the right one. */
  #toggle(name: NonNullable<PageTools['menu']>, button: HTMLElement): void {
    this.#fromLeft = button.getBoundingClientRect().left < window.innerWidth / 2;
    this.menu = this.menu === name ? null : name;
    if (this.menu === 'columns') this.#tell('files');
  }

  #columnList() {
    const ids = this.shown.map((c) => c.id);
    const order = [...this.shown, ...this.columns.filter((c) => !ids.includes(c.id))];
    return html`${this.#formatList()}
    ${order.map(
      (column) =>
        html`<span class="group">
          <vscode-checkbox
            ?checked=${ids.includes(column.id)}
            @click=${() =>
              this.#tell('columns', {
                ids: ids.includes(column.id) ? ids.filter((id) => id !== column.id) : [...ids, column.id],
              })}
            >${column.title}</vscode-checkbox
          >
          <span class="space"></span>
          ${this.#widthBox(column)}
          <vscode-button
            appearance="icon"
            aria-label=${l10n.t('Fit {0} to what is in view', column.title)}
            title=${l10n.t('Fit {0} to what is in view', column.title)}
            ?disabled=${!ids.includes(column.id)}
            @click=${() => this.#tell('fit', { id: column.id })}
            >⇿</vscode-button
          >
          <vscode-button
            appearance="icon"
            aria-label=${l10n.t('Move {0} to the left', column.title)}
            ?disabled=${ids.indexOf(column.id) < 1}
            @click=${() => this.#move(ids, column.id)}
            >←</vscode-button
          >
        </span>`,
    )}
    ${this.#pathBox()}`;
  }

  /** What the mouse does at the edge of a column's title, for the keyboard. */
  #widthBox({ id, title, width }: Column) {
    const name = l10n.t('Width of {0} in pixels; empty: as wide as it is by itself', title);
    return html`<input
        class="width"
        type="number"
        min=${NARROWEST}
        step="10"
        aria-label=${name}
        title=${name}
        .value=${String(this.widths[id] ?? '')}
        placeholder=${width ?? '↔'}
        @change=${(e: Event) => {
          const asked = Number((e.target as HTMLInputElement).value);
          this.#tell('resized', { id, width: asked > 0 ? Math.max(NARROWEST, Math.round(asked)) : null });
        }}
      /><span aria-hidden="true">px</span>`;
  }

  #formatList() {
    const part = (name: 'key' | 'value', label: string) =>
      html`<label class="group"
        >${label}
        <select @change=${(e: Event) => this.#tell('formats', { ...this.formats, [name]: valueOf(e) })}>
          ${options(formatChoices(this.files, this.formats[name]), this.formats[name])}
        </select>
      </label>`;
    return html`${part('key', l10n.t('Key as'))} ${part('value', l10n.t('Value as'))}
    ${this.files.problems.map((problem) => html`<span class="muted">⚠ ${problem}</span>`)}`;
  }

  #pathBox() {
    return html`<label class="group"
        >${l10n.t('From the value’s JSON')}
        <input
          placeholder="data.amount"
          aria-invalid=${this.wrongPath}
          @keydown=${(e: KeyboardEvent) => e.key === 'Enter' && this.#addPath(e.target as HTMLInputElement)}
        />
      </label>
      ${
        this.wrongPath
          ? html`<span class="error" role="alert"
              >${l10n.t('Write one place, such as {0}, {1} or {2}.', 'data.amount', 'items[0].id', 'data["a.b"]')}</span
            >`
          : nothing
      }`;
  }

  #addPath(input: HTMLInputElement): void {
    const pointer = pointerOf(input.value);
    this.wrongPath = pointer === undefined;
    if (pointer === undefined) return;
    input.value = '';
    this.#tell('path', { part: 'value', pointer });
  }

  #move(ids: string[], id: string): void {
    const at = ids.indexOf(id);
    const moved = [...ids];
    moved.splice(at, 1);
    moved.splice(at - 1, 0, id);
    this.#tell('columns', { ids: moved });
  }

  #presetList() {
    return html`
      ${
        this.presets.length === 0
          ? html`<span class="muted">${l10n.t('Nothing saved for this topic yet.')}</span>`
          : this.presets.map(
              (p) =>
                html`<span class="group">
                  <vscode-button appearance="secondary" @click=${() => this.#tell('preset', { name: p.name })}
                    >${p.name}</vscode-button
                  >
                  <vscode-button
                    appearance="icon"
                    aria-label=${l10n.t('Forget {0}', p.name)}
                    @click=${() => this.#tell('forget', { name: p.name })}
                    >✕</vscode-button
                  >
                </span>`,
            )
      }
      <span class="group">
        <input
          aria-label=${l10n.t('Name for this start, filter, columns, order and formats')}
          placeholder=${l10n.t('name')}
          .value=${this.name}
          @input=${(e: Event) => (this.name = (e.target as HTMLInputElement).value)}
        />
        <vscode-button
          ?disabled=${this.name.trim() === ''}
          @click=${() => {
            this.#tell('save', { name: this.name.trim() });
            this.name = '';
          }}
          >${l10n.t('Save')}</vscode-button
        >
      </span>
    `;
  }

  #exportList() {
    const act = (what: 'chosen' | 'rows' | 'range') => () => {
      this.menu = null;
      this.actions.export(what);
    };
    return html`
      ${this.#chosenButton(act('chosen'))}
      <vscode-button appearance="secondary" @click=${act('rows')}
        >${l10n.t('The messages found so far…')}</vscode-button
      >
      <vscode-button appearance="secondary" @click=${act('range')}
        >${l10n.t('The whole range, read from Kafka…')}</vscode-button
      >
      ${chooseSeveral()}
    `;
  }

  #chosenButton(act: () => void) {
    const { chosen } = this;
    const count = chosen === null ? 0 : chosen.to - chosen.from;
    return html`<vscode-button appearance="secondary" ?disabled=${count === 0} @click=${act}
      >${l10n.t('The chosen messages ({0})…', formatCount(count))}</vscode-button
    >`;
  }

  #redriveList() {
    const act = (what: 'rows' | 'range') => () => {
      this.menu = null;
      this.actions.redrive(what);
    };
    return html`
      <span class="muted">${l10n.t('Write messages to another topic, exactly as they are:')}</span>
      ${this.#chosenButton(act('rows'))}
      <vscode-button appearance="secondary" @click=${act('range')}
        >${l10n.t('All that the filter finds in the range…')}</vscode-button
      >
      ${chooseSeveral()}
    `;
  }

  #copyList() {
    return html`
      <vscode-button appearance="secondary" @click=${() => this.#copy('kcat')}>${l10n.t('kcat command')}</vscode-button>
      <vscode-button appearance="secondary" @click=${() => this.#copy('link')}
        >${l10n.t('Link to this page')}</vscode-button
      >
    `;
  }

  #copy(form: 'kcat' | 'link'): void {
    this.menu = null;
    this.actions.copyAs(form);
  }

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

const chooseSeveral = () =>
  html`<span class="muted">${l10n.t('Shift and a click, or Shift and arrow keys, choose several.')}</span>`;

customElements.define('page-tools', PageTools);
