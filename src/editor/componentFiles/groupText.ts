import * as l10n from '@vscode/l10n';
import type { Reader } from '../../core/dapr/delivery/readers.ts';
import { shortName } from './lensTitle.ts';

/** "group orders-api (app id)": the effective group and, unless `short`, what names it. */
export function groupText(reader: Reader, short = false): string {
  const { group, source, unknown } = reader.group;
  if (group === '') return l10n.t('no group: a binding without consumerGroup or consumerID receives nothing');
  if (group !== null) {
    if (short) return l10n.t('group {0}', shortName(group));
    const named = source === 'appId' ? l10n.t('app id') : source;
    return l10n.t('group {0} ({1})', group, named);
  }
  switch (unknown) {
    case 'uuid':
      return l10n.t('a new group at every start ({0})', '{uuid}');
    case 'podName':
      return l10n.t('a group per pod ({0})', '{podName}');
    case 'namespace':
      return l10n.t('group with the namespace in its name');
    case 'secret':
      return l10n.t('group from a secret');
    default:
      return l10n.t('group = app id (no app is known here)');
  }
}
