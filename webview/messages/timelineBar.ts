import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing, svg } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { TimelineData, TimelineRange } from '../../src/shared/messagesPage.ts';
import { bucketAt, brushed, moveBrush, sameSpan, type Brush } from './brush.ts';
import { formatCount } from '../components/format.ts';
import { formatClock, formatTime } from './format.ts';
import './markBar.ts';
import { LANE_HEIGHT, STACKED_HEIGHT, laneBars, stackedBars } from './timelineBars.ts';
import { timelineCaption, upperBound } from './timelineCaption.ts';
import { marksOn, type Mark, type MarkSource } from './timelineMarks.ts';
import { type LoadTimeline, type TimelineQuery, TimelineQuestion } from './timelineQuestion.ts';
import { outgrown, type Reached, TimelineRenewal } from './timelineRenewal.ts';
import { timelineStyles } from './timelineStyles.ts';

/**
 * Messages per span of time, from offsets alone, of all partitions or of each, with marks for where somebody stands.
 * Drag, or arrows with Shift and Enter, to read a span. Of the whole topic, or of what is read alone.
 * Asked for again when more was read than it counts, unless somebody chooses on it. Tells `span` {start, end} in ms, and `mark` {source}. Drawn in SVG, so that it takes its colours from the theme like all else.
 */
export class TimelineBar extends LitElement {
  static override properties = {
    load: { attribute: false },
    era: { type: Number },
    data: { state: true },
    utc: { type: Boolean },
    brush: { state: true },
    pointed: { state: true },
    sources: { attribute: false },
    unknown: { attribute: false },
    lanes: { state: true },
    range: { attribute: false, hasChanged: (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b) },
    narrow: { state: true },
    mark: { state: true },
  };
  /** null: of the whole topic. */
  declare load: LoadTimeline;
  /** Another one: the topic is another one, or is gone. */
  declare era: number;
  declare data: TimelineData | null;
  declare utc: boolean;
  declare brush: Brush | null;
  /** The bucket under the pointer. */
  declare pointed: number | null;
  /** Who stands somewhere on the topic. */
  declare sources: MarkSource[];
  /** Sentences about those of whom it is not known. */
  declare unknown: string[];
  /** Each partition has a lane of its own. */
  declare lanes: boolean;
  /** The mark that is looked at. */
  declare mark: Mark | null;
  /** What is read; null: nothing, or its offsets are not known yet. */
  declare range: TimelineRange | null;
  /** Only that is shown. */
  declare narrow: boolean;
  readonly #question = new TimelineQuestion(() => this.#told());
  readonly #renewal = new TimelineRenewal(() => this.#outgrown() && this.#read({ again: true }));
  readonly #look = (): void => {
    if (!this.hasUpdated) return;
    if (this.#held && this.#question.renewing) this.#question.stop();
    else if (!this.#renewal.due && this.#outgrown()) this.#renewal.soon();
  };
  #reached: Reached = [];
  #drawing = false;
  #marks: Mark[] = [];
  /** The range of which the data are. */
  #asked = '';
  #finest = false;

  static override styles = timelineStyles;

  constructor() {
    super();
    this.data = null;
    this.brush = null;
    this.pointed = null;
    this.sources = [];
    this.unknown = [];
    this.lanes = false;
    this.mark = null;
    this.range = null;
    this.narrow = false;
  }

  /** How far the topic was read that is there now. Nothing is drawn for it. */
  set reached(reached: Reached) {
    this.#reached = reached;
    this.#look();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#look);
    for (const moved of ['focusin', 'focusout']) this.addEventListener(moved, this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#look);
    this.#renewal.stop();
    this.#question.stop();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('era')) {
      this.narrow = false;
      this.#read();
    } else if (this.narrow && this.range && JSON.stringify(this.range) !== this.#asked) this.#read();
    // What is read from now on is another span than the chosen one.
    if (changed.has('range') && this.range?.end.kind === 'follow') this.brush = null;
    // Not with each move of the pointer: there may be thousands of partitions.
    if (['data', 'sources', 'lanes'].some((name) => changed.has(name)))
      this.#marks = this.data ? marksOn(this.data, this.sources, this.lanes) : [];
  }

  override updated(): void {
    this.#look();
  }

  override render() {
    const { problem, loading } = this.#question;
    if (problem !== null)
      return html`<div class="caption">
        <span class="problem" role="status">${l10n.t('No timeline: {0}', problem)}</span> ${this.#refresh()}
      </div>`;
    const { data } = this;
    // Its place is kept: the rows below do not jump when it comes.
    if (!data)
      return html`<div class="coming"></div>
        <div class="caption">
          <span role="status">
            ${loading ? l10n.t('Asking the brokers for the timeline…') : l10n.t('The timeline was stopped.')}
          </span>
          ${this.#refresh()}
        </div>`;
    if (data.buckets.length === 0)
      return html`<div class="coming"></div>
        <div class="caption">
          <span>${data.problems.length > 0 ? nothing : this.#emptyText()}</span>
          <span>${this.#narrowToggle()} ${this.#refresh()}</span>
        </div>
        ${this.#problems(data)}`;
    const height = this.lanes ? LANE_HEIGHT * data.partitions.length : STACKED_HEIGHT;
    const marks = this.#marks.length > MOST_MARKS ? [] : this.#marks;
    // The count of all is not spoken: while the topic is followed it would be, every few seconds.
    const chosen = this.mark?.text ?? (this.#shown ? this.#caption(data) : null);
    return html`
      <div class=${this.lanes ? 'lanes' : ''}>
        <div class="plot">
          <svg
            class="bars"
            role="slider"
            aria-description=${upperBound()}
            tabindex="0"
            aria-label=${l10n.t('Timeline: arrows choose a span, Shift extends it, Enter reads it')}
            aria-valuemin="1"
            aria-valuemax=${data.buckets.length}
            aria-valuenow=${(this.brush?.head ?? 0) + 1}
            aria-valuetext=${this.#caption(data)}
            height=${height}
            viewBox="0 0 ${data.buckets.length} ${height}"
            preserveAspectRatio="none"
            @pointerdown=${(e: PointerEvent) => this.#down(e)}
            @pointermove=${(e: PointerEvent) => this.#move(e)}
            @pointerup=${() => this.#up()}
            @pointercancel=${() => this.#cancel()}
            @pointerleave=${() => (this.pointed = null)}
            @keydown=${(e: KeyboardEvent) => this.#key(e)}
          >
            ${this.#chosen(height)}
            ${guard([data, this.lanes], () => (this.lanes ? laneBars(data) : stackedBars(data)))}
          </svg>
          ${
            this.lanes
              ? html`<div class="names">
                  ${guard([data], () => data.partitions.map((p) => html`<div><span class="lane">P${p}</span></div>`))}
                </div>`
              : nothing
          }
          ${
            marks.length === 0
              ? nothing
              : html`<mark-bar
                  .marks=${marks}
                  .lane=${this.lanes ? LANE_HEIGHT : STACKED_HEIGHT}
                  @point=${(e: CustomEvent<{ mark: Mark | null }>) => (this.mark = e.detail.mark)}
                  @mark=${(e: CustomEvent<{ mark: Mark }>) => this.#readFrom(e.detail.mark)}
                ></mark-bar>`
          }
        </div>
      </div>
      <div class="caption">
        <span>${formatTime(data.from, this.utc)}</span>
        <span title=${upperBound()}>
          <span role="status">${chosen}</span>${chosen === null ? this.#caption(data) : nothing}
        </span>
        ${this.#coarse(data)}
        <span>
          ${formatTime(data.to, this.utc)} ${this.#narrowToggle()}
          ${data.partitions.length > 1 ? this.#laneToggle() : nothing} ${this.#refresh()}
        </span>
      </div>
      ${
        this.#marks.length > MOST_MARKS
          ? html`<div role="status">
              ${l10n.t('{0} positions are too many to mark them all here.', formatCount(this.#marks.length))}
            </div>`
          : nothing
      }
      ${this.#problems(data)}
    `;
  }

  #read({ again, finest }: Partial<TimelineQuery> = {}): void {
    const range = this.narrow ? this.range : null;
    this.#asked = JSON.stringify(range);
    this.#finest = finest ?? (again === true && this.#finest);
    void this.#question.ask(this.load, { range, finest: this.#finest, again: again ?? false });
  }

  /** Somebody chooses on it: it stays as it is. */
  get #held(): boolean {
    return this.brush !== null || this.mark !== null || this.renderRoot.querySelector('.bars:focus') !== null;
  }

  /** It counts less than was read, and may be another one. */
  #outgrown(): boolean {
    const { loading, renewing, partial } = this.#question;
    if (this.data === null || loading || renewing || partial || document.hidden || this.#held) return false;
    return outgrown(this.data, this.#reached);
  }

  #told(): void {
    const { data, loading, renewing } = this.#question;
    if (data && data !== this.data) {
      // Only while its spans become finer: those of another question are others.
      this.brush = this.data?.coarse ? sameSpan(this.brush, this.data, data) : null;
      this.pointed = null;
      this.data = data;
    }
    if (!loading && !renewing) this.#renewal.rest(this.data);
    this.requestUpdate();
  }

  /** Stops what takes long, else asks anew. Not `disabled` while it asks: that would take the keyboard away from it. */
  #refresh() {
    const { loading, partial } = this.#question;
    if (loading && (partial || !this.data))
      return html`<button
        title=${l10n.t('Ask the brokers for no finer timeline than this')}
        @click=${() => this.#question.stop()}
      >
        ${l10n.t('Stop the timeline')}
      </button>`;
    return html`${this.#asOf()}<button
        title=${l10n.t('Ask the brokers for the timeline anew')}
        aria-label=${l10n.t('Refresh timeline')}
        aria-disabled=${loading}
        @click=${() => loading || this.#read()}
      >
        ${l10n.t('Refresh')}
      </button>`;
  }

  /** What came since is not on it, unless it is read. */
  #asOf() {
    const { at, problem } = this.#question;
    if (at === null || problem !== null) return nothing;
    return html`<span class="as-of" title=${formatTime(at, this.utc)}
      >${l10n.t('as of {0}', formatClock(at, this.utc))}</span
    > `;
  }

  /** That there is more to come, or to be had. */
  #coarse(data: TimelineData) {
    if (!data.coarse) return nothing;
    const spans = formatCount(data.buckets.length);
    if (this.#question.loading)
      return html`<span role="status">${l10n.t('{0} spans of time so far, asking for finer ones…', spans)}</span>`;
    return html`<span>
      ${l10n.t('{0} spans of time', spans)}
      <button
        title=${l10n.t('Ask the brokers for shorter spans: of so many partitions that takes them a while')}
        @click=${() => this.#read({ finest: true })}
      >
        ${l10n.t('Finer')}
      </button>
    </span>`;
  }

  #narrowToggle() {
    if (!this.narrow && !this.range) return nothing;
    const change = () => {
      this.narrow = !this.narrow;
      this.#read();
    };
    return html`<button @click=${change}>${this.narrow ? l10n.t('Whole topic') : l10n.t('Only what is read')}</button>`;
  }

  #emptyText(): string {
    return this.narrow
      ? l10n.t('No timeline: there was no message in what is read when it was asked for.')
      : l10n.t('No timeline: there is no message in the topic.');
  }

  #laneToggle() {
    return html`<button @click=${() => (this.lanes = !this.lanes)}>
      ${this.lanes ? l10n.t('Stacked') : l10n.t('Per partition')}
    </button>`;
  }

  #problems(data: TimelineData) {
    const { outdated } = this.#question;
    const late = outdated === null ? [] : [l10n.t('The timeline is not up to date: {0}', outdated)];
    return [...late, ...data.problems, ...this.unknown].map(
      (problem) => html`<div class="problem" role="status">⚠ ${problem}</div>`,
    );
  }

  #chosen(height: number) {
    if (!this.brush) return nothing;
    const first = Math.min(this.brush.anchor, this.brush.head);
    const width = Math.abs(this.brush.anchor - this.brush.head) + 1;
    return svg`<rect class="chosen" x=${first} width=${width} y="0" height=${height}></rect>`;
  }

  /** What is chosen, else what the pointer is at. */
  get #shown(): Brush | null {
    return this.brush ?? (this.pointed === null ? null : { anchor: this.pointed, head: this.pointed });
  }

  #caption(data: TimelineData): string {
    return timelineCaption(data, this.#shown, this.utc);
  }

  #readFrom({ source }: Mark): void {
    this.mark = null;
    this.dispatchEvent(new CustomEvent('mark', { detail: { source } }));
  }

  #down(event: PointerEvent): void {
    const at = this.#bucket(event);
    if (at === null) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#drawing = true;
    this.brush = { anchor: at, head: at };
  }

  #move(event: PointerEvent): void {
    const at = this.#bucket(event);
    this.pointed = at;
    if (this.#drawing && this.brush && at !== null) this.brush = { ...this.brush, head: at };
  }

  #up(): void {
    if (!this.#drawing) return;
    this.#drawing = false;
    this.#tell();
  }

  /** The system took the pointer away: nothing was chosen. */
  #cancel(): void {
    this.#drawing = false;
    this.brush = null;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#tell();
    else if (event.key === 'Escape' && this.brush) this.brush = null;
    else {
      const moved = moveBrush(this.brush, event.key, event.shiftKey, this.data?.buckets.length ?? 0);
      if (!moved) return;
      this.brush = moved;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #tell(): void {
    const span = this.data && brushed(this.data, this.brush);
    if (span) this.dispatchEvent(new CustomEvent('span', { detail: { start: span.start, end: span.end } }));
  }

  #bucket(event: PointerEvent): number | null {
    if (!this.data) return null;
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    return bucketAt((event.clientX - left) / width, this.data.buckets.length);
  }
}

/** Each is a button of its own. */
const MOST_MARKS = 500;

customElements.define('timeline-bar', TimelineBar);
