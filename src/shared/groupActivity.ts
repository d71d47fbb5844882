import * as l10n from '@vscode/l10n';

/** Whether anybody reads with a group, in words, from Kafka's name of its state; a name not known here stays as it is. */
export function groupActivity(state: string): string {
  switch (state) {
    case 'Stable':
      return l10n.t('running');
    case 'Empty':
    case 'Dead':
      return l10n.t('nobody reading');
    case 'PreparingRebalance':
    case 'CompletingRebalance':
    case 'Assigning':
    case 'Reconciling':
      return l10n.t('rebalancing');
    case 'NotReady':
      return l10n.t('waiting for its topics');
    default:
      return state;
  }
}
