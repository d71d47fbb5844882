import * as l10n from '@vscode/l10n';
import type { GroupSummary } from '../../../core/kafka/clusterClient.ts';

/** Empty for the classic protocol, which needs no words. */
export function groupProtocol(group: Pick<GroupSummary, 'type'>): string {
  switch (group.type) {
    case 'classic':
      return '';
    case 'consumer':
      return l10n.t('new protocol (KIP-848)');
    case 'share':
      return l10n.t('share group (KIP-932)');
    case 'streams':
      return l10n.t('streams group (KIP-1071)');
  }
}

/** `P0, P2`, shortened after eight. */
export function partitionList(partitions: readonly number[]): string {
  const sorted = partitions.toSorted((a, b) => a - b);
  const shown = sorted
    .slice(0, 8)
    .map((p) => `P${p}`)
    .join(', ');
  return sorted.length > 8 ? l10n.t('{0} and {1} more', shown, sorted.length - 8) : shown;
}
