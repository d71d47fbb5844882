import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { RedriveCheckpoint, RedrivePlan } from '../../src/shared/redrivePage.ts';
import { oneLine } from '../../src/shared/visible.ts';
import { partitionCount } from '../../src/shared/counts.ts';
import { formatCount } from '../components/format.ts';

/** px of a partition's bar. */
const WIDTH = 160;

export const total = (plan: RedrivePlan): number => plan.counts.reduce((sum, { count }) => sum + count, 0);

/** What would be written, partition by partition; while it runs, how far each is. */
export function partitionTable(plan: RedrivePlan, at: RedriveCheckpoint | undefined): TemplateResult {
  return html`<table class="partitions">
    <thead>
      <tr>
        <th scope="col">${l10n.t('Source')}</th>
        <th scope="col" class="num">${l10n.t('Offsets')}</th>
        <th scope="col" class="num">${l10n.t('Messages')}</th>
        ${
          at
            ? html`<th scope="col">${l10n.t('Read')}</th>
                <th scope="col" class="num">${l10n.t('Written')}</th>`
            : nothing
        }
      </tr>
    </thead>
    <tbody>
      ${plan.counts.map(({ partition, count }) => {
        const range = plan.job.ranges.find((r) => r.partition === partition);
        const [start, end] = [range?.start ?? 0, range?.end ?? 0];
        const position = at?.positions[partition] ?? start;
        return html`<tr>
          <th scope="row">P${partition}</th>
          <td class="num">${start === end ? '–' : `${formatCount(start)} … ${formatCount(end - 1)}`}</td>
          <td class="num">${formatCount(count)}</td>
          ${
            at
              ? html`<td>${bar(position - start, end - start)}</td>
                  <td class="num">${formatCount(at.written[partition] ?? 0)}</td>`
              : nothing
          }
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function bar(done: number, all: number): TemplateResult {
  const share = all <= 0 ? 1 : Math.min(1, Math.max(0, done / all));
  const percent = Math.floor(share * 100);
  return html`<svg width=${WIDTH} height="10" role="img" aria-label=${l10n.t('{0} % read', percent)}>
    <rect class="track" width=${WIDTH} height="10" rx="2"></rect>
    <rect class="done" width=${WIDTH * share} height="10" rx="2"></rect>
  </svg>`;
}

/** The first records, so that a person sees whether these are the right ones. */
export function firstRecords(plan: RedrivePlan): TemplateResult | typeof nothing {
  if (plan.first.length === 0) return nothing;
  return html`<h2>${l10n.t('The first of them')}</h2>
    <table class="first">
      <thead>
        <tr>
          <th scope="col">P</th>
          <th scope="col" class="num">${l10n.t('Offset')}</th>
          <th scope="col">${l10n.t('Key')}</th>
          <th scope="col">${l10n.t('Value')}</th>
          <th scope="col" class="num">${l10n.t('Headers')}</th>
        </tr>
      </thead>
      <tbody>
        ${plan.first.map(
          (record) =>
            html`<tr>
              <td>${record.partition}</td>
              <td class="num">${formatCount(record.offset)}</td>
              <td class=${record.key === null ? 'hint' : 'text'}>${textOf(record.key, 'null')}</td>
              <td class=${record.value === null ? 'hint' : 'text'}>${textOf(record.value, l10n.t('⌫ tombstone'))}</td>
              <td class="num">${record.headerCount}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/** What stays equal, where they go, and what to know before. */
export function whatHappens(plan: RedrivePlan, topic: string): TemplateResult {
  const { target, placement } = plan.job;
  return html`<ul>
    <li>
      ${
        placement === 'partition'
          ? l10n.t(
              'each to the partition of {0} with the same number ({1})',
              target,
              partitionCount(plan.targetPartitions),
            )
          : l10n.t(
              'each to the partition of {0} that Kafka’s default partitioner chooses for its key ({1}); without a key, messages of one source partition stay together',
              target,
              partitionCount(plan.targetPartitions),
            )
      }
    </li>
    <li>${l10n.t('key, value, headers and timestamp stay equal, byte for byte; offsets are new')}</li>
    <li>${l10n.t('{0} stays as it is: nothing is deleted and no group moves', topic)}</li>
    ${plan.notes.map((note) => html`<li class="note">${note}</li>`)}
  </ul>`;
}

/** What was refused, and what may be there twice. */
export function outcome(at: RedriveCheckpoint): TemplateResult {
  const more = at.refusedCount - at.refused.length;
  return html`${
    at.refusedCount === 0
      ? nothing
      : html`<h2>${l10n.t('{0} not written', formatCount(at.refusedCount))}</h2>
          <ul class="refused">
            ${at.refused.map(
              ({ partition, offset, message }) => html`<li>P${partition} ${formatCount(offset)}: ${message}</li>`,
            )}
            ${more > 0 ? html`<li>${l10n.t('and {0} more', formatCount(more))}</li>` : nothing}
          </ul>`
  }
  ${
    at.unsure.length === 0
      ? nothing
      : html`<p class="problem" role="alert">
          ${l10n.t(
            'The answer to these never came. They are written again when you go on, so they may be in the target twice: {0}',
            at.unsure
              .map((s) => l10n.t('P{0} offsets {1} to {2} ({3})', s.partition, s.from, s.to - 1, s.count))
              .join('; '),
          )}
        </p>`
  }`;
}

const textOf = (text: string | null, absent: string) => (text === null ? absent : oneLine(text));
