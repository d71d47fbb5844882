import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import type { FilterSpec, Formats, JsonPath, RowSort } from '../../src/shared/messagesPage.ts';
import { oneLine } from '../../src/shared/visible.ts';
import './detailPane.ts';
import { emptyText } from './emptyText.ts';
import './failureList.ts';
import './filterBox.ts';
import './jsonTree.ts';
import { newRows } from './newestRows.ts';
import { PageModel } from './pageModel.ts';
import { pageStyles } from './pageStyles.ts';
import './pageTools.ts';
import './paneSplitter.ts';
import { problemLines } from './problemLines.ts';
import './rangeControls.ts';
import './rangePreview.ts';
import { markDraft, offsetsDraft, spanDraft, type ReadDraft } from './readDraft.ts';
import './recordGrid.ts';
import type { RecordGrid } from './recordGrid.ts';
import { refused } from './refused.ts';
import { statusLine } from './statusLine.ts';
import './timelineBar.ts';
import type { MarkSource } from './timelineMarks.ts';

const NEWEST: Partial<ReadDraft> = {
  startKind: 'last',
  startText: '100',
  endKind: 'end',
  endText: '',
  partitionText: '',
};

/** The whole page: what is asked above, the grid, how far it is, and the chosen record below. Draws its {@link PageModel}. */
export class MessagesPage extends LitElement {
  static override styles = pageStyles;
  readonly #model = new PageModel(
    () => this.#grid,
    () => this.requestUpdate(),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', (event) => this.#key(event));
    void this.#model.open();
  }

  override render() {
    const model = this.#model;
    const init = model.init;
    if (model.failure !== null) return refused(model.failure, () => void model.open());
    if (!init || !model.asked.draft)
      return html`<div class="page">
        <vscode-progress-ring aria-label=${l10n.t('Loading')}></vscode-progress-ring>
      </div>`;
    const { status, count, refusal } = model.reading;
    const fresh = model.newest.fresh(status, count, this.#grid?.page ?? 0);
    return html`<main class="page">
      <div class="asked">
        <div class="title">
          <h1>${init.topic}</h1>
          <span class="muted">${oneLine(init.cluster.name)} · ${l10n.t('reads without a group, commits nothing')}</span>
          <span class="space"></span>
          <page-tools
            .columns=${model.view.columns}
            .shown=${model.view.shown}
            .widths=${model.view.widths}
            .formats=${model.view.formats}
            .files=${model.view.files}
            @resized=${(e: CustomEvent<{ id: string; width: number | null }>) => model.view.resized(e.detail.id, e.detail.width)}
            @fit=${(e: CustomEvent<{ id: string }>) => this.#grid?.fit(e.detail.id)}
            @files=${() => void model.reading.ask(() => model.view.readFiles())}
            .utc=${model.utc}
            .presets=${model.saved.list}
            .actions=${model.actions}
            .chosen=${model.rows.choice}
            @utc=${() => model.set(() => (model.utc = !model.utc))}
            @columns=${(e: CustomEvent<{ ids: string[] }>) => void model.reading.ask(() => model.view.show(e.detail.ids))}
            @formats=${(e: CustomEvent<Formats>) => void model.reading.ask(() => model.view.readAs(e.detail))}
            @path=${(e: CustomEvent<JsonPath>) => void model.reading.ask(() => model.view.addPath(e.detail))}
            @save=${(e: CustomEvent<{ name: string }>) => model.save(e.detail.name)}
            @preset=${(e: CustomEvent<{ name: string }>) => void model.usePreset(e.detail.name)}
            @forget=${(e: CustomEvent<{ name: string }>) => void model.reading.ask(() => model.saved.forget(e.detail.name))}
          ></page-tools>
        </div>
        <range-controls
          .draft=${model.asked.draft}
          .partitions=${model.partitions}
          .groups=${init.groups}
          .starts=${model.standings.dapr}
          .state=${status.state}
          @draft=${(e: CustomEvent<{ draft: ReadDraft }>) => model.set(() => model.asked.write(e.detail.draft))}
          @start=${() => void model.start()}
          @pause=${() => void model.reading.pause()}
          @resume=${() => void model.reading.resume()}
          @stop=${() => void model.reading.stop()}
          @clear=${() => void model.reading.clear()}
        ></range-controls>
        <range-preview
          .draft=${model.asked.preview}
          .resolve=${model.resolve}
          @there=${(e: CustomEvent<{ offsets: Record<number, number> }>) => void model.startAt(offsetsDraft(e.detail.offsets))}
        ></range-preview>
        <filter-box
          .filter=${model.asked.filter}
          .check=${model.check}
          .sample=${model.sample}
          @edit=${(e: CustomEvent<{ filter: FilterSpec | null }>) => (model.asked.filter = e.detail.filter)}
          @apply=${() => void model.start()}
        ></filter-box>
        <timeline-bar
          .load=${model.timeline}
          .range=${model.reading.range}
          .reached=${model.reading.reached}
          .era=${model.era}
          .utc=${model.utc}
          .sources=${model.standings.marks}
          .unknown=${model.standings.problems}
          @mark=${(e: CustomEvent<{ source: MarkSource }>) => void model.startAt(markDraft(e.detail.source))}
          @span=${(e: CustomEvent<{ start: number; end: number }>) => void model.startAt(spanDraft(e.detail))}
        ></timeline-bar>
      </div>
      ${problemLines(status, refusal, {
        again: () => void model.start(),
        fromEarliest: () => void model.startAt({ startKind: 'earliest', startText: '' }),
      })}
      <div class="data">
        <record-grid
          .count=${model.rows.count}
          .columns=${model.view.shown}
          .widths=${model.view.widths}
          .utc=${model.utc}
          .selected=${model.rows.selected}
          .chosenOf=${model.rows.choice?.view?.of ?? Infinity}
          .stick=${model.newest.stick}
          .sort=${model.view.sort}
          .newestFirst=${model.rows.view?.newestFirst ?? false}
          .cache=${model.rows.cache}
          @select=${(e: CustomEvent<{ index: number; anchor: number }>) => void model.select(e.detail)}
          @sort=${(e: CustomEvent<RowSort | null>) => model.sort(e.detail)}
          @open=${() => void model.chosen.show()}
          @copyrows=${() => model.actions.copyChosen(init.topic)}
          @resized=${(e: CustomEvent<{ id: string; width: number }>) => model.view.resized(e.detail.id, e.detail.width)}
          @newest=${(e: CustomEvent<{ atNewest: boolean }>) => model.look(e.detail.atNewest)}
        ></record-grid>
        ${count === 0 ? this.#empty() : nothing} ${model.goto.render()}
        ${newRows(fresh, model.rows.view?.newestFirst ?? false, () => model.look(true))}
      </div>
      ${statusLine(status, {
        showFailures: () => void model.showFailures(),
        goOn: () => void model.reading.resume(),
      })}
      ${
        model.failures === null
          ? nothing
          : html`<failure-list
              .failures=${model.failures}
              @close=${() => model.set(() => (model.failures = null))}
            ></failure-list>`
      }
      ${model.chosen.open ? this.#pane() : nothing}
    </main>`;
  }

  #empty() {
    const model = this.#model;
    const { status, read, cleared } = model.reading;
    const { text, earliest, newest, again, brokers } = emptyText(
      model.init?.topic ?? '',
      status,
      read,
      cleared,
      model.newestTime,
      Date.now(),
    );
    return html`<div class="empty">
      <p class="muted" role="status">${text}${brokers === undefined ? nothing : html`<br />${brokers}`}</p>
      ${
        earliest
          ? html`<vscode-button @click=${() => void model.startAt({ startKind: 'earliest', startText: '' })}
              >${l10n.t('Read from earliest')}</vscode-button
            >`
          : nothing
      }
      ${
        newest
          ? html`<vscode-button @click=${() => void model.startAt(NEWEST)}
              >${l10n.t('Read the newest 100')}</vscode-button
            >`
          : nothing
      }
      ${again ? html`<vscode-button @click=${() => void model.start()}>${l10n.t('Read the range again')}</vscode-button>` : nothing}
    </div>`;
  }

  #pane() {
    const model = this.#model;
    return html`<pane-splitter></pane-splitter>
      <detail-pane
        .detail=${model.chosen.detail}
        .problem=${model.chosen.problem}
        .utc=${model.utc}
        .comparing=${model.chosen.kept?.name ?? ''}
        .actions=${model.chosen}
        .topic=${model.init?.topic ?? ''}
        @column=${(e: CustomEvent<JsonPath>) => void model.reading.ask(() => model.view.addPath(e.detail))}
      ></detail-pane>`;
  }

  #key(event: KeyboardEvent): void {
    const target = event.composedPath()[0];
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') this.renderRoot.querySelector<HTMLElement>('filter-box')?.focus();
    else if (event.key === 'g') this.#model.goto.ask();
    else if (event.key === 'Escape' && this.#model.chosen.open) this.#model.chosen.hide();
    else return;
    event.preventDefault();
  }

  get #grid(): RecordGrid | null {
    return this.renderRoot.querySelector<RecordGrid>('record-grid');
  }
}

customElements.define('messages-page', MessagesPage);
