import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { ScanStatus } from '../../src/shared/messagesPage.ts';

/** Above the grid: what went wrong, each a sentence, and what to do about a topic that is not there any more. */
export function problemLines(
  { problems, gone }: ScanStatus,
  refusal: string | null,
  act: { again(): void; fromEarliest(): void },
) {
  const all = refusal === null ? problems : [refusal, ...problems];
  return html`${all.map((problem) => html`<div class="problem" role="alert">${problem}</div>`)}
  ${
    gone === null
      ? nothing
      : html`<div class="problem">
          <span>${l10n.t('What was read from the old topic stays here until you read again.')}</span>
          ${
            gone === 'recreated'
              ? html`<vscode-button @click=${() => act.fromEarliest()}
                  >${l10n.t('Read the new topic from its start')}</vscode-button
                >`
              : html`<vscode-button @click=${() => act.again()}>${l10n.t('Look whether it is back')}</vscode-button>`
          }
        </div>`
  }`;
}
