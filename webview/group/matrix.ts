import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { GroupBlock, GroupBoard, GroupCell } from '../../src/shared/groupPage.ts';
import { oneLine } from '../../src/shared/visible.ts';
import { formatCount } from '../components/format.ts';
import { sparkline } from './sparkline.ts';
import { groupActivity } from '../../src/shared/groupActivity.ts';
import { cellText, growthText, protocol, stuckText } from './words.ts';

export interface MatrixActions {
  openGroup(group: string): void;
  showMessage(cell: GroupCell): void;
  change(what: 'reset' | 'delete', group: string): void;
}

/**
 * Who reads what: a column per partition, a block of rows per group, a row per member. A column holds one reader per
 * block at most, which is what a consumer group is; the members of a share group stand in it together.
 */
export function matrix(board: GroupBoard, actions: MatrixActions): TemplateResult {
  const columns = board.topics.flatMap(({ topic, partitions }) =>
    partitions.map((partition) => ({ topic, partition })),
  );
  return html`<div class="scroll">
    <table class="matrix">
      <thead>
        <tr>
          <td></td>
          ${board.topics.map((t) => html`<th scope="colgroup" colspan=${t.partitions.length}>${t.topic}</th>`)}
        </tr>
        <tr>
          <th scope="col" class="member">${l10n.t('Group and member')}</th>
          ${columns.map((c, at) => html`<th scope="col" class=${edge(columns, at)}>P${c.partition}</th>`)}
        </tr>
      </thead>
      ${board.groups.map((block) => groupRows(board, block, columns, actions))}
    </table>
  </div>`;
}

interface Column {
  topic: string;
  partition: number;
}

/** A line before the first partition of each topic. */
const edge = (columns: readonly Column[], at: number) => (columns[at - 1]?.topic === columns[at]?.topic ? '' : 'edge');

function groupRows(board: GroupBoard, block: GroupBlock, columns: Column[], actions: MatrixActions): TemplateResult {
  const cells = new Map(block.cells.map((c) => [`${c.topic}/${c.partition}`, c]));
  const cellOf = (c: Column) => cells.get(`${c.topic}/${c.partition}`);
  const row = (isHere: (cell: GroupCell) => boolean) =>
    columns.map((c, at) => {
      const cell = cellOf(c);
      return html`<td class="cell ${edge(columns, at)}">
        ${cell && isHere(cell) ? held(cell, actions) : html`<span class="none" aria-hidden="true">·</span>`}
      </td>`;
    });
  const isUnread = (cell: GroupCell) => cell.memberIds.length === 0;
  const unread = columns.some((c) => cellOf(c)?.memberIds.length === 0);
  return html`<tbody aria-label=${l10n.t('Group {0}', oneLine(block.group))}>
    <tr class="group">
      <th scope="rowgroup" colspan=${columns.length + 1}>${groupHead(board, block, actions)}</th>
    </tr>
    ${block.members.map((member) => {
      const holds = (cell: GroupCell) => cell.memberIds.includes(member.memberId);
      const here = block.cells.filter(holds).length;
      const elsewhere = member.assigned - here;
      return html`<tr>
        <th scope="row" class="member" title=${oneLine(member.memberId)}>
          <span class="client">${oneLine(member.clientId)}</span> <span class="host">${member.host}</span>
          ${member.assigned === 0 ? html`<span class="mark">${l10n.t('idle')}</span>` : nothing}
          ${elsewhere > 0 ? html`<span class="host">${l10n.t('and {0} of other topics', elsewhere)}</span>` : nothing}
        </th>
        ${row(holds)}
      </tr>`;
    })}
    ${
      unread
        ? html`<tr class="nobody">
            <th scope="row" class="member">${l10n.t('(nobody)')}</th>
            ${row(isUnread)}
          </tr>`
        : nothing
    }
  </tbody>`;
}

function groupHead(board: GroupBoard, block: GroupBlock, actions: MatrixActions): TemplateResult {
  const focused = 'group' in board.focus && board.focus.group === block.group;
  const facts = [
    groupActivity(block.state),
    protocol(block),
    block.assignor,
    block.coordinator === null ? null : l10n.t('coordinator: broker {0}', block.coordinator),
    block.rebalances === 0 ? null : l10n.t('rebalances since opening: {0}', formatCount(block.rebalances)),
  ].filter((fact) => fact !== null && fact !== '');
  return html`<div class="head">
    ${
      focused
        ? html`<span class="name">${oneLine(block.group)}</span>`
        : html`<a class="name" href="#" @click=${prevented(() => actions.openGroup(block.group))}
            >${oneLine(block.group)}</a
          >`
    }
    <span class="facts" title=${l10n.t('State in Kafka: {0}', block.state)}>${facts.join(' · ')}</span>
    ${block.lag === null ? nothing : html`<span class="lag">${l10n.t('lag {0}', formatCount(block.lag))}</span>`}
    ${sparkline(block.trend, l10n.t('Lag since this page was opened'))}
    <span class="growth">${growthText(block)}</span>
    ${block.error === undefined ? nothing : html`<span class="error">${block.error}</span>`}
    <span class="actions">
      <button class="link" @click=${() => actions.change('reset', block.group)}>${l10n.t('Reset offsets…')}</button>
      <button class="link" @click=${() => actions.change('delete', block.group)}>${l10n.t('Delete group…')}</button>
    </span>
  </div>`;
}

function held(cell: GroupCell, actions: MatrixActions): TemplateResult {
  const bad = cell.error !== undefined || cell.committed === null || (cell.gone ?? 0) > 0 || (cell.ahead ?? 0) > 0;
  const number = cell.lag === null ? (cell.committed === null ? l10n.t('none') : '?') : formatCount(cell.lag);
  const stuck = cell.stuckForMs !== null;
  return html`<span class="held ${stuck ? 'stuck' : bad ? 'odd' : ''}" title=${cellText(cell)}>
      <span class="block" aria-hidden="true">${cell.memberIds.length === 0 ? '□' : '■'}</span>
      <span class="number">${number}</span>
      <span class="hidden">${cellText(cell)}</span>
    </span>
    ${
      stuck && cell.committed !== null
        ? html`<button class="link stuck" @click=${() => actions.showMessage(cell)}>
            ${stuckText(cell)} – ${l10n.t('show message')}
          </button>`
        : nothing
    }`;
}

const prevented = (run: () => void) => (event: Event) => {
  event.preventDefault();
  run();
};
