import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ConnectionForm, FormField, SecretChanges, SecretName } from '../../src/shared/connectionForm.ts';
import type { Checkbox, Dropdown, TextField } from '../components/toolkit.ts';
import type { Field } from './fields.ts';

export interface FormState {
  form: ConnectionForm;
  secrets: SecretChanges;
  /** Secrets kept in the editor's encrypted store. */
  saved: readonly SecretName[];
  problems: Partial<Record<FormField, string>>;
  /** Fields whose problem may be shown: a person has been there, or tried to save. */
  judged: ReadonlySet<string>;
}

export interface FormActions {
  set(field: FormField, value: string | boolean): void;
  setSecret(secret: SecretName, value: string | undefined): void;
  left(field: FormField): void;
  chooseFile(field: FormField): void;
}

/** One row of the form with its message below it. */
export function fieldRow(field: Field, state: FormState, actions: FormActions): TemplateResult | typeof nothing {
  if (field.when && !field.when(state.form)) return nothing;
  if (field.kind === 'secret') return secretRow(field, field.secret, state, actions);
  const problem = state.judged.has(field.field) ? state.problems[field.field] : undefined;
  const id = `field-${field.field}`;
  const help = problem ?? field.hint;
  return html`<div class="row ${field.kind}">
    ${field.kind === 'check' ? nothing : html`<label for=${id}>${field.label}</label>`}
    <div class="control">
      ${control(field, id, help !== undefined, problem !== undefined, state, actions)}
      ${
        help === undefined
          ? nothing
          : html`<div
              id="${id}-help"
              class=${problem === undefined ? 'hint' : 'wrong'}
              role=${problem ? 'alert' : nothing}
            >
              ${help}
            </div>`
      }
    </div>
  </div>`;
}

function control(
  field: Exclude<Field, { kind: 'secret' }>,
  id: string,
  helped: boolean,
  wrong: boolean,
  { form }: FormState,
  actions: FormActions,
): TemplateResult {
  const name = field.field;
  const value = form[name];
  const described = helped ? `${id}-help` : nothing;
  switch (field.kind) {
    case 'check':
      return html`<vscode-checkbox
        id=${id}
        aria-describedby=${described}
        ?checked=${value === true}
        @change=${(e: Event) => actions.set(name, (e.target as Checkbox).checked)}
        >${field.label}</vscode-checkbox
      >`;
    case 'choice':
      return html`<vscode-dropdown
        id=${id}
        data-label=${field.label}
        .value=${String(value)}
        @change=${(e: Event) => actions.set(name, (e.target as Dropdown).value)}
      >
        ${field.options.map(
          (o) => html`<vscode-option value=${o.value} ?selected=${o.value === value}>${o.label}</vscode-option>`,
        )}
      </vscode-dropdown>`;
    case 'lines':
      return html`<textarea
        id=${id}
        rows="3"
        aria-describedby=${described}
        aria-invalid=${wrong}
        placeholder=${field.placeholder ?? ''}
        .value=${String(value)}
        @input=${(e: Event) => actions.set(name, (e.target as HTMLTextAreaElement).value)}
        @blur=${() => actions.left(name)}
      ></textarea>`;
    case 'text':
    case 'file':
      return html`<vscode-text-field
          id=${id}
          class=${wrong ? 'wrong' : ''}
          data-label=${field.label}
          aria-describedby=${described}
          aria-invalid=${wrong}
          placeholder=${field.placeholder ?? ''}
          .value=${String(value)}
          @input=${(e: Event) => actions.set(name, (e.target as TextField).value)}
          @blur=${() => actions.left(name)}
        ></vscode-text-field>
        ${
          field.kind === 'file'
            ? html`<vscode-button appearance="secondary" @click=${() => actions.chooseFile(name)}
                >${l10n.t('Choose…')}</vscode-button
              >`
            : nothing
        }`;
  }
}

/** Masked. A saved secret is not here to be shown: it can be kept, replaced or forgotten. */
function secretRow(field: Field, secret: SecretName, state: FormState, actions: FormActions): TemplateResult {
  const id = `secret-${secret}`;
  const typed = state.secrets[secret];
  const kept = typed === undefined && state.saved.includes(secret);
  return html`<div class="row secret">
    <label for=${id}>${field.label}</label>
    <div class="control">
      <vscode-text-field
        id=${id}
        type="password"
        autocomplete="off"
        data-label=${field.label}
        placeholder=${kept ? l10n.t('saved, type to replace it') : ''}
        .value=${typed ?? ''}
        @input=${(e: Event) => actions.setSecret(secret, (e.target as TextField).value || undefined)}
      ></vscode-text-field>
      ${
        kept
          ? html`<vscode-button appearance="secondary" @click=${() => actions.setSecret(secret, '')}
              >${l10n.t('Forget')}</vscode-button
            >`
          : nothing
      }
      ${typed === '' ? html`<div class="hint">${l10n.t('Will be forgotten when you save.')}</div>` : nothing}
    </div>
  </div>`;
}
