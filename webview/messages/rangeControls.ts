import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ReadState } from '../../src/shared/messagesPage.ts';
import type { NamedStart } from '../../src/shared/messagesPanel.ts';
import { formatCount } from '../components/format.ts';
import { controlStyles } from './controlStyles.ts';
import { formatOffsets } from './positionText.ts';
import { readOf, type EndKind, type ReadDraft, type StartKind } from './readDraft.ts';

/** From, to, partitions, transactions and ▶ ⏸ ■. Tells `draft` {draft}, `start`, `pause`, `resume`, `stop`, `clear`. */
export class RangeControls extends LitElement {
  static override styles = controlStyles;
  static override properties = {
    draft: { attribute: false },
    partitions: { attribute: false },
    groups: { attribute: false },
    starts: { attribute: false },
    state: { type: String },
  };
  declare draft: ReadDraft;
  declare partitions: number[];
  declare groups: string[];
  declare starts: NamedStart[];
  declare state: ReadState;

  override render() {
    const { draft } = this;
    const checked = readOf(draft, Date.now());
    const errors = 'start' in checked ? {} : checked;
    return html`
      <label>${l10n.t('From')} ${this.#startKinds()}</label>
      ${this.#startField(errors.startError)}
      <label>
        ${l10n.t('To')}
        <select @change=${(e: Event) => this.#change({ endKind: valueOf(e) as EndKind, endText: '' })}>
          ${options(
            [
              ['follow', l10n.t('follow new messages')],
              ['end', l10n.t('now')],
              ['offset', l10n.t('offset…')],
              ['time', l10n.t('time…')],
              ['count', l10n.t('number of messages…')],
            ],
            draft.endKind,
          )}
        </select>
      </label>
      ${
        draft.endKind === 'follow' || draft.endKind === 'end'
          ? nothing
          : this.#field('end', l10n.t('End'), draft.endText, placeholderOf(draft.endKind), errors.endError)
      }
      ${
        draft.endKind === 'time'
          ? picker(l10n.t('Pick the end time (local)'), (endText) => this.#change({ endText }))
          : nothing
      }
      <label>
        ${l10n.t('Partitions')}
        <input
          size="6"
          aria-invalid=${errors.partitionError !== undefined}
          .value=${draft.partitionText}
          placeholder=${l10n.t('all {0}', formatCount(this.partitions.length))}
          title=${errors.partitionError ?? l10n.t('Partition numbers, such as 0, 2 or 4-7. Empty: all.')}
          @change=${(e: Event) => this.#change({ partitionText: valueOf(e) })}
        />
      </label>
      ${errors.partitionError === undefined ? nothing : html`<span class="error" role="alert">${errors.partitionError}</span>`}
      <label>
        ${l10n.t('Transactions')}
        <select @change=${(e: Event) => this.#change({ isolation: valueOf(e) as ReadDraft['isolation'] })}>
          ${options(
            [
              ['read_committed', l10n.t('committed only')],
              ['read_uncommitted', l10n.t('all, aborted ones marked')],
            ],
            draft.isolation,
          )}
        </select>
      </label>
      ${this.#buttons()}
    `;
  }

  #startKinds() {
    const kinds: [string, string][] = [
      ['earliest', l10n.t('earliest')],
      ['latest', l10n.t('latest')],
      ['last', l10n.t('last N messages…')],
      ['offset', l10n.t('offset…')],
      ['offsets', l10n.t('offset per partition…')],
      ['time', l10n.t('time…')],
      ['group', l10n.t('where a group stands…')],
    ];
    this.starts.forEach((s, i) => kinds.push([`named:${i}`, l10n.t('where {0} would start', s.label)]));
    return html`<select @change=${(e: Event) => this.#chooseStart(valueOf(e))}>
      ${options(kinds, this.draft.startKind)}
    </select>`;
  }

  #chooseStart(value: string): void {
    const named = value.startsWith('named:') ? this.starts[Number(value.slice(6))] : undefined;
    if (named) this.#change({ startKind: 'offsets', startText: formatOffsets(named.offsets) });
    else {
      const first: Partial<Record<string, string>> = {
        last: '100',
        offset: '0',
        time: '-1h',
        group: this.groups[0] ?? '',
      };
      this.#change({ startKind: value as StartKind, startText: first[value] ?? '' });
    }
  }

  #startField(error: string | undefined) {
    const { startKind, startText } = this.draft;
    if (startKind === 'earliest' || startKind === 'latest') return nothing;
    return html`${this.#field('start', l10n.t('Start'), startText, placeholderOf(startKind), error)}
    ${
      startKind === 'group'
        ? html`<datalist id="groups">${this.groups.map((g) => html`<option value=${g}></option>`)}</datalist>`
        : nothing
    }
    ${
      startKind === 'time'
        ? picker(l10n.t('Pick the start time (local)'), (startText) => this.#change({ startText }))
        : nothing
    }`;
  }

  #field(end: 'start' | 'end', name: string, text: string, placeholder: string, error: string | undefined) {
    const change = (e: Event) => this.#change(end === 'start' ? { startText: valueOf(e) } : { endText: valueOf(e) });
    return html`<input
        id=${end}
        size="22"
        aria-label=${name}
        aria-invalid=${error !== undefined}
        title=${error ?? nothing}
        .value=${text}
        placeholder=${placeholder}
        list=${end === 'start' && this.draft.startKind === 'group' ? 'groups' : nothing}
        @input=${change}
        @keydown=${(e: KeyboardEvent) => e.key === 'Enter' && this.#tell('start')}
      />${error === undefined ? nothing : html`<span class="error" role="alert">${error}</span>`}`;
  }

  #buttons() {
    const running = this.state === 'reading' || this.state === 'following' || this.state === 'resolving';
    return html`<span class="group">
      ${
        this.state === 'paused'
          ? button(l10n.t('Resume'), ICON.continue, () => this.#tell('resume'))
          : button(l10n.t('Start reading'), ICON.play, () => this.#tell('start'))
      }
      ${button(l10n.t('Pause'), ICON.pause, () => this.#tell('pause'), !running)}
      ${button(l10n.t('Stop'), ICON.stop, () => this.#tell('stop'), !running && this.state !== 'paused')}
      ${button(l10n.t('Clear and go on from here'), ICON.clear, () => this.#tell('clear'), this.state === 'idle' || this.state === 'resolving')}
    </span>`;
  }

  #change(part: Partial<ReadDraft>): void {
    this.draft = { ...this.draft, ...part };
    this.dispatchEvent(new CustomEvent('draft', { detail: { draft: this.draft } }));
  }

  #tell(name: string): void {
    this.dispatchEvent(new CustomEvent(name));
  }
}

export const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;

/** Set as what they are now: an option that a person has once chosen no longer heeds its attribute. */
export function options(entries: [string, string][], chosen: string) {
  return entries.map(
    ([value, text]) => html`<option value=${value} .selected=${live(value === chosen)}>${text}</option>`,
  );
}

/** Hands over what is picked as people write a local time. */
function picker(name: string, pick: (time: string) => void) {
  return html`<input
    type="datetime-local"
    step="1"
    aria-label=${name}
    @change=${(e: Event) => pick(valueOf(e).replace('T', ' '))}
  />`;
}

/** An icon button. `icon` is the character of a codicon, whose font page.css loads. */
export function button(name: string, icon: string, act: () => void, disabled = false) {
  return html`<vscode-button appearance="icon" title=${name} aria-label=${name} ?disabled=${disabled} @click=${act}
    ><span class="icon" aria-hidden="true">${icon}</span></vscode-button
  >`;
}

/** Codicons by their code points (`@vscode/codicons`, codicon.csv). */
const ICON = { play: '\ueb2c', continue: '\ueacf', pause: '\uead1', stop: '\uead7', clear: '\ueabf' };

function placeholderOf(kind: string): string {
  switch (kind) {
    case 'last':
    case 'count':
      return '100';
    case 'offset':
      return '0';
    case 'offsets':
      return '0:120, 2:5';
    case 'time':
      return l10n.t('-2h or 2026-11-24 07:12');
    case 'group':
      return l10n.t('group');
    default:
      return '';
  }
}

customElements.define('range-controls', RangeControls);
