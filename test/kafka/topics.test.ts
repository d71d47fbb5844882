import { expect, inject, it } from 'vitest';
import { createClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

const { client, tool } = await openCluster();

it('lists topics with leaders, log start and high watermark', async () => {
  await tool.create('topics-two', 2);
  await tool.produce(
    'topics-two',
    [0, 0, 0, 1].map((partition) => ({ partition, value: 'v' })),
  );
  await tool.run('delete-records', 'topics-two', 0, 2);
  const topics = await client.offsets(await client.topics(['topics-two']));
  expect(topics).toEqual([
    {
      name: 'topics-two',
      internal: false,
      partitions: [
        { partition: 0, leader: 1, replicas: [1], isr: [1], logStart: 2, highWatermark: 3 },
        { partition: 1, leader: 1, replicas: [1], isr: [1], logStart: 0, highWatermark: 1 },
      ],
    },
  ]);
});

it('lists internal topics too, sorted by name', async () => {
  await tool.commit('topics-group', 'topics-two', { 0: 1 });
  const topics = await client.topics();
  const names = topics.map((t) => t.name);
  expect(names).toEqual([...names].sort());
  expect(topics.find((t) => t.name === '__consumer_offsets')?.internal).toBe(true);
  expect(topics.find((t) => t.name === 'topics-two')?.internal).toBe(false);
});

it('keeps a missing and an impossible name apart from the rest', async () => {
  const longest = 'n'.repeat(249);
  await tool.create(longest, 1);
  expect(await client.topics(['topics-none', longest, 'no such/name', '주문'])).toEqual(
    [
      expect.objectContaining({ name: longest, partitions: [expect.objectContaining({ leader: 1 })] }),
      {
        name: 'no such/name',
        internal: false,
        partitions: [],
        error: expect.stringContaining('The topic name is not valid'),
      },
      {
        name: 'topics-none',
        internal: false,
        partitions: [],
        error: 'Topic topics-none does not exist.',
        missing: true,
      },
      { name: '주문', internal: false, partitions: [], error: expect.stringContaining('The topic name is not valid') },
    ].sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
});

it('asks the cluster about itself', async () => {
  const { brokers, clusterId, version } = await client.describe();
  const [host, port] = inject('kafka').bootstrap.split(',')[0]!.split(':');
  expect(brokers).toContainEqual({ id: 1, host, port: Number(port), rack: null });
  expect(clusterId).toMatch(/^\S{22}$/);
  expect(await client.controller()).toBe(1);
  const given = inject('kafka').version;
  expect(version).toBe(given === undefined || given.startsWith('4.4') ? '≥ 4.2' : given.slice(0, 3));
});

it('ends a call at once when it is cancelled', async () => {
  const controller = new AbortController();
  const call = client.topics(undefined, { signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toMatchObject({ name: 'KafkaError', kind: 'cancelled' });
  expect((await client.topics(['topics-two'])).length).toBe(1);
});

it('reconnects after the sockets are gone, and says that a closed client is closed', async () => {
  const other = createClusterClient(
    await connectCluster({ id: 't', name: 't', bootstrap: [inject('kafka').bootstrap] }, {}),
  );
  await other.topics(['topics-two']);
  await other.close();
  await expect(other.topics(['topics-two'])).rejects.toMatchObject({ kind: 'cancelled' });
});
