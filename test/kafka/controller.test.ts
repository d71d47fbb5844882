import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTopic } from '../../src/core/kafka/changes/topics.ts';
import { createGate } from '../../src/core/kafka/changes/gate.ts';
import { createClusterClient, type ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { OLDER_VERSION, DEFAULT_VERSION, startKafka, type KafkaLab } from '../support/kafka/startKafka.ts';
import { USERS } from '../support/kafka/nodeProperties.ts';
import { openTool } from '../support/kafka/tool.ts';

describe.each([DEFAULT_VERSION, OLDER_VERSION])('Kafka %s, whose controller is not a broker', (version) => {
  let kafka: KafkaLab;
  let client: ClusterClient;
  beforeAll(async () => {
    kafka = await startKafka({ version, nodes: 1, controllerApart: true, listeners: ['sasl'] });
    client = createClusterClient(
      await connectCluster({ id: 'lab', name: 'lab', bootstrap: [kafka.bootstrap], requestTimeoutMs: 10_000 }, {}),
    );
  });
  afterAll(async () => {
    await client?.close();
    await kafka?.stop();
  });

  it('tells its node id, and does what only a controller can do', async () => {
    expect((await client.describe()).brokers.map((b) => b.id)).toEqual([1]);
    expect(await client.controller()).toBe(2);
    const yes = createGate({ name: 'lab', mode: 'normal' }, () => Promise.resolve(true));
    const topic = { name: 'made', partitions: 1, replicationFactor: 1, configs: {} };
    expect(await createTopic(client, topic, yes)).toEqual({ done: ['made'], failed: [] });
  });

  it('tells nothing to a user who may not ask', async () => {
    const tool = openTool(kafka);
    try {
      await tool.run('forbid', 'limited', 'cluster', 'kafka-cluster', 'describe');
    } finally {
      await tool.close();
    }
    const profile = { id: 'lab', name: 'lab', bootstrap: [kafka.sasl!] };
    const sasl = { mechanism: 'plain', username: 'limited' } as const;
    const limited = createClusterClient(await connectCluster({ ...profile, sasl }, { password: USERS.limited! }));
    try {
      await expect.poll(() => limited.controller(), { timeout: 20_000 }).toBe(null);
      expect((await limited.describe()).brokers.map((b) => b.id)).toEqual([1]);
    } finally {
      await limited.close();
    }
  });
});
