import * as l10n from '@vscode/l10n';
import { html } from 'lit';

/** Instead of the page: why it cannot be shown. */
export const refused = (reason: string, again: () => void) =>
  html`<main class="page">
    <div class="problem" role="alert">${reason}</div>
    <div><vscode-button @click=${again}>${l10n.t('Try again')}</vscode-button></div>
  </main>`;
