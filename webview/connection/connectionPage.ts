import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import {
  EMPTY_FORM,
  validateForm,
  type ConnectionForm,
  type FormField,
  type SecretChanges,
  type SecretName,
} from '../../src/shared/connectionForm.ts';
import type { ConnectionContract, DoctorStepView } from '../../src/shared/connectionPage.ts';
import { PageElement } from '../components/element.ts';
import { nameControls } from '../components/toolkit.ts';
import { RpcClient } from '../components/rpc.ts';
import { doctorSteps, type TestState } from './doctorSteps.ts';
import { fieldRow, type FormActions } from './fieldRow.ts';
import { sections } from './fields.ts';

/** The form of one cluster's connection. */
class ConnectionPage extends PageElement {
  static override readonly properties = {
    form: { state: true },
    secrets: { state: true },
    saved: { state: true },
    isNew: { state: true },
    judged: { state: true },
    failure: { state: true },
    test: { state: true },
    steps: { state: true },
  };
  declare form: ConnectionForm;
  declare secrets: SecretChanges;
  declare saved: SecretName[] | undefined;
  declare isNew: boolean;
  declare judged: ReadonlySet<string>;
  declare failure: string | undefined;
  declare test: TestState | undefined;
  declare steps: DoctorStepView[];
  readonly #rpc = new RpcClient<ConnectionContract>();
  #running: AbortController | undefined;
  #tests = 0;

  constructor() {
    super();
    this.form = EMPTY_FORM;
    this.secrets = {};
    this.judged = new Set();
    this.steps = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#rpc.on('step', ({ test, step }) => {
      if (test === this.#tests) this.steps = [...this.steps, step];
    });
    this.#rpc.on('check', () => this.#test());
    this.#ask(
      this.#rpc.request('ready', {}).then(({ form, saved, isNew, testNow }) => {
        this.form = form;
        this.saved = saved;
        this.isNew = isNew;
        if (testNow) this.#test();
      }),
    );
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    nameControls(this);
    // Below a long form nobody would see what comes of the test.
    if (changed.has('steps') || changed.has('test'))
      this.querySelector('.verdict')?.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult {
    const { saved } = this;
    if (!saved) return html`<p role="status">${this.failure ?? l10n.t('Reading the saved connection…')}</p>`;
    const problems = validateForm(this.form);
    const state = { form: this.form, secrets: this.secrets, saved, problems, judged: this.judged };
    return html`<main>
      <h1>${this.isNew ? l10n.t('Add a Kafka cluster') : l10n.t('Connection of {0}', this.form.name)}</h1>
      <form @submit=${(e: Event) => e.preventDefault()}>
        ${sections().map(
          (section) =>
            html`<fieldset>
              <legend>${section.title}</legend>
              ${section.fields.map((field) => fieldRow(field, state, this.#actions))}
              ${section.note === undefined ? nothing : html`<p class="note">${section.note}</p>`}
            </fieldset>`,
        )}
      </form>
      <footer>
        <vscode-button id="save" @click=${() => this.#save()}>${l10n.t('Save')}</vscode-button>
        ${
          this.test === 'running'
            ? html`<vscode-button id="cancel" appearance="secondary" @click=${() => this.#running?.abort()}
                >${l10n.t('Cancel test')}</vscode-button
              >`
            : html`<vscode-button id="test" appearance="secondary" @click=${() => this.#test()}
                >${l10n.t('Test connection')}</vscode-button
              >`
        }
        <span class="note">${l10n.t('Secrets are kept in the editor’s encrypted store only.')}</span>
      </footer>
      ${this.failure === undefined ? nothing : html`<p class="problem" role="alert">${this.failure}</p>`}
      ${this.test === undefined ? nothing : doctorSteps(this.test, this.steps, (sha256) => this.#pin(sha256))}
    </main>`;
  }

  readonly #actions: FormActions = {
    set: (field, value) => (this.form = { ...this.form, [field]: value }),
    setSecret: (secret, value) => {
      const { [secret]: _old, ...others } = this.secrets;
      this.secrets = value === undefined ? others : { ...others, [secret]: value };
    },
    left: (field) => (this.judged = new Set([...this.judged, field])),
    chooseFile: (field) =>
      this.#ask(
        this.#rpc.request('chooseFile', { field }).then((file) => {
          if (file !== null) this.#actions.set(field, file);
        }),
      ),
  };

  /** Shows every problem and brings the first one into view; true when there is none. */
  #valid(): boolean {
    const wrong = Object.keys(validateForm(this.form)) as FormField[];
    this.judged = new Set([...this.judged, ...wrong]);
    const first = wrong[0];
    if (first === undefined) return true;
    this.querySelector<HTMLElement>(`#field-${first}`)?.focus();
    return false;
  }

  #save(): void {
    if (this.#valid()) this.#ask(this.#rpc.request('save', { form: this.form, secrets: this.secrets }));
  }

  #test(): void {
    if (!this.#valid()) return;
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const test = ++this.#tests;
    this.steps = [];
    this.test = 'running';
    this.failure = undefined;
    this.#rpc.request('test', { form: this.form, secrets: this.secrets, test }, running.signal).then(
      ({ ok }) => {
        if (test === this.#tests) this.test = ok ? 'passed' : 'failed';
      },
      (error: Error) => {
        if (test !== this.#tests) return;
        this.test = running.signal.aborted ? 'cancelled' : 'failed';
        if (!running.signal.aborted) this.failure = error.message;
      },
    );
  }

  #pin(sha256: string): void {
    this.#actions.set('pinnedSha256', sha256);
    this.#test();
  }

  #ask(request: Promise<unknown>): void {
    request.then(
      () => (this.failure = undefined),
      (error: Error) => (this.failure = error.message),
    );
  }
}

customElements.define('connection-page', ConnectionPage);
