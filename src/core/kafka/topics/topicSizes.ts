import * as l10n from '@vscode/l10n';
import type { CallOptions, Topic } from '../clusterClient.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { KafkaError, messageOf } from '../transport/kafkaError.ts';
import { inSlices } from './inSlices.ts';
import { logDirectories } from './logDirectories.ts';

/** What a topic takes on disk, in bytes, as the brokers count their log segments. */
export interface TopicSize {
  /** Of the leader of each partition: the data once. Null when one of them is not known. */
  leaders: number | null;
  /** Of all replicas together. */
  replicas: number | null;
  /** Why a number is null, a sentence. */
  error?: string;
}

/** topic -> partition -> bytes on one broker, or why that broker did not tell. */
type OnBroker = ReadonlyMap<string, ReadonlyMap<number, number>> | { failed: string };

/**
 * Sizes of the topics by name: one DescribeLogDirs request to each broker that has a replica, whatever the number of topics.
 * A broker that does not answer leaves unknown only what it alone could tell.
 * @throws {KafkaError} when no broker tells anything, such as to a user without the right Describe on the cluster.
 */
export async function topicSizes(
  connection: KafkaConnection,
  topics: readonly Topic[],
  options: CallOptions = {},
): Promise<Map<string, TopicSize>> {
  const ids = new Set(topics.flatMap((t) => t.partitions.flatMap((p) => p.replicas)));
  const brokers = new Map<number, OnBroker>();
  const failures: unknown[] = [];
  await Promise.all(
    [...ids].map(async (id) => {
      try {
        brokers.set(id, await sizesOn(connection, id, options));
      } catch (error) {
        options.signal?.throwIfAborted();
        failures.push(error);
        brokers.set(id, { failed: messageOf(error) });
      }
    }),
  );
  if (ids.size > 0 && failures.length === ids.size) throw failures[0];
  return new Map(await inSlices(topics, (topic) => [topic.name, sizeOf(topic, brokers)] as const));
}

async function sizesOn(connection: KafkaConnection, id: number, options: CallOptions): Promise<OnBroker> {
  const directories = await logDirectories(connection, id, options);
  // A broker before 3.2 answers a user who may not ask with no directories, where it has at least one.
  if (directories.length === 0)
    throw new KafkaError(
      'kafka',
      l10n.t('Broker {0} names no log directory. This user may lack the right Describe on the cluster.', id),
    );
  const sizes = new Map<string, Map<number, number>>();
  await inSlices(
    directories.flatMap((d) => d.partitions),
    ({ topic, partition, bytes }) => {
      const partitions = sizes.get(topic);
      if (partitions) partitions.set(partition, bytes);
      else sizes.set(topic, new Map([[partition, bytes]]));
    },
  );
  return sizes;
}

function sizeOf(topic: Topic, brokers: ReadonlyMap<number, OnBroker>): TopicSize {
  let error = topic.error;
  let leaders: number | null = topic.error === undefined ? 0 : null;
  let replicas = leaders;
  const bytesOn = (id: number, partition: number): number | null => {
    const broker = brokers.get(id);
    if (broker && 'failed' in broker) error ??= broker.failed;
    const bytes = broker && 'get' in broker ? broker.get(topic.name)?.get(partition) : undefined;
    if (bytes === undefined) error ??= l10n.t('Broker {0} tells no size of partition {1}.', id, partition);
    return bytes ?? null;
  };
  for (const { partition, leader, replicas: ids } of topic.partitions) {
    if (leader === null) {
      leaders = null;
      error ??= l10n.t('P{0} of {1} has no leader: start the broker that leads it.', partition, topic.name);
    }
    for (const id of ids) {
      const bytes = bytesOn(id, partition);
      replicas = plus(replicas, bytes);
      if (id === leader) leaders = plus(leaders, bytes);
    }
  }
  return { leaders, replicas, ...(error === undefined ? {} : { error }) };
}

const plus = (sum: number | null, bytes: number | null): number | null =>
  sum === null || bytes === null ? null : sum + bytes;
