// Kafka 3.x may still keep its metadata in ZooKeeper. Its brokers differ: only the controller takes changes of topics, and
// Metadata is where it is named.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGate } from '../../src/core/kafka/changes/gate.ts';
import { applyReset } from '../../src/core/kafka/changes/resetOffsets.ts';
import { planReset } from '../../src/core/kafka/changes/resetPlan.ts';
import { addPartitions, createTopic, deleteTopics, editTopicConfig } from '../../src/core/kafka/changes/topics.ts';
import { createClusterClient, type ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { OLDER_VERSION, startKafka, type KafkaLab } from '../support/kafka/startKafka.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

const TOPIC = 'orders';
const gate = createGate({ name: 'lab' }, () => Promise.resolve(true));

describe(`Kafka ${OLDER_VERSION} with ZooKeeper`, () => {
  let kafka: KafkaLab;
  let tool: KafkaTool;
  let client: ClusterClient;
  beforeAll(async () => {
    kafka = await startKafka({ version: OLDER_VERSION, nodes: 3, zooKeeper: true, listeners: [] });
    tool = openTool(kafka);
    client = createClusterClient(
      await connectCluster({ id: 'lab', name: 'lab', bootstrap: kafka.bootstrap.split(',') }, {}),
    );
  });
  afterAll(async () => {
    await client?.close();
    await tool?.close();
    await kafka?.stop();
  });
  const controller = async () => ((await tool.run('controller')) as [{ id: number }])[0].id;

  it('is described, with the controller that Kafka’s own client names', async () => {
    const { brokers, version } = await client.describe();
    expect(brokers.map((b) => b.id)).toEqual([1, 2, 3]);
    expect(version).toBe('3.9');
    expect(await client.controller()).toBe(await controller());
  });

  it('takes changes of topics, whichever broker is asked first', async () => {
    const configs = { 'retention.ms': '3600000', 'cleanup.policy': 'compact' };
    const done = { done: [TOPIC], failed: [] };
    expect(await createTopic(client, { name: TOPIC, partitions: 2, replicationFactor: 3, configs }, gate)).toEqual(
      done,
    );
    expect(await addPartitions(client, { name: TOPIC, partitions: 2, count: 3 }, gate)).toEqual(done);
    const change = { name: 'retention.ms', from: '3600000', to: '7200000' };
    expect(await editTopicConfig(client, TOPIC, [change], gate)).toEqual(done);
    expect(await createTopic(client, { name: 'gone', partitions: 1, replicationFactor: 1, configs: {} }, gate)).toEqual(
      {
        done: ['gone'],
        failed: [],
      },
    );
    await expect.poll(async () => (await client.topics(['gone']))[0]?.partitions[0]?.leader).toBeGreaterThan(0);
    const [gone] = await client.topics(['gone']);
    expect((await deleteTopics(client, await client.offsets([gone!]), gate)).done).toEqual(['gone']);
  });

  it('lists topics with offsets and sizes, and tells where each setting comes from', async () => {
    await tool.produce(
      TOPIC,
      Array.from({ length: 7 }, (_, i) => ({ partition: i % 3, key: `k${i}`, value: 'v'.repeat(100) })),
    );
    const topics = await client.offsets(await client.topics([TOPIC]));
    expect(topics[0]?.partitions.map(({ logStart, highWatermark }) => [logStart, highWatermark])).toEqual([
      [0, 3],
      [0, 2],
      [0, 2],
    ]);
    for (const { leader, replicas, isr } of topics[0]?.partitions ?? []) {
      expect([...replicas].sort()).toEqual([1, 2, 3]);
      expect([...isr].sort()).toEqual([1, 2, 3]);
      expect([1, 2, 3]).toContain(leader);
    }
    const size = (await client.topicSizes(topics)).get(TOPIC);
    expect(size?.leaders).toBeGreaterThan(7 * 100);
    expect(size?.replicas).toBe(3 * size!.leaders!);
    const stored = (await client.logDirectories(2)).flatMap((d) => d.partitions).filter((p) => p.topic === TOPIC);
    expect(stored.map((p) => p.partition).sort()).toEqual([0, 1, 2]);

    const overrides = (await client.topicSettings(TOPIC)).filter((s) => s.source === 'topic');
    expect(overrides.map((s) => [s.name, s.value])).toEqual([
      ['cleanup.policy', 'compact'],
      ['retention.ms', '7200000'],
    ]);
    const settings = new Map((await client.brokerSettings(2)).map((s) => [s.name, s]));
    expect(settings.get('broker.id')).toMatchObject({ value: '2', source: 'server.properties', readOnly: true });
    expect(settings.get('zookeeper.session.timeout.ms')).toMatchObject({ value: '18000', source: 'default' });
  });

  it('lists groups with members and lag, and resets one that nobody reads', async () => {
    await tool.commit('resting', TOPIC, { 0: 1, 1: 2 });
    await tool.join({
      kind: 'classic',
      group: 'running',
      clientId: 'c1',
      topics: [TOPIC],
      settings: { read: 'false' },
    });
    const { groups, errors } = await client.groups();
    expect(errors).toEqual([]);
    expect(groups.map(({ group, type, state }) => [group, type, state]).sort()).toEqual([
      ['resting', 'classic', 'Empty'],
      ['running', 'classic', 'Stable'],
    ]);
    const [resting, running] = await client.describeGroups(['resting', 'running']);
    expect(resting?.offsets.map(({ committed, lag }) => [committed, lag])).toEqual([
      [1, 2],
      [2, 0],
      [null, null],
    ]);
    expect(running?.members.map(({ clientId, assignment }) => [clientId, assignment])).toEqual([
      ['c1', [{ topic: TOPIC, partitions: [0, 1, 2] }]],
    ]);
    const plan = await planReset(client, 'resting', [{ topic: TOPIC }], { kind: 'earliest' });
    expect(await applyReset(client, plan, gate)).toMatchObject({ failed: [] });
    expect((await client.describeGroups(['resting']))[0]?.offsets.map((o) => o.committed)).toEqual([0, 0, 0]);
  });

  it('names the next controller, and changes topics through it, when the first one stops', async () => {
    const before = await controller();
    await kafka.stopNode(before);
    await expect.poll(() => client.controller(), { timeout: 20_000 }).not.toBe(before);
    const now = await client.controller();
    expect(now).toBe(await controller());
    const change = { name: 'retention.ms', from: '7200000', to: null };
    expect(await editTopicConfig(client, TOPIC, [change], gate)).toEqual({ done: [TOPIC], failed: [] });
    expect((await client.describe()).brokers.map((b) => b.id)).toEqual([1, 2, 3].filter((id) => id !== before));
  });
});
