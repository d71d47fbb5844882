import * as l10n from '@vscode/l10n';
import type { GroupListing } from '../clusterClient.ts';

/** Why a listing lacks a group: there is none, or it may be at a broker that did not answer. A sentence. */
export function groupNotFound(id: string, { errors }: Pick<GroupListing, 'errors'>): string {
  if (errors.length === 0) return l10n.t('Group {0} does not exist, or you lack the right {1} on it.', id, 'Describe');
  const unasked = errors.map(({ message }) => message).join(' ');
  return l10n.t('Group {0} was not found on the brokers that answered. {1}', id, unasked);
}
