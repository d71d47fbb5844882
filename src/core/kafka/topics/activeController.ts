import type { CallOptions } from '../clusterClient.ts';
import { describeQuorumMessage } from '../protocol/describeQuorum.ts';
import { metadataMessage } from '../protocol/metadata.ts';
import type { BrokerConnection, KafkaConnection } from '../transport/connection.ts';
import { onAnyBroker } from '../transport/onAnyBroker.ts';

/** ms. A broker keeps the question until there is a controller to pass it on to. */
const TIMEOUT = 3_000;

/** Whether the cluster keeps its metadata itself (KRaft), not in ZooKeeper: its brokers alone offer DescribeQuorum. */
export const isKRaft = ({ versions }: Pick<BrokerConnection, 'versions'>): boolean =>
  versions.has(describeQuorumMessage.apiKey);

/**
 * Node id of the active controller, which need not be one of the brokers; null when the cluster does not tell this user.
 * Metadata would tell it with ZooKeeper only: a broker of KRaft names any broker that is alive, each time another one.
 */
export function activeController(connection: KafkaConnection, options: CallOptions): Promise<number | null> {
  return onAnyBroker(
    connection,
    async (broker) => {
      const known = (id: number) => (id < 0 ? null : id);
      if (!isKRaft(broker)) {
        const { controllerId } = await broker.request(metadataMessage, { topics: ['__consumer_offsets'] }, options);
        return known(controllerId);
      }
      const aside = { ...options, timeoutMs: TIMEOUT, aside: true };
      const { errorCode, leaderId } = await broker.request(describeQuorumMessage, null, aside);
      return errorCode === 0 ? known(leaderId) : null;
    },
    options.signal,
  );
}
