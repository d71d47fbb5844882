import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { DoctorStepView } from '../../src/shared/connectionPage.ts';

export type TestState = 'running' | 'passed' | 'failed' | 'cancelled';

/** The doctor's findings in the order in which they came. */
export function doctorSteps(
  state: TestState,
  steps: readonly DoctorStepView[],
  pin: (sha256: string) => void,
): TemplateResult {
  return html`<section class="doctor" aria-live="polite" aria-label=${l10n.t('Result of the connection test')}>
    ${steps.map((step) => stepRow(step, pin))}
    <div class="verdict ${state}">${verdict(state)}</div>
  </section>`;
}

function verdict(state: TestState): string {
  switch (state) {
    case 'running':
      return l10n.t('Testing…');
    case 'passed':
      return l10n.t('The connection works.');
    case 'failed':
      return l10n.t('The connection does not work yet. It can be saved all the same.');
    case 'cancelled':
      return l10n.t('Cancelled.');
  }
}

function stepRow(step: DoctorStepView, pin: (sha256: string) => void): TemplateResult {
  const { certificateSha256 } = step;
  return html`<div class="step ${step.ok ? 'ok' : 'bad'}">
    <span
      class="codicon codicon-${step.ok ? 'check' : 'error'}"
      role="img"
      aria-label=${step.ok ? l10n.t('passed') : l10n.t('failed')}
    ></span>
    <span class="name">${stepName(step.step)}</span>
    <span class="target">${step.target}</span>
    <span class="detail">${step.detail}</span>
    <span class="ms">${l10n.t('{0} ms', Math.round(step.ms))}</span>
    ${step.hint === undefined ? nothing : html`<div class="next">→ ${step.hint}</div>`}
    ${
      certificateSha256 === undefined
        ? nothing
        : html`<div class="next">
            → ${l10n.t('or')}
            <button class="link" @click=${() => pin(certificateSha256)}>
              ${l10n.t('accept this certificate for this cluster only')}
            </button>
            <code>sha256 ${certificateSha256}</code>
          </div>`
    }
  </div>`;
}

function stepName(step: DoctorStepView['step']): string {
  switch (step) {
    case 'dns':
      return l10n.t('name resolves');
    case 'tcp':
      return 'TCP';
    case 'tls':
      return 'TLS';
    case 'sasl':
      return l10n.t('login (SASL)');
    case 'metadata':
      return l10n.t('cluster answers');
    case 'advertised':
      return l10n.t('advertised address');
    case 'rights':
      return l10n.t('rights');
  }
}
