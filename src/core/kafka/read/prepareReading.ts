import { fetchMessage } from '../protocol/fetch.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { TopicLog } from './topicLog.ts';

/**
 * Opens what a reading of the topic will need beforehand: a connection to each leader, and the socket of its own that Fetch
 * has there, by fetching nothing. Throws what connecting throws.
 */
export async function prepareReading(connection: KafkaConnection, topic: string, signal: AbortSignal): Promise<void> {
  const log = new TopicLog(connection, topic);
  await log.refresh(signal);
  const leaders = new Set(log.partitions().map((partition) => log.leader(partition)));
  leaders.delete(null);
  const nothing = { topic, isolation: 0 as const, maxWaitMs: 0, minBytes: 0, maxBytes: 1, partitions: [] };
  await Promise.all(
    [...leaders].map(async (leader) => (await connection.broker(leader!)).request(fetchMessage, nothing, { signal })),
  );
}
