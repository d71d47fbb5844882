import * as l10n from '@vscode/l10n';
import type { Group } from '../clusterClient.ts';

/** Why a group cannot be moved while it runs, with what to stop; null: nobody reads. */
export function whoRuns(group: Pick<Group, 'group' | 'members'>): string | null {
  if (group.members.length === 0) return null;
  const members = group.members.map((member) => `${member.clientId} ${member.host}`.trim()).join(', ');
  return l10n.t('{0} is running: stop its members first ({1}).', group.group, members);
}
