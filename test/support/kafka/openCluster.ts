import { afterAll, inject } from 'vitest';
import { createClusterClient, type ClusterClient } from '../../../src/core/kafka/clusterClient.ts';
import { connectCluster } from '../../../src/core/kafka/transport/kafkaConnection.ts';
import type { KafkaAddresses } from './startKafka.ts';
import { openTool, type KafkaTool } from './tool.ts';

/** Our client and Kafka's own on the broker of the whole run; both are closed after the tests of the file that asks. */
export async function openCluster(
  kafka: KafkaAddresses = inject('kafka'),
): Promise<{ client: ClusterClient; tool: KafkaTool }> {
  const tool = openTool(kafka);
  afterAll(() => tool.close());
  const profile = { id: 'test', name: 'test', bootstrap: kafka.bootstrap.split(',') };
  const client = createClusterClient(await connectCluster(profile, {}));
  afterAll(() => client.close());
  return { client, tool };
}
