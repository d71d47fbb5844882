import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type {
  ReplayContract,
  ReplayMemory,
  ReplaySums,
  ReplayTrials,
  ReplayView,
  ReplayWay,
  Tried,
  WayAction,
  WhatIf,
} from '../../src/shared/replayPage.ts';
import { about } from '../components/about.ts';
import { PageElement } from '../components/element.ts';
import { RpcClient } from '../components/rpc.ts';
import { nameControls } from '../components/toolkit.ts';
import { changeTable } from './changeTable.ts';
import { controls } from './controls.ts';
import { instances } from './instances.ts';
import { legend } from './partitionBar.ts';
import { number, topicTable } from './topicTable.ts';
import './clientBox.ts';
import type { ClientActions } from './clientBox.ts';
import './wishBox.ts';
import { NO_WISH, wishOf, type SaidWish } from './wish.ts';

/** What stays while the page is hidden and over a reload: it is drawn anew when it is seen again. */
interface Kept extends ReplayMemory {
  said: SaidWish;
}

const NOTHING_TRIED: ReplayTrials = { question: '', found: {} };

/** A component against the cluster: where it would start reading, and what it would miss. */
class ReplayPage extends PageElement {
  static override readonly properties = {
    view: { state: true },
    failure: { state: true },
    busy: { state: true },
    said: { state: true },
    ways: { state: true },
    wishFailure: { state: true },
    tried: { state: true },
    found: { state: true },
  };
  declare view: ReplayView | undefined;
  declare failure: string | undefined;
  declare busy: boolean;
  declare said: SaidWish;
  declare ways: ReplayWay[] | undefined;
  declare wishFailure: string | undefined;
  declare tried: number;
  declare found: ReplayTrials;
  readonly #rpc = new RpcClient<ReplayContract>();
  #kept: Kept = { ...about<ReplayMemory>(), said: NO_WISH, ...(this.#rpc.state as Kept | undefined) };
  #last = 0;
  /** The question that the figures answer. */
  #answered = 0;
  /** The wish that was asked about last. */
  #wished = 0;
  /** A wish came from elsewhere: the person goes on in its box. */
  #toWish = false;
  readonly #client: ClientActions = {
    compare: (choices) => this.#rpc.request('compare', choices),
    toComponent: async (properties) => (await this.#rpc.request('toComponent', { properties })).text,
    copy: (text) => this.#tell(this.#rpc.request('copy', { text })),
    open: (text, language) => this.#tell(this.#rpc.request('openText', { text, language })),
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.tried = 0;
    this.said = this.#kept.said;
    this.found = NOTHING_TRIED;
    this.#keep({});
    this.#rpc.on('kept', (tried) => (this.found = tried));
    this.#rpc.on('tried', ({ records }) => (this.tried = records));
    this.#rpc.on('moved', (moved) => {
      if (this.busy) return;
      this.failure = 'failure' in moved ? moved.failure : undefined;
      if ('failure' in moved) return;
      this.view = moved.view;
      this.#fulfil();
      if (moved.view.pending) this.#complete();
    });
    this.#rpc.on('wished', ({ kind }) => {
      this.#toWish = true;
      this.#say({ kind, value: '' });
    });
    this.#show(this.#rpc.request('ready', {}));
  }

  override updated(): void {
    nameControls(this);
    const box = this.#toWish ? this.querySelector<HTMLElement>('wish-box') : null;
    if (!box) return;
    this.#toWish = false;
    requestAnimationFrame(() => box.focus());
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
    // Why nothing is delivered comes before what would be.
    const further = shown.readsNothing ? [...view.problems, ...shown.notes] : [...shown.notes, ...view.problems];
    const heading = shown.readsNothing ? l10n.t('Why nothing is delivered') : l10n.t('What else to know');
    const toKnow =
      further.length === 0
        ? nothing
        : html`<section class=${shown.readsNothing ? 'urgent' : ''} aria-label=${heading}>
            <h2>${heading}</h2>
            <ul>
              ${further.map((problem) => html`<li>${problem}</li>`)}
            </ul>
          </section>`;
    return html`<main aria-busy=${this.busy}>
      <header>
        <h1>${view.reader.component}</h1>
        <span class="quiet"
          >${view.reader.app === null ? '' : `${l10n.t('app {0}', view.reader.app)} · `}${view.cluster.name}</span
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
      ${controls(view, {
        ask: (whatIf) => this.#ask(whatIf),
        newGroup: (whatIf) => this.#show(this.#rpc.request('newGroup', whatIf)),
        choose: (reader) => this.#show(this.#rpc.request('choose', reader)),
      })}
      ${this.failure === undefined ? nothing : this.#failure()} ${shown.readsNothing ? toKnow : nothing}
      <p class="summary" role="status">
        ${view.then ? l10n.t('If it started now, with this change:') : l10n.t('If it started now:')}
        ${sums(shown.summary)}
      </p>
      ${shown.handover === undefined ? nothing : html`<p class="handover">${shown.handover}</p>`}
      ${view.then ? changeTable(view.now, view.then) : nothing} ${legend()}
      ${repeat(
        shown.topics,
        // What was found belongs to what the person asked: another question gets a box of its own.
        (topic) => JSON.stringify([this.#answered, topic.topic]),
        (topic) =>
          topicTable(
            topic,
            (place) => this.#tell(this.#rpc.request('browse', place)),
            {
              run: (name, signal) => this.#reading('tryDelivery', { topic: name }, signal),
              more: (name, asked, signal) => this.#reading('morePlaces', { topic: name, ...asked }, signal),
              tried: this.tried,
              found: (name) => (this.found.question === questionOf(view) ? this.found.found[name] : undefined),
              keep: (name, found) => this.#found(questionOf(view), name, found),
            },
            view.at,
          ),
      )}
      <wish-box
        .said=${this.said}
        .ways=${this.ways}
        .failure=${this.wishFailure}
        @said=${(event: CustomEvent<SaidWish>) => this.#say(event.detail)}
        @act=${(event: CustomEvent<WayAction>) => this.#act(event.detail)}
      ></wish-box>
      ${instances(shown)}
      <client-box
        .actions=${this.#client}
        .asked=${JSON.stringify([view.reader, view.whatIf, view.at, view.pending])}
      ></client-box>
      ${shown.readsNothing ? nothing : toKnow}
      <p class="quiet">
        ${l10n.t(
          'Offsets are counted: compaction and transactions can make the number of messages smaller. The end of a topic moves until the component really starts.',
        )}
      </p>
    </main>`;
  }

  #failure(): TemplateResult {
    return html`<p class="problem" role="alert">
      ${this.failure}
      <button class="link" @click=${() => this.#show(this.#rpc.request('refresh', {}))}>${l10n.t('Try again')}</button>
    </p>`;
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
        this.#answered = mine;
        // Another answer: what was tried was tried before it.
        if (this.view) this.#try(NOTHING_TRIED);
        this.view = view;
        this.failure = view.error;
        this.#keep({ reader: view.reader, whatIf: view.whatIf });
        this.busy = false;
        this.#fulfil();
        // The figures first; then what takes the cluster longer to tell.
        if (view.pending && view.error === undefined) this.#complete();
      },
      (error: Error) => {
        if (mine !== this.#last) return;
        this.failure = error.message;
        this.busy = false;
      },
    );
  }

  /** Shown unless something else was asked meanwhile. */
  #complete(): void {
    const mine = this.#last;
    this.#rpc.request('complete', {}).then(
      (view) => {
        if (mine !== this.#last) return;
        this.view = view;
        this.#fulfil();
      },
      (error: Error) => {
        if (mine === this.#last) this.failure = error.message;
      },
    );
  }

  #say(said: SaidWish): void {
    this.said = said;
    this.#keep({ said });
    this.ways = undefined;
    this.wishFailure = undefined;
    this.#fulfil();
  }

  /** A request that tells how much it has read. */
  #reading<K extends 'tryDelivery' | 'morePlaces'>(
    name: K,
    params: ReplayContract['requests'][K]['params'],
    signal: AbortSignal,
  ): Promise<ReplayContract['requests'][K]['result']> {
    this.tried = 0;
    return this.#rpc.request(name, params, signal);
  }

  #found(question: string, topic: string, found: Tried | undefined): void {
    const { [topic]: _before, ...others } = this.found.question === question ? this.found.found : {};
    this.#try({ question, found: found ? { ...others, [topic]: found } : others });
  }

  #try(found: ReplayTrials): void {
    this.found = found;
    this.#tell(this.#rpc.request('keep', found));
  }

  #keep(more: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...more };
    this.#rpc.state = this.#kept;
  }

  /** The ways to the wish, with the figures of now. */
  #fulfil(): void {
    const wish = wishOf(this.said);
    const mine = ++this.#wished;
    if (wish === null || !this.view) return;
    this.#rpc.request('ways', wish).then(
      (ways) => {
        if (mine !== this.#wished) return;
        this.ways = ways;
        this.wishFailure = undefined;
      },
      (error: Error) => {
        if (mine === this.#wished) this.wishFailure = error.message;
      },
    );
  }

  #act(action: WayAction): void {
    switch (action.kind) {
      case 'try':
        return this.#ask(action.whatIf);
      case 'edit':
        return this.#tell(this.#rpc.request('proposeEdit', action.edit));
      case 'reset':
        return this.#tell(this.#rpc.request('reset', { group: action.group, topics: action.topics, to: action.to }));
      case 'read':
        return this.#tell(this.#rpc.request('browse', { topic: action.topic, from: action.from }));
      case 'client':
        this.querySelector('client-box')?.show();
    }
  }

  #tell(request: Promise<null>): void {
    request.catch((error: Error) => (this.failure = error.message));
  }
}

const questionOf = ({ reader, whatIf }: ReplayView): string => JSON.stringify([reader, whatIf]);

function sums(summary: ReplaySums): TemplateResult {
  const part = (kind: string, value: number | null, text: string) =>
    html`<span class="sum ${kind} ${value === 0 ? 'none' : ''}"><b>${number(value)}</b> ${text}</span>`;
  return html`${part('skipped', summary.skipped, l10n.t('never received'))}
  ${part('backlog', summary.backlog, l10n.t('will be delivered'))}
  ${part('gone', summary.gone, l10n.t('already deleted by Kafka'))}
  ${part('twice', summary.replayed, l10n.t('received twice'))}`;
}

customElements.define('replay-page', ReplayPage);
