import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type {
  ReplayContract,
  ReplayForecast,
  ReplayReader,
  ReplaySums,
  ReplayView,
  ReplayWay,
  ReplayWish,
  WayAction,
  WhatIf,
} from '../../src/shared/replayPage.ts';
import { PageElement } from '../components/element.ts';
import { RpcClient } from '../components/rpc.ts';
import type { Dropdown, TextField } from '../components/toolkit.ts';
import { legend } from './partitionBar.ts';
import { number, topicTable } from './topicTable.ts';
import './wishBox.ts';

/** A component against the cluster: where it would start reading, and what it would miss. */
class ReplayPage extends PageElement {
  static override readonly properties = {
    view: { state: true },
    failure: { state: true },
    busy: { state: true },
    ways: { state: true },
    wishFailure: { state: true },
    tried: { state: true },
  };
  declare view: ReplayView | undefined;
  declare failure: string | undefined;
  declare busy: boolean;
  declare ways: ReplayWay[] | undefined;
  declare wishFailure: string | undefined;
  declare tried: number;
  readonly #rpc = new RpcClient<ReplayContract>();
  #last = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.tried = 0;
    this.#rpc.on('tried', ({ records }) => (this.tried = records));
    this.#show(this.#rpc.request('ready', {}));
  }

  override render(): TemplateResult {
    const { view } = this;
    if (!view)
      return html`<main aria-busy=${this.failure === undefined}>
        ${
          this.failure === undefined
            ? html`<p role="status">${l10n.t('Reading the files and asking the cluster…')}</p>`
            : this.#failure()
        }
      </main>`;
    const shown = view.then ?? view.now;
    return html`<main aria-busy=${this.busy}>
      <header>
        <h1>${view.reader.component}</h1>
        <span class="quiet"
          >${view.reader.app === null ? '' : l10n.t('app {0}', view.reader.app)} · ${view.cluster.name}</span
        >
        <span class="grow"></span>
        <span class="quiet"
          >${l10n.t('as of {0}', new Date(view.at).toLocaleTimeString(document.documentElement.lang))}</span
        >
        <button class="link" @click=${() => this.#show(this.#rpc.request('refresh', {}))}>${l10n.t('Refresh')}</button>
        <button class="link" @click=${() => this.#tell(this.#rpc.request('openFile', {}))}>
          ${view.file}:${view.line}
        </button>
      </header>
      ${this.#controls(view, shown)} ${this.failure === undefined ? nothing : this.#failure()}
      <p class="summary" role="status">
        ${view.then ? l10n.t('If it started now, with this change:') : l10n.t('If it started now:')}
        ${sums(shown.summary)}
      </p>
      ${view.then ? this.#change(view.now, view.then) : nothing}
      ${
        shown.groupState === null
          ? nothing
          : html`<p class="quiet">
              ${
                shown.members > 0
                  ? l10n.t(
                      'The group is running with {0} members: a start now shares the partitions with them.',
                      shown.members,
                    )
                  : l10n.t('The group exists and nobody is reading in it.')
              }
            </p>`
      }
      ${legend()}
      ${repeat(
        shown.topics,
        // What was found belongs to what was asked: another question gets a box of its own.
        (topic) => JSON.stringify([view.reader, view.whatIf, view.at, topic.topic]),
        (topic) =>
          topicTable(topic, (place) => this.#tell(this.#rpc.request('browse', place)), {
            run: (name, signal) => this.#rpc.request('tryDelivery', { topic: name }, signal),
            tried: this.tried,
          }),
      )}
      <wish-box
        .ways=${this.ways}
        .failure=${this.wishFailure}
        @wish=${(event: CustomEvent<ReplayWish | null>) => this.#wish(event.detail)}
        @act=${(event: CustomEvent<WayAction>) => this.#act(event.detail)}
      ></wish-box>
      ${
        view.problems.length === 0
          ? nothing
          : html`<section aria-label=${l10n.t('What else to know')}>
              <h2>${l10n.t('What else to know')}</h2>
              <ul>
                ${view.problems.map((problem) => html`<li>${problem}</li>`)}
              </ul>
            </section>`
      }
      <p class="quiet">
        ${l10n.t(
          'Offsets are counted: compaction and transactions can make the number of messages smaller. The end of a topic moves until the component really starts.',
        )}
      </p>
    </main>`;
  }

  #controls(view: ReplayView, shown: ReplayForecast): TemplateResult {
    const readers = view.readers.map(label);
    return html`<div class="controls">
      <label for="reader">${l10n.t('Component')}</label>
      <vscode-dropdown id="reader" .value=${label(view.reader)} @change=${(event: Event) => this.#choose(event, view)}>
        ${readers.map((text) => html`<vscode-option value=${text}>${text}</vscode-option>`)}
      </vscode-dropdown>
      <label for="start">initialOffset</label>
      <vscode-dropdown
        id="start"
        .value=${shown.initialOffset ?? ''}
        @change=${(event: Event) =>
          this.#ask({
            ...view.whatIf,
            initialOffset: (event.target as Dropdown).value === 'oldest' ? 'oldest' : 'newest',
          })}
      >
        ${shown.initialOffset === null ? html`<vscode-option value="">${l10n.t('not valid')}</vscode-option>` : nothing}
        <vscode-option value="newest">${l10n.t('newest (Kafka: latest)')}</vscode-option>
        <vscode-option value="oldest">${l10n.t('oldest (Kafka: earliest)')}</vscode-option>
      </vscode-dropdown>
      <label for="group">${l10n.t('Group')}</label>
      <vscode-text-field
        id="group"
        .value=${shown.group ?? ''}
        placeholder=${l10n.t('not known')}
        @change=${(event: Event) => this.#ask({ ...view.whatIf, consumerGroup: (event.target as TextField).value })}
      ></vscode-text-field>
      <span class="quiet">${shown.groupFrom}</span>
      <vscode-button
        appearance="secondary"
        @click=${() => this.#ask({ ...view.whatIf, consumerGroup: freshGroup(view) })}
        >${l10n.t('A new group')}</vscode-button
      >
      ${
        view.then
          ? html`<vscode-button appearance="secondary" @click=${() => this.#ask({})}
              >${l10n.t('As the file says')}</vscode-button
            >`
          : nothing
      }
    </div>`;
  }

  #change(now: ReplayForecast, then: ReplayForecast): TemplateResult {
    const rows: [string, (s: ReplaySums) => number | null][] = [
      [l10n.t('never received'), (s) => s.skipped],
      [l10n.t('will be delivered'), (s) => s.backlog],
      [l10n.t('already deleted by Kafka'), (s) => s.gone],
      [l10n.t('received twice'), (s) => s.replayed],
    ];
    return html`<table class="change">
      <caption>
        ${l10n.t('Before → after')}
      </caption>
      <tbody>
        ${rows.map(
          ([text, of]) =>
            html`<tr>
              <th scope="row">${text}</th>
              <td class="num">${number(of(now.summary))}</td>
              <td>→</td>
              <td class="num">${number(of(then.summary))}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #failure(): TemplateResult {
    return html`<p class="problem" role="alert">
      ${this.failure}
      <button class="link" @click=${() => this.#show(this.#rpc.request('refresh', {}))}>${l10n.t('Try again')}</button>
    </p>`;
  }

  #choose(event: Event, view: ReplayView): void {
    const reader = view.readers.find((candidate) => label(candidate) === (event.target as Dropdown).value);
    if (reader) this.#show(this.#rpc.request('choose', reader));
  }

  #ask(whatIf: WhatIf): void {
    this.#show(this.#rpc.request('whatIf', whatIf));
  }

  /** The answer to the last question is shown; an earlier one that comes late is not. */
  #show(request: Promise<ReplayView>): void {
    const mine = ++this.#last;
    this.busy = true;
    request.then(
      (view) => {
        if (mine !== this.#last) return;
        this.view = view;
        this.failure = undefined;
        this.busy = false;
      },
      (error: Error) => {
        if (mine !== this.#last) return;
        this.failure = error.message;
        this.busy = false;
      },
    );
  }

  #wish(wish: ReplayWish | null): void {
    this.ways = undefined;
    this.wishFailure = undefined;
    if (wish === null) return;
    this.#rpc.request('ways', wish).then(
      (ways) => (this.ways = ways),
      (error: Error) => (this.wishFailure = error.message),
    );
  }

  #act(action: WayAction): void {
    switch (action.kind) {
      case 'try':
        return this.#ask(action.whatIf);
      case 'reset':
        return this.#tell(this.#rpc.request('reset', { group: action.group }));
      case 'read':
        return this.#tell(this.#rpc.request('browse', { topic: action.topic }));
    }
  }

  #tell(request: Promise<null>): void {
    request.catch((error: Error) => (this.failure = error.message));
  }
}

const label = (reader: ReplayReader): string =>
  reader.app === null ? reader.component : `${reader.component} · ${reader.app}`;

/** A group that nobody has used: the present one with a number. */
function freshGroup(view: ReplayView): string {
  const group = view.now.group ?? view.reader.app ?? view.reader.component;
  const match = /^(.*)-v(\d+)$/.exec(group);
  return match ? `${match[1] ?? group}-v${Number(match[2]) + 1}` : `${group}-v2`;
}

function sums(summary: ReplaySums): TemplateResult {
  const part = (kind: string, value: number | null, text: string) =>
    html`<span class="sum ${kind} ${value === 0 ? 'none' : ''}"><b>${number(value)}</b> ${text}</span>`;
  return html`${part('skipped', summary.skipped, l10n.t('never received'))}
  ${part('backlog', summary.backlog, l10n.t('will be delivered'))}
  ${part('gone', summary.gone, l10n.t('already deleted by Kafka'))}
  ${part('twice', summary.replayed, l10n.t('received twice'))}`;
}

customElements.define('replay-page', ReplayPage);
