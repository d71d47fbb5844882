import * as l10n from '@vscode/l10n';
import type { ClusterClient } from '../core/kafka/clusterClient.ts';
import type { CommittedOffsets } from '../core/kafka/read/resolveRanges.ts';
import { committedOffsets } from '../core/scan/committedOffsets.ts';
import { UsageError } from './command.ts';

/** Where a group stands, for `--from group:ID`; a group that does not exist is a mistake of the arguments. */
export function committedByGroup(client: ClusterClient): CommittedOffsets {
  const committed = committedOffsets(client);
  return async (group, topic, signal) => {
    const { groups, errors } = await client.groups({ signal });
    if (errors.length === 0 && !groups.some((known) => known.group === group))
      throw new UsageError(l10n.t('There is no group "{0}" on this cluster.', group));
    return committed(group, topic, signal);
  };
}
