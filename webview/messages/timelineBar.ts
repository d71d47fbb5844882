import * as l10n from '@vscode/l10n';
import { LitElement, css, html, nothing, svg } from 'lit';
import type { TimelineData } from '../../src/shared/messagesPage.ts';
import { formatCount } from '../components/format.ts';
import { bucketAt, brushed, moveBrush, type Brush } from './brush.ts';
import { formatTime } from './format.ts';

const HEIGHT = 36;

/**
 * Messages per span of time, from offsets alone. Drag, or arrows with Shift and Enter, to read a span.
 * Tells `span` {start, end}, in ms. Drawn in SVG, so that it takes its colours from the theme like all else.
 */
export class TimelineBar extends LitElement {
  static override properties = {
    load: { attribute: false },
    data: { state: true },
    problem: { state: true },
    loading: { state: true },
    utc: { type: Boolean },
    brush: { state: true },
    pointed: { state: true },
  };
  declare load: () => Promise<TimelineData>;
  declare data: TimelineData | null;
  declare problem: string | null;
  declare loading: boolean;
  declare utc: boolean;
  declare brush: Brush | null;
  /** The bucket under the pointer. */
  declare pointed: number | null;
  #drawing = false;

  static override styles = css`
    :host {
      display: block;
      color: var(--vscode-descriptionForeground);
    }
    .bars {
      display: block;
      width: 100%;
      height: 36px;
      cursor: crosshair;
      touch-action: none;
      border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    }
    .bars:focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
    }
    .bar {
      fill: var(--vscode-charts-blue);
    }
    .chosen {
      fill: var(--vscode-editor-selectionBackground);
      stroke: var(--vscode-contrastActiveBorder, transparent);
    }
    .caption {
      display: flex;
      justify-content: space-between;
      gap: 12px;
      font-size: 0.9em;
      font-variant-numeric: tabular-nums;
    }
    .caption button {
      all: unset;
      cursor: pointer;
      color: var(--vscode-textLink-foreground);
    }
    .caption button:focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
    }
    .caption button[aria-disabled='true'] {
      cursor: default;
      color: var(--vscode-disabledForeground);
    }
    .problem {
      color: var(--vscode-editorWarning-foreground);
    }
  `;

  constructor() {
    super();
    this.data = null;
    this.problem = null;
    this.loading = false;
    this.brush = null;
    this.pointed = null;
  }

  override firstUpdated(): void {
    void this.#read();
  }

  override render() {
    if (this.problem !== null)
      return html`<div class="caption">
        <span class="problem" role="status">${l10n.t('No timeline: {0}', this.problem)}</span> ${this.#refresh()}
      </div>`;
    const { data } = this;
    if (!data) return nothing;
    if (data.buckets.length === 0)
      return html`<div class="caption">
          <span>${l10n.t('No timeline: there is no message in the topic.')}</span> ${this.#refresh()}
        </div>
        ${this.#problems(data)}`;
    const most = Math.max(1, ...data.buckets.map((b) => b.count));
    return html`
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
        viewBox="0 0 ${data.buckets.length} ${HEIGHT}"
        preserveAspectRatio="none"
        @pointerdown=${(e: PointerEvent) => this.#down(e)}
        @pointermove=${(e: PointerEvent) => this.#move(e)}
        @pointerup=${() => this.#up()}
        @pointerleave=${() => (this.pointed = null)}
        @keydown=${(e: KeyboardEvent) => this.#key(e)}
      >
        ${this.#chosen()}
        ${data.buckets.map((bucket, i) => {
          const height = bucket.count === 0 ? 0 : Math.max(1, (bucket.count / most) * (HEIGHT - 2));
          return svg`<rect class="bar" x=${i + 0.1} width="0.8" y=${HEIGHT - height} height=${height}></rect>`;
        })}
      </svg>
      <div class="caption">
        <span>${formatTime(data.from, this.utc)}</span>
        <span role="status" title=${upperBound()}>${this.#caption(data)}</span>
        <span>${formatTime(data.to, this.utc)} ${this.#refresh()}</span>
      </div>
      ${this.#problems(data)}
    `;
  }

  async #read(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    try {
      this.data = await this.load();
      this.problem = null;
      // Its spans of time are others now.
      this.brush = null;
      this.pointed = null;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
    this.loading = false;
  }

  /** Not `disabled` while it asks: that would take the keyboard away from it. */
  #refresh() {
    return html`<button
      title=${l10n.t('Ask the brokers for the timeline anew')}
      aria-disabled=${this.loading}
      @click=${() => void this.#read()}
    >
      ${l10n.t('Refresh timeline')}
    </button>`;
  }

  #problems(data: TimelineData) {
    return data.problems.map((problem) => html`<div class="problem" role="status">⚠ ${problem}</div>`);
  }

  #chosen() {
    if (!this.brush) return nothing;
    const first = Math.min(this.brush.anchor, this.brush.head);
    const width = Math.abs(this.brush.anchor - this.brush.head) + 1;
    return svg`<rect class="chosen" x=${first} width=${width} y="0" height=${HEIGHT}></rect>`;
  }

  #caption(data: TimelineData): string {
    const shown = this.brush ?? (this.pointed === null ? null : { anchor: this.pointed, head: this.pointed });
    const span = brushed(data, shown);
    if (!span)
      return l10n.t(
        'at most {0} messages; drag to read a span',
        formatCount(data.buckets.reduce((sum, b) => sum + b.count, 0)),
      );
    return l10n.t(
      '{0} … {1}: at most {2} messages',
      formatTime(span.start, this.utc),
      formatTime(span.end, this.utc),
      formatCount(span.count),
    );
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

const upperBound = () =>
  l10n.t(
    'Counted by offsets, no message is read: where compaction or transactions took offsets, there are fewer messages.',
  );

customElements.define('timeline-bar', TimelineBar);
