import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterDescription, Topic, TopicPartition } from '../clusterClient.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { onTopic } from '../protocol/rights.ts';
import { metadataMessage, type MetadataTopic } from '../protocol/metadata.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { onAnyBroker } from '../transport/onAnyBroker.ts';
import { inSlices } from './inSlices.ts';
import { versionText } from './kafkaVersion.ts';

/** Topics by name, each with an error of its own; all the user may see when `names` is absent. One request. */
export async function listTopics(
  connection: KafkaConnection,
  names: readonly string[] | undefined,
  options: CallOptions,
): Promise<Topic[]> {
  if (names?.length === 0) return [];
  const body = { topics: names ? [...new Set(names)] : null };
  const answer = await onAnyBroker(connection, (b) => b.request(metadataMessage, body, options), options.signal);
  const topics = await inSlices(answer.topics, toTopic);
  return topics.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

export async function describeCluster(connection: KafkaConnection, options: CallOptions): Promise<ClusterDescription> {
  const body = { topics: ['__consumer_offsets'] };
  const { answer, versions } = await onAnyBroker(
    connection,
    async (b) => ({ answer: await b.request(metadataMessage, body, options), versions: b.versions }),
    options.signal,
  );
  return {
    clusterId: answer.clusterId,
    version: versionText(versions),
    brokers: answer.brokers.sort((a, b) => a.id - b.id),
  };
}

function toTopic(topic: MetadataTopic): Topic {
  const partitions = topic.partitions.map(toPartition).sort((a, b) => a.partition - b.partition);
  const listed = { name: topic.name, internal: topic.internal, partitions };
  if (topic.errorCode === 0) return listed;
  if (topic.errorCode === 3)
    return { ...listed, error: l10n.t('Topic {0} does not exist.', topic.name), missing: true };
  return { ...listed, error: kafkaErrorSentence(topic.errorCode, [onTopic('Describe', topic.name)]) };
}

function toPartition(p: MetadataTopic['partitions'][number]): TopicPartition {
  const partition = {
    partition: p.partition,
    leader: p.leader < 0 ? null : p.leader,
    replicas: p.replicas,
    isr: p.isr,
  };
  // 9, a replica that is down, says nothing about reading: the leader answers.
  if (partition.leader === null) return { ...partition, error: kafkaErrorSentence(5) };
  return partition;
}
