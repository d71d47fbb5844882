import * as l10n from '@vscode/l10n';
import type { ClusterClient } from '../kafka/clusterClient.ts';
import type { CommittedOffsets } from '../kafka/read/resolveRanges.ts';
import { KafkaError } from '../kafka/transport/kafkaError.ts';

/** Where a group stands, asked of the cluster. Throws KafkaError when there is no such group or it may not be asked. */
export function committedOffsets(client: Pick<ClusterClient, 'describeGroups'>): CommittedOffsets {
  return async (group, topic, signal) => {
    const [described] = await client.describeGroups([group], { signal });
    if (described === undefined || described.error !== undefined)
      throw new KafkaError('kafka', described?.error ?? l10n.t('There is no group {0} on this cluster.', group));
    return new Map(described.offsets.filter((o) => o.topic === topic).map((o) => [o.partition, o.committed]));
  };
}
