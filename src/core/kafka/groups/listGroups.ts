import type { CallOptions, GroupListing, GroupSummary, GroupType } from '../clusterClient.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { listGroups as message, type ListedGroup } from '../protocol/listGroups.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { messageOf } from '../transport/kafkaError.ts';
import { isMoving, whileMoving } from './whileMoving.ts';

/** Every group, from the broker that coordinates it. A broker that does not answer is named in `errors`. */
export async function listGroups(connection: KafkaConnection, options: CallOptions): Promise<GroupListing> {
  await connection.refresh();
  const listing: GroupListing = { groups: [], errors: [] };
  await Promise.all(
    connection.brokers().map(async ({ id }) => {
      try {
        const answer = await whileMoving(
          async () => (await connection.broker(id)).request(message, {}, options),
          ({ errorCode }) => isMoving(errorCode),
          options.signal,
        );
        listing.groups.push(...answer.groups.map((group) => summary(group, id)));
        if (answer.errorCode !== 0) listing.errors.push({ broker: id, message: kafkaErrorSentence(answer.errorCode) });
      } catch (error) {
        options.signal?.throwIfAborted();
        listing.errors.push({ broker: id, message: messageOf(error) });
      }
    }),
  );
  listing.groups.sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0));
  listing.errors.sort((a, b) => a.broker - b.broker);
  return listing;
}

const TYPES: readonly GroupType[] = ['classic', 'consumer', 'share', 'streams'];

/** Brokers that do not tell the type know classic groups only. */
function summary(group: ListedGroup, coordinator: number): GroupSummary {
  const type = TYPES.find((t) => t === group.type.toLowerCase()) ?? 'classic';
  return { group: group.group, type, state: group.state, protocolType: group.protocolType, coordinator };
}
