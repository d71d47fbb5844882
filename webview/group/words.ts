import * as l10n from '@vscode/l10n';
import type { GroupBlock, GroupCell } from '../../src/shared/groupPage.ts';
import { formatCount } from '../components/format.ts';

export function protocol(block: GroupBlock): string {
  switch (block.type) {
    case 'classic':
      return l10n.t('classic protocol');
    case 'consumer':
      return l10n.t('new protocol (KIP-848)');
    case 'share':
      return l10n.t('share group (KIP-932)');
    case 'streams':
      return l10n.t('streams group (KIP-1071)');
  }
}

/** `growing 40/s`; empty while steady or unknown. */
export function growthText(block: GroupBlock): string {
  const perSecond = Math.round(block.growth ?? 0);
  if (perSecond > 0) return l10n.t('growing {0}/s', formatCount(perSecond));
  return perSecond < 0 ? l10n.t('shrinking {0}/s', formatCount(-perSecond)) : '';
}

/** What a cell of the matrix means, in full: its tooltip and what is read aloud. */
export function cellText(cell: GroupCell): string {
  if (cell.error !== undefined) return cell.error;
  const parts = [
    cell.committed === null ? l10n.t('committed: none') : l10n.t('committed {0}', formatCount(cell.committed)),
    cell.lag === null ? l10n.t('lag unknown') : l10n.t('lag {0}', formatCount(cell.lag)),
  ];
  if ((cell.gone ?? 0) > 0) parts.push(l10n.t('{0} already deleted by Kafka', formatCount(cell.gone ?? 0)));
  if ((cell.ahead ?? 0) > 0) parts.push(l10n.t('{0} ahead of the end of the log', formatCount(cell.ahead ?? 0)));
  if (cell.stuckForMs !== null) parts.push(stuckText(cell));
  return parts.join(' · ');
}

export function stuckText(cell: GroupCell): string {
  const seconds = formatCount(Math.floor((cell.stuckForMs ?? 0) / 1000));
  return cell.committed === null
    ? l10n.t('stuck: nothing committed for {0} s', seconds)
    : l10n.t('stuck at offset {0} for {1} s', formatCount(cell.committed), seconds);
}
