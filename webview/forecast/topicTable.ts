import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type {
  DeliveryPlace,
  ReplayContract,
  ReplayDelivery,
  ReplayPartition,
  ReplayTopic,
  Tried,
} from '../../src/shared/replayPage.ts';
import { formatAge, formatCount, formatTime } from '../components/format.ts';
import './deliveryBox.ts';
import type { AskMore } from './deliveryBox.ts';
import { partitionBar } from './partitionBar.ts';
import { ruleMark } from './ruleMark.ts';

type Place = ReplayContract['requests']['browse']['params'];

/** How a topic's delivery is tried. */
export interface Attempt {
  run: (topic: string, signal: AbortSignal) => Promise<ReplayDelivery>;
  more: (topic: string, ...asked: Parameters<AskMore>) => ReturnType<AskMore>;
  /** Messages the one on its way has read. */
  tried: number;
  found: (topic: string) => Tried | undefined;
  keep: (topic: string, found: Tried | undefined) => void;
}

/** The partitions of one topic: a bar, the numbers and the reason for each; and what would become of its messages. */
export function topicTable(
  topic: ReplayTopic,
  browse: (place: Place) => void,
  attempt: Attempt,
  /** ms: ages are told from here. */
  now: number,
): TemplateResult {
  const name = topic.brokerTopic ?? topic.topic;
  return html`<section aria-label=${name}>
    <h2>${name}${name === topic.topic ? nothing : html` <span class="quiet">(${topic.topic})</span>`}</h2>
    ${
      topic.partitions.length === 0
        ? html`<p class="quiet">${l10n.t('The cluster tells nothing about this topic.')}</p>`
        : html`<table>
              <thead>
                <tr>
                  <th scope="col">${l10n.t('Partition')}</th>
                  <th scope="col" class="wide">${l10n.t('From log start to high watermark')}</th>
                  <th scope="col" class="num">${l10n.t('Committed')}</th>
                  <th scope="col" class="num">${l10n.t('Starts at')}</th>
                  <th scope="col" class="num">${l10n.t('Never received')}</th>
                  <th scope="col" class="num">${l10n.t('Will be delivered')}</th>
                  <th scope="col" class="num">${l10n.t('Already deleted')}</th>
                </tr>
              </thead>
              <tbody>
                ${topic.partitions.map((p) => row(p, now, () => browse(placeOf(name, p))))}
              </tbody>
            </table>
            ${topic.downtime ? html`<p class="downtime ${topic.downtime.small ? 'loss' : ''}">${topic.downtime.sentence}</p>` : nothing}
            <delivery-box
              .messages=${topic.summary.backlog}
              .attempt=${(signal: AbortSignal) => attempt.run(topic.topic, signal)}
              .more=${((...asked) => attempt.more(topic.topic, ...asked)) satisfies AskMore}
              .tried=${attempt.tried}
              .found=${attempt.found(topic.topic)}
              @found=${(event: CustomEvent<Tried | undefined>) => attempt.keep(topic.topic, event.detail ?? undefined)}
              @browse=${(event: CustomEvent<DeliveryPlace>) => browse(placeAt(name, event.detail.partition, event.detail.offset))}
            ></delivery-box>`
    }
  </section>`;
}

function row(p: ReplayPartition, now: number, browse: () => void): TemplateResult {
  const since = (time: number | null | undefined, text: (age: string) => string) =>
    time === null || time === undefined
      ? nothing
      : html` <span class="quiet age" title=${formatTime(time)}>${text(formatAge(time, now))}</span>`;
  return html`<tr>
    <th scope="row">P${p.partition}</th>
    <td class="wide">
      <div class="ends">
        <span>${number(p.logStart)}${since(p.times?.logStart, (age) => `· ${age}`)}</span
        ><span>${number(p.highWatermark)}</span>
      </div>
      ${partitionBar(p)}
      <div class="why">
        ${p.sentence} ${ruleMark(p)}
        <button class="link" @click=${browse}>${l10n.t('show messages')}</button>
      </div>
    </td>
    <td class="num">
      ${p.committed === 'none' ? l10n.t('none') : number(p.committed)}${
        p.committed === p.first ? nothing : since(p.times?.committed, (age) => age)
      }
    </td>
    <td class="num">
      ${p.first === null && p.backlog === 0 ? l10n.t('none') : number(p.first)}${since(p.times?.first, (age) => l10n.t('from {0}', age))}
    </td>
    <td class="num ${(p.skipped ?? 0) > 0 ? 'loss' : ''}">${number(p.skipped)}</td>
    <td class="num">${number(p.backlog)}</td>
    <td class="num ${(p.gone ?? 0) > 0 ? 'loss' : ''}">${number(p.gone)}</td>
  </tr>`;
}

const placeAt = (topic: string, partition: number, offset: number): Place => ({
  topic,
  partition,
  from: { kind: 'offset', offset },
});

/** Where to look: at the first message that will be missed, else at the first that will come. */
function placeOf(topic: string, p: ReplayPartition): Place {
  const offset = (p.skipped ?? 0) > 0 ? p.logStart : p.first;
  return placeAt(topic, p.partition, offset ?? p.logStart ?? 0);
}

export const number = (value: number | null): string => (value === null ? l10n.t('unknown') : formatCount(value));
