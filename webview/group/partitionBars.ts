import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { GroupBlock, GroupCell } from '../../src/shared/groupPage.ts';
import { oneLine } from '../../src/shared/visible.ts';
import { formatCount } from '../components/format.ts';
import { cellText } from './words.ts';

/** Units of the drawing; the width on screen is the column's. */
const WIDTH = 1000;

/** One bar per partition of a group: gone, done, committed, lag, end. Each partition has its own scale. */
export function partitionBars(block: GroupBlock): TemplateResult {
  return html`<table class="bars">
    <caption>
      ${l10n.t('Where {0} stands on each partition', oneLine(block.group))}
    </caption>
    <thead>
      <tr>
        <th scope="col">${l10n.t('Partition')}</th>
        <th scope="col" class="wide">${legend()}</th>
        <th scope="col" class="num">${l10n.t('Log start')}</th>
        <th scope="col" class="num">${l10n.t('Committed')}</th>
        <th scope="col" class="num">${l10n.t('High watermark')}</th>
        <th scope="col" class="num">${l10n.t('Lag')}</th>
      </tr>
    </thead>
    <tbody>
      ${block.cells.map(
        (cell) =>
          html`<tr>
            <th scope="row">${cell.topic} P${cell.partition}</th>
            <td class="wide">${bar(cell)} ${oddity(cell, block.type)}</td>
            <td class="num">${number(cell.logStart)}</td>
            <td class="num">${cell.committed === null ? l10n.t('none') : number(cell.committed)}</td>
            <td class="num">${number(cell.highWatermark)}</td>
            <td class="num">${number(cell.lag)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const number = (value: number | null) => (value === null ? '–' : formatCount(value));

function oddity(cell: GroupCell, type: GroupBlock['type']): TemplateResult | typeof nothing {
  const odd = cell.error !== undefined || cell.committed === null || (cell.gone ?? 0) > 0 || (cell.ahead ?? 0) > 0;
  return odd || cell.stuckForMs !== null ? html`<div class="odd">${oddText(cell, type)}</div>` : nothing;
}

function oddText(cell: GroupCell, type: GroupBlock['type']): string {
  if (cell.error === undefined && cell.committed === null)
    return type === 'share'
      ? l10n.t(
          'not started: where a share group starts is its setting on the brokers (share.auto.offset.reset, latest by default)',
        )
      : l10n.t('never committed: where a reader starts is decided by its own setting (auto.offset.reset)');
  return cellText(cell);
}

/** The parts of a bar in units of the drawing, from the earliest known offset to the latest. */
export function segments(
  cell: GroupCell,
): { kind: 'gone' | 'done' | 'lag' | 'unread' | 'ahead'; from: number; to: number }[] {
  const { logStart, highWatermark, committed } = cell;
  if (logStart === null || highWatermark === null) return [];
  const first = committed === null ? logStart : Math.min(committed, logStart);
  const last = committed === null ? highWatermark : Math.max(committed, highWatermark);
  const scale = last === first ? 0 : WIDTH / (last - first);
  const at = (offset: number) => Math.round((offset - first) * scale);
  const parts: ReturnType<typeof segments> = [];
  const add = (kind: (typeof parts)[number]['kind'], from: number, to: number) => {
    if (to > from) parts.push({ kind, from: at(from), to: at(to) });
  };
  if (committed === null) {
    add('unread', logStart, highWatermark);
    return parts;
  }
  add('gone', committed, Math.min(logStart, highWatermark));
  add('done', logStart, Math.min(committed, highWatermark));
  add('lag', Math.max(committed, logStart), highWatermark);
  add('ahead', highWatermark, committed);
  return parts;
}

function bar(cell: GroupCell): TemplateResult {
  return svg`<svg class="bar" role="img" aria-label=${cellText(cell)} viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none">
    <rect class="track" x="0" y="4" width=${WIDTH} height="2"></rect>
    ${segments(cell).map(
      (s) => svg`<rect class=${s.kind} x=${s.from} y="0" width=${Math.max(2, s.to - s.from)} height="10"></rect>`,
    )}
  </svg>`;
}

function legend(): TemplateResult {
  const entry = (kind: string, text: string) =>
    html`<span class="entry"
      ><svg width="10" height="10" aria-hidden="true">${svg`<rect class=${kind} width="10" height="10"></rect>`}</svg>
      ${text}</span
    >`;
  return html`<span class="legend">
    ${entry('gone', l10n.t('already deleted by Kafka'))} ${entry('done', l10n.t('done'))}
    ${entry('lag', l10n.t('lag: will be read'))} ${entry('unread', l10n.t('never committed'))}
  </span>`;
}
