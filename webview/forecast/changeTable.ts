import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { ReplayForecast, ReplaySharing } from '../../src/shared/replayPage.ts';
import { number } from './topicTable.ts';

/** What the controls change: each figure as the file says, and as the controls say. */
export function changeTable(now: ReplayForecast, then: ReplayForecast): TemplateResult {
  const rows: [string, (forecast: ReplayForecast) => number | null][] = [
    [l10n.t('never received'), ({ summary }) => summary.skipped],
    [l10n.t('will be delivered'), ({ summary }) => summary.backlog],
    [l10n.t('already deleted by Kafka'), ({ summary }) => summary.gone],
    [l10n.t('received twice'), ({ summary }) => summary.replayed],
    [l10n.t('partitions of the busiest instance'), ({ sharing }) => busiest(sharing)],
    [l10n.t('instances that receive nothing'), ({ sharing }) => (sharing.shares.length === 0 ? null : idle(sharing))],
  ];
  return html`<table class="change">
    <caption>
      ${l10n.t('Before → after')}
    </caption>
    <tbody>
      ${rows.map(
        ([text, of]) =>
          html`<tr class=${of(now) === of(then) ? 'same' : ''}>
            <th scope="row">${text}</th>
            <td class="num">${number(of(now))}</td>
            <td>→</td>
            <td class="num">${number(of(then))}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const busiest = ({ shares }: ReplaySharing): number | null => shares[0]?.count ?? null;
export const idle = ({ shares }: ReplaySharing): number => shares.filter((share) => share.count === 0).length;
