import { setTimeout } from 'node:timers/promises';
import { createClusterClient, type ClusterClient } from '../src/core/kafka/clusterClient.ts';
import { connectCluster } from '../src/core/kafka/transport/kafkaConnection.ts';
import { startKafka, type KafkaLab } from '../test/support/kafka/startKafka.ts';
import { openTool, type KafkaTool } from '../test/support/kafka/tool.ts';

/** Brokers of this run alone, and a client that is connected to them. */
export async function withCluster<T>(
  nodes: 1 | 3,
  work: (kafka: KafkaLab, tool: KafkaTool, client: ClusterClient) => Promise<T>,
): Promise<T> {
  const kafka = await startKafka({
    nodes,
    listeners: [],
    apart: true,
    extra: { 'default.replication.factor': '1' },
    log: (line) => console.log(`   ${line}`),
  });
  const tool = openTool(kafka);
  const profile = { id: 'bench', name: 'bench', bootstrap: kafka.bootstrap.split(',') };
  const client = createClusterClient(await connectCluster(profile, {}));
  try {
    return await work(kafka, tool, client);
  } finally {
    await client.close();
    await tool.close();
    await kafka.stop();
  }
}

export const partitionsKnown = (topics: Awaited<ReturnType<ClusterClient['offsets']>>): number =>
  topics.flatMap((t) => t.partitions).filter((p) => p.logStart !== null && p.highWatermark !== null).length;

/** Waits until every partition answers: brokers take a while to lead thousands of new ones. */
export async function listable(client: ClusterClient, partitions: number): Promise<void> {
  while (partitionsKnown(await client.offsets(await client.topics())) < partitions) await setTimeout(200);
}
