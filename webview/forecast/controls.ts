import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import {
  MAX_INSTANCES,
  type ReplayMoment,
  type ReplayReader,
  type ReplayView,
  type WhatIf,
} from '../../src/shared/replayPage.ts';
import type { Dropdown, TextField } from '../components/toolkit.ts';

export interface ControlActions {
  ask: (whatIf: WhatIf) => void;
  /** The same with a group that nobody has used. */
  newGroup: (whatIf: WhatIf) => void;
  choose: (reader: ReplayReader) => void;
}

/** What may be changed on paper: each control asks at once, and the answer shows before and after. */
export function controls(view: ReplayView, { ask, newGroup, choose }: ControlActions): TemplateResult {
  const shown = view.then ?? view.now;
  const { whatIf } = view;
  const text = (event: Event) => (event.target as TextField).value.trim();
  return html`<div class="controls">
    <div class="field">
      <span>${l10n.t('Component')}</span>
      <vscode-dropdown
        id="reader"
        data-label=${l10n.t('Component')}
        .value=${label(view.reader)}
        @change=${(event: Event) => {
          const reader = view.readers.find((candidate) => label(candidate) === (event.target as Dropdown).value);
          if (reader) choose(reader);
        }}
      >
        ${view.readers.map((reader) => html`<vscode-option value=${label(reader)}>${label(reader)}</vscode-option>`)}
      </vscode-dropdown>
    </div>
    <div class="field">
      <span>initialOffset</span>
      <vscode-dropdown
        id="start"
        data-label="initialOffset"
        .value=${shown.initialOffset ?? ''}
        @change=${(event: Event) =>
          ask({ ...whatIf, initialOffset: (event.target as Dropdown).value === 'oldest' ? 'oldest' : 'newest' })}
      >
        ${shown.initialOffset === null ? html`<vscode-option value="">${l10n.t('not valid, or not known here')}</vscode-option>` : nothing}
        <vscode-option value="newest">${l10n.t('newest (Kafka: latest)')}</vscode-option>
        <vscode-option value="oldest">${l10n.t('oldest (Kafka: earliest)')}</vscode-option>
      </vscode-dropdown>
    </div>
    <div class="field">
      <span>${l10n.t('Starts')}</span>
      <vscode-dropdown
        id="moment"
        data-label=${l10n.t('Starts')}
        .value=${whatIf.moment ?? 'now'}
        @change=${(event: Event) => ask(momentSet(whatIf, (event.target as Dropdown).value))}
      >
        <vscode-option value="now">${l10n.t('now, with the commits there are')}</vscode-option>
        <vscode-option value="first-start">${l10n.t('for the first time')}</vscode-option>
        <vscode-option value="group-deleted">${l10n.t('after the group was deleted or expired')}</vscode-option>
      </vscode-dropdown>
    </div>
    <div class="field">
      <span>${l10n.t('Group')}</span>
      <vscode-text-field
        id="group"
        data-label=${l10n.t('Group')}
        .value=${shown.group ?? ''}
        placeholder=${l10n.t('not known')}
        @change=${(event: Event) => ask({ ...whatIf, consumerGroup: (event.target as TextField).value })}
      ></vscode-text-field>
      <span class="quiet">${shown.groupFrom}</span>
    </div>
    <vscode-button appearance="secondary" @click=${() => newGroup(whatIf)}>${l10n.t('A new group')}</vscode-button>
    <div class="field">
      <span>${l10n.t('Topic')}</span>
      <vscode-text-field
        id="topic"
        data-label=${l10n.t('Topic')}
        .value=${whatIf.topic ?? ''}
        placeholder=${l10n.t('as subscribed')}
        @change=${(event: Event) => ask(topicSet(whatIf, text(event)))}
      ></vscode-text-field>
    </div>
    <div class="field">
      <label for="instances">${l10n.t('App instances')}</label>
      <input
        id="instances"
        type="number"
        min="1"
        max=${MAX_INSTANCES}
        step="1"
        .value=${String(shown.sharing.instances)}
        @change=${(event: Event) => ask(instancesSet(whatIf, (event.target as HTMLInputElement).value))}
      />
    </div>
    ${
      view.then
        ? html`<vscode-button appearance="secondary" @click=${() => ask({})}
            >${l10n.t('As the file says')}</vscode-button
          >`
        : nothing
    }
  </div>`;
}

export const label = (reader: ReplayReader): string =>
  reader.app === null ? reader.component : `${reader.component} · ${reader.app}`;

export function momentSet({ moment: _, ...rest }: WhatIf, value: string): WhatIf {
  const moments: readonly ReplayMoment[] = ['first-start', 'group-deleted'];
  const moment = moments.find((candidate) => candidate === value);
  return moment === undefined ? rest : { ...rest, moment };
}

export function topicSet({ topic: _, ...rest }: WhatIf, topic: string): WhatIf {
  return topic === '' ? rest : { ...rest, topic };
}

/** An empty or senseless number is as many as there are. */
export function instancesSet({ instances: _, ...rest }: WhatIf, value: string): WhatIf {
  const instances = Math.trunc(Number(value));
  return instances >= 1 ? { ...rest, instances: Math.min(instances, MAX_INSTANCES) } : rest;
}
