import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import './gotoBox.ts';
import type { FindPlace } from './positionText.ts';

/** Going to an offset or a time: the box that asks for it, and why a place is not among the rows. */
export class GoTo {
  readonly #go: (place: FindPlace) => Promise<boolean>;
  readonly #start: (place: FindPlace) => void;
  readonly #changed: () => void;
  #problem: string | null = null;
  open = false;

  /** `go` shows the place's row; false: there is none. `start` reads from the place on. `changed` is told when the box comes and goes. */
  constructor(go: (place: FindPlace) => Promise<boolean>, start: (place: FindPlace) => void, changed: () => void) {
    this.#go = go;
    this.#start = start;
    this.#changed = changed;
  }

  ask(): void {
    this.#problem = null;
    this.open = true;
    this.#changed();
  }

  close(): void {
    this.open = false;
    this.#changed();
  }

  render() {
    if (!this.open) return nothing;
    return html`<goto-box
      .problem=${this.#problem}
      @go=${(e: CustomEvent<{ place: FindPlace }>) => void this.#find(e.detail.place)}
      @start=${(e: CustomEvent<{ place: FindPlace }>) => {
        this.close();
        this.#start(e.detail.place);
      }}
      @close=${() => this.close()}
    ></goto-box>`;
  }

  async #find(place: FindPlace): Promise<void> {
    if (await this.#go(place)) return this.close();
    this.#problem = l10n.t('Not among the messages read.');
    this.#changed();
  }
}
