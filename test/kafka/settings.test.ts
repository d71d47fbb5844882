// Settings and sizes as a real broker tells them.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createGate } from '../../src/core/kafka/changes/gate.ts';
import { createTopic, editTopicConfig } from '../../src/core/kafka/changes/topics.ts';
import { createClusterClient, type ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { logDirectories } from '../../src/core/kafka/topics/logDirectories.ts';
import { brokerSettings, topicSettings } from '../../src/core/kafka/topics/settings.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';

const topic = `settings-${randomUUID().slice(0, 8)}`;
const gate = createGate({ name: 'test' }, () => Promise.resolve(true));
let client: ClusterClient;

beforeAll(async () => {
  const profile = { id: 'x', name: 'x', bootstrap: inject('kafka').bootstrap.split(',') };
  client = createClusterClient(await connectCluster(profile, {}));
  const configs = { 'retention.ms': '3600000', 'cleanup.policy': 'compact' };
  await createTopic(client, { name: topic, partitions: 2, replicationFactor: 1, configs }, gate);
});
afterAll(() => client.close());

const overrides = async () =>
  Object.fromEntries(
    (await topicSettings(client.connection, topic)).filter((s) => s.source === 'topic').map((s) => [s.name, s.value]),
  );

test('a topic shows its overrides beside all defaults, with documentation', async () => {
  expect(await overrides()).toEqual({ 'retention.ms': '3600000', 'cleanup.policy': 'compact' });
  const settings = await topicSettings(client.connection, topic);
  const format = settings.find((s) => s.name === 'max.message.bytes');
  expect(format).toMatchObject({ source: 'default', readOnly: false, sensitive: false });
  expect(format?.documentation).toContain('largest record batch');
});

test('changing one setting keeps the other override; null goes back to the default', async () => {
  await editTopicConfig(client, topic, [{ name: 'retention.ms', from: '3600000', to: '7200000' }], gate);
  expect(await overrides()).toEqual({ 'retention.ms': '7200000', 'cleanup.policy': 'compact' });
  await editTopicConfig(client, topic, [{ name: 'retention.ms', from: '7200000', to: null }], gate);
  expect(await overrides()).toEqual({ 'cleanup.policy': 'compact' });
});

test('a topic that does not exist is a sentence', async () => {
  await expect(topicSettings(client.connection, 'no-such-topic')).rejects.toThrow(/topic/i);
});

test('a broker tells which versions of Fetch it serves: Kafka 4.0 removed the oldest', async () => {
  const { brokers, version } = await client.describe();
  const fetch = (await client.brokerVersions(brokers[0]?.id ?? -1)).get(1);
  expect(fetch?.min).toBe(version.startsWith('3.') ? 0 : 4);
});

test('a broker tells its settings and the sizes of its logs', async () => {
  const [broker] = (await client.describe()).brokers;
  const id = broker?.id ?? -1;
  const settings = await brokerSettings(client.connection, id);
  expect(settings.find((s) => s.name === 'node.id')).toMatchObject({ value: String(id), readOnly: true });
  const directories = await logDirectories(client.connection, id);
  const here = directories.flatMap((d) => d.partitions).filter((p) => p.topic === topic);
  expect(here.map((p) => p.partition).sort()).toEqual([0, 1]);
  expect(directories[0]?.total).toBeGreaterThan(0);
});
