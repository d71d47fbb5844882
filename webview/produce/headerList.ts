import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { HeaderDraft } from '../../src/shared/producePage.ts';
import type { Checkbox, Dropdown } from '../components/toolkit.ts';

const EMPTY: HeaderDraft = { name: '', isNull: false, format: 'text', text: '' };

/** The headers in the order in which they will be written; the same name may stand there twice. */
export function headerList(headers: readonly HeaderDraft[], set: (headers: HeaderDraft[]) => void): TemplateResult {
  return html`<fieldset id="headers">
    <legend>${l10n.t('Headers')}</legend>
    ${headers.map((header, index) => headerRow(header, index, headers, set))}
    <vscode-button id="add-header" appearance="secondary" @click=${() => set([...headers, EMPTY])}
      >${l10n.t('Add header')}</vscode-button
    >
  </fieldset>`;
}

function headerRow(
  header: HeaderDraft,
  index: number,
  headers: readonly HeaderDraft[],
  set: (headers: HeaderDraft[]) => void,
): TemplateResult {
  const n = index + 1;
  const change = (changes: Partial<HeaderDraft>) => set(headers.with(index, { ...header, ...changes }));
  const move = () => set(headers.with(index, headers[index - 1] ?? header).with(index - 1, header));
  return html`<div class="header" role="group" aria-label=${l10n.t('Header {0}', n)}>
    <input
      class="name"
      aria-label=${l10n.t('Name of header {0}', n)}
      placeholder=${l10n.t('name')}
      .value=${header.name}
      @input=${(e: Event) => change({ name: (e.target as HTMLInputElement).value })}
    />
    <textarea
      class="text"
      rows="1"
      spellcheck="false"
      aria-label=${l10n.t('Value of header {0}', n)}
      ?disabled=${header.isNull}
      .value=${header.text}
      @input=${(e: Event) => change({ text: (e.target as HTMLTextAreaElement).value })}
    ></textarea>
    <vscode-dropdown
      data-label=${l10n.t('Format of header {0}', n)}
      ?disabled=${header.isNull}
      .value=${header.format}
      @change=${(e: Event) => change({ format: (e.target as Dropdown).value === 'base64' ? 'base64' : 'text' })}
    >
      <vscode-option value="text" ?selected=${header.format === 'text'}>${l10n.t('text')}</vscode-option>
      <vscode-option value="base64" ?selected=${header.format === 'base64'}>base64</vscode-option>
    </vscode-dropdown>
    <vscode-checkbox
      ?checked=${header.isNull}
      @change=${(e: Event) => change({ isNull: (e.target as Checkbox).checked })}
      >null</vscode-checkbox
    >
    <vscode-button
      appearance="icon"
      data-label=${l10n.t('Move header {0} up', n)}
      title=${l10n.t('Move up')}
      ?disabled=${index === 0}
      @click=${move}
      ><span class="codicon codicon-arrow-up"></span
    ></vscode-button>
    <vscode-button
      appearance="icon"
      data-label=${l10n.t('Remove header {0}', n)}
      title=${l10n.t('Remove')}
      @click=${() => set(headers.toSpliced(index, 1))}
      ><span class="codicon codicon-close"></span
    ></vscode-button>
  </div>`;
}
