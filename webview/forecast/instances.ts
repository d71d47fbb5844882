import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ReplayForecast, ReplaySharing } from '../../src/shared/replayPage.ts';
import { formatCount } from '../components/format.ts';
import { idle } from './changeTable.ts';
import { instanceCount, partitionCount } from '../../src/shared/counts.ts';

/** Rows that are worth reading; a thousand instances are not. */
const SHOWN = 12;

/** Who reads now, and how the instances of the app would share the partitions. */
export function instances({ members, standing, sharing }: ReplayForecast): TemplateResult {
  return html`<section aria-label=${l10n.t('Who gets which partition')}>
    <h2>${l10n.t('Who gets which partition')}</h2>
    ${standing === null ? nothing : html`<p class="quiet">${standing}</p>`}
    <div class="beside">
      ${
        members.length === 0
          ? nothing
          : table(
              l10n.t('Now'),
              members.map((member) => [`${member.clientId} ${member.host}`, places(member.partitions)]),
            )
      }
      ${
        sharing.shares.length === 0
          ? html`<p class="quiet">${l10n.t('Not known: the cluster tells nothing about the topics.')}</p>`
          : table(
              caption(sharing),
              sharing.shares.map(({ count, partitions }, i) => [
                l10n.t('instance {0}', i + 1),
                partitions === undefined && count > 0 ? partitionCount(count) : places(partitions ?? []),
              ]),
            )
      }
    </div>
    ${idle(sharing) === 0 ? nothing : html`<p class="loss">${idleText(sharing)}</p>`}
  </section>`;
}

/** Of range the small topics go to the first instances, so that some may go without where others read several. */
function idleText(sharing: ReplaySharing): string {
  const n = formatCount(idle(sharing));
  const busiest = sharing.shares[0]?.count ?? 0;
  if (busiest > 1)
    return l10n.t(
      'Instances that receive nothing: {0}. Range shares out each topic by itself and begins with the same instances; roundrobin or sticky (consumerGroupRebalanceStrategy) would share more evenly.',
      n,
    );
  return l10n.t('Instances that receive nothing: {0}. There are fewer partitions than instances.', n);
}

function caption({ instances: count, assignor, groups }: ReplaySharing): string {
  return groups === 'own'
    ? l10n.t('With {0}, each in a group of its own', instanceCount(count))
    : l10n.t('With {0} ({1})', instanceCount(count), assignor);
}

function table(title: string, rows: [string, string][]): TemplateResult {
  return html`<table>
    <caption>
      ${title}
    </caption>
    <tbody>
      ${rows.slice(0, SHOWN).map(
        ([name, text]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${text}</td>
          </tr>`,
      )}
      ${
        rows.length > SHOWN
          ? html`<tr>
              <td colspan="2" class="quiet">${l10n.t('… {0} more', formatCount(rows.length - SHOWN))}</td>
            </tr>`
          : nothing
      }
    </tbody>
  </table>`;
}

/** `orders P0 P1 · payments P3`. */
function places(partitions: readonly { topic: string; partitions: readonly number[] }[]): string {
  return partitions.length === 0
    ? l10n.t('nothing')
    : partitions.map((at) => `${at.topic} ${at.partitions.map((p) => `P${p}`).join(' ')}`).join(' · ');
}
