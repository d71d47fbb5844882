import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { PartDraft, PartFormat } from '../../src/shared/producePage.ts';
import type { Checkbox, Dropdown } from '../components/toolkit.ts';

export interface PartField {
  id: 'key' | 'value';
  label: string;
  /** What the box for null says. */
  nullLabel: string;
  rows: number;
  /** null: no registry, no schemas. */
  subjects: readonly string[] | null;
}

/** A key or value: its format, null or not, and the text. */
export function partField(field: PartField, part: PartDraft, set: (part: PartDraft) => void): TemplateResult {
  const { id, label } = field;
  const change = (changes: Partial<PartDraft>) => set({ ...part, ...changes });
  return html`<fieldset class="part" id="part-${id}">
    <legend>${label}</legend>
    <div class="control">
      <vscode-dropdown
        id="${id}-format"
        data-label=${l10n.t('{0}: format', label)}
        ?disabled=${part.isNull}
        .value=${part.format}
        @change=${(e: Event) => change({ format: (e.target as Dropdown).value as PartFormat })}
      >
        ${formats(field.subjects).map(
          ([format, name]) =>
            html`<vscode-option value=${format} ?selected=${format === part.format}>${name}</vscode-option>`,
        )}
      </vscode-dropdown>
      <vscode-checkbox
        id="${id}-null"
        ?checked=${part.isNull}
        @change=${(e: Event) => change({ isNull: (e.target as Checkbox).checked })}
        >${field.nullLabel}</vscode-checkbox
      >
      ${part.format === 'schema' && !part.isNull ? subjectField(field, part, change) : nothing}
    </div>
    <textarea
      id=${id}
      aria-label=${label}
      rows=${field.rows}
      spellcheck="false"
      ?disabled=${part.isNull}
      .value=${part.text}
      @input=${(e: Event) => change({ text: (e.target as HTMLTextAreaElement).value })}
    ></textarea>
  </fieldset>`;
}

function formats(subjects: readonly string[] | null): [PartFormat, string][] {
  return [
    ['text', l10n.t('text (UTF-8)')],
    ['json', l10n.t('JSON (checked)')],
    ['base64', l10n.t('base64 (any bytes)')],
    ...(subjects === null ? [] : [['schema', l10n.t('schema of the registry')] satisfies [PartFormat, string]]),
  ];
}

function subjectField(
  { id, label, subjects }: PartField,
  part: PartDraft,
  change: (changes: Partial<PartDraft>) => void,
): TemplateResult {
  return html`<input
      id="${id}-subject"
      class="subject"
      list="${id}-subjects"
      aria-label=${l10n.t('{0}: subject', label)}
      placeholder=${l10n.t('subject, e.g. orders-value')}
      .value=${part.subject}
      @input=${(e: Event) => change({ subject: (e.target as HTMLInputElement).value })}
    />
    <datalist id="${id}-subjects">
      ${(subjects ?? []).map((subject) => html`<option value=${subject}></option>`)}
    </datalist>
    <span class="hint">${l10n.t('JSON, encoded with its newest schema')}</span>`;
}
