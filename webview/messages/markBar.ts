import * as l10n from '@vscode/l10n';
import { LitElement, css, html } from 'lit';
import type { Mark } from './timelineMarks.ts';

/**
 * Marks over the bars of the timeline: one stop of the keyboard, arrows lead from mark to mark. Tells `mark` {mark} when
 * one is pressed, and `point` {mark or null} when one is looked at.
 */
export class MarkBar extends LitElement {
  static override properties = { marks: { attribute: false }, lane: { type: Number }, current: { state: true } };
  /** By lane and then from left to right. */
  declare marks: Mark[];
  /** px of a lane. */
  declare lane: number;
  /** The one that the keyboard stops at. */
  declare current: number;

  static override styles = css`
    :host {
      position: absolute;
      inset: 0;
      pointer-events: none;
    }
    button {
      all: unset;
      position: absolute;
      width: 12px;
      height: 14px;
      margin-left: -6px;
      line-height: 14px;
      font-size: 11px;
      text-align: center;
      pointer-events: auto;
      cursor: pointer;
      color: var(--vscode-foreground);
      -webkit-text-stroke: 2px var(--vscode-editor-background);
      paint-order: stroke fill;
    }
    button.dapr {
      color: var(--vscode-charts-purple);
    }
    button:focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
    }
    @media (forced-colors: active) {
      button {
        color: ButtonText;
      }
    }
  `;

  constructor() {
    super();
    this.marks = [];
    this.lane = 0;
    this.current = 0;
  }

  override render() {
    const current = Math.min(this.current, this.marks.length - 1);
    return html`<div
      role="toolbar"
      aria-label=${l10n.t('Marks of the timeline: arrows go from one to the next, Enter reads from there')}
      @keydown=${(e: KeyboardEvent) => this.#key(e)}
    >
      ${this.marks.map(
        (mark, i) =>
          html`<button
            class=${mark.source.kind}
            tabindex=${i === current ? 0 : -1}
            title=${mark.text}
            aria-label=${mark.text}
            @click=${() => this.#tell('mark', mark)}
            @focus=${() => this.#look(i)}
            @blur=${() => this.#tell('point', null)}
            @pointerenter=${() => this.#tell('point', mark)}
            @pointerleave=${() => this.#tell('point', null)}
          >
            ${mark.source.kind === 'group' ? '▲' : '▼'}
          </button>`,
      )}
    </div>`;
  }

  /** Not in the template: the page's policy takes no inline style. */
  override updated(): void {
    this.#buttons.forEach((button, i) => {
      const mark = this.marks[i]!;
      button.style.left = `clamp(6px, ${mark.at * 100}%, 100% - 6px)`;
      const low = mark.source.kind === 'group' ? this.lane - 14 : 0;
      button.style.top = `${mark.lane * this.lane + low}px`;
    });
  }

  #look(i: number): void {
    this.current = i;
    this.#tell('point', this.marks[i] ?? null);
  }

  #key(event: KeyboardEvent): void {
    const last = this.marks.length - 1;
    const steps: Record<string, number> = {
      ArrowLeft: this.current - 1,
      ArrowRight: this.current + 1,
      ArrowUp: this.current - 1,
      ArrowDown: this.current + 1,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    this.#buttons[Math.max(0, Math.min(last, to))]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll('button')];
  }

  #tell(name: string, mark: Mark | null): void {
    this.dispatchEvent(new CustomEvent(name, { detail: { mark } }));
  }
}

customElements.define('mark-bar', MarkBar);
