// A user who may not see one topic and one group: everything else is there, and what Kafka tells of the forbidden is said.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createClusterClient, type ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { startKafka, type KafkaLab } from '../support/kafka/startKafka.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

const id = randomUUID().slice(0, 8);
const open = `acl-open-${id}`;
const plain = `acl-plain-${id}`;
/** The user `limited` may not see topics named so. */
const secret = `forbidden-${id}`;
const [openGroup, mixedGroup, secretGroup] = [`acl-a-${id}`, `acl-b-${id}`, `acl-c-${id}`];
const TOPIC = 'You are not allowed to see or change this topic. Ask for an ACL on it.';
const GROUP = 'You are not allowed to see or change this group. Ask for an ACL on it.';
const CLUSTER = 'You are not allowed to do this on the cluster. Ask for an ACL on it.';

let kafka: KafkaLab;
let tool: KafkaTool;
let limited: ClusterClient;

beforeAll(async () => {
  kafka = await startKafka({ version: inject('kafka').version, listeners: ['sasl'] });
  tool = openTool(kafka);
  for (const topic of [open, plain, secret]) {
    await tool.create(topic, 2);
    await tool.run('mixed', topic, 'none', 20);
  }
  await tool.commit(openGroup, open, { 0: 4, 1: 10 });
  await tool.commit(mixedGroup, open, { 0: 1 });
  await tool.join({
    kind: 'classic',
    group: mixedGroup,
    clientId: 'm',
    topics: [open, secret],
    settings: { read: 'false' },
  });
  await tool.commit(secretGroup, open, { 0: 2 });
  await tool.run('forbid', 'limited', 'group', secretGroup, 'describe');
  await tool.run('forbid', 'limited', 'topic', plain, 'describe_configs');
  limited = createClusterClient(
    await connectCluster(
      { id: 'c', name: 'c', bootstrap: [kafka.sasl!], sasl: { mechanism: 'plain', username: 'limited' } },
      { password: 'limited-secret' },
    ),
  );
});
afterAll(async () => {
  await limited?.close();
  await tool?.close();
  await kafka?.stop();
});

const mine = (name: string) => name.endsWith(id);
const ranges = async (names?: string[]) =>
  (await limited.offsets(await limited.topics(names)))
    .filter((t) => mine(t.name))
    .map((t) => [t.name, t.error ?? t.partitions.map((p) => [p.logStart, p.highWatermark])]);

describe('a topic that may not be seen', () => {
  it('is not in Kafka’s list; the others are, exactly', async () => {
    const both = [
      [
        open,
        [
          [0, 10],
          [0, 10],
        ],
      ],
      [
        plain,
        [
          [0, 10],
          [0, 10],
        ],
      ],
    ];
    expect(await ranges()).toEqual(both);
  });

  it('says so when it is asked for by name, beside the others', async () => {
    expect(await ranges([open, secret])).toEqual([
      [
        open,
        [
          [0, 10],
          [0, 10],
        ],
      ],
      [secret, TOPIC],
    ]);
    await expect(limited.topicSettings(secret)).rejects.toThrow(TOPIC);
  });

  it('may be seen without its settings', async () => {
    await expect(limited.topicSettings(plain)).rejects.toThrow(TOPIC);
    expect((await limited.topicSettings(open)).length).toBeGreaterThan(10);
  });
});

describe('a group that may not be seen', () => {
  it('is listed where the user may list all groups, and says so; the others are exact', async () => {
    const groups = (await limited.describeGroups()).filter((g) => mine(g.group));
    expect(groups.map((g) => [g.group, g.error ?? g.state])).toEqual([
      [openGroup, 'Empty'],
      [mixedGroup, 'Stable'],
      [secretGroup, GROUP],
    ]);
    expect(groups[0]?.offsets.map((o) => [o.partition, o.committed, o.highWatermark, o.lag])).toEqual([
      [0, 4, 10, 6],
      [1, 10, 10, 0],
    ]);
    expect(groups[2]).toMatchObject({ members: [], offsets: [] });
  });

  it('reads a forbidden topic too: its members say so, the offsets there are unknown and why', async () => {
    const [group] = await limited.describeGroups([mixedGroup]);
    expect(group?.members.map((m) => [m.clientId, m.assignment])).toEqual([
      [
        'm',
        [
          { topic: open, partitions: [0, 1] },
          { topic: secret, partitions: [0, 1] },
        ],
      ],
    ]);
    const shown = (topic: string) =>
      group?.offsets.filter((o) => o.topic === topic).map((o) => [o.partition, o.committed, o.highWatermark, o.error]);
    expect(shown(open)).toEqual([
      [0, 1, 10, undefined],
      [1, null, 10, undefined],
    ]);
    expect(shown(secret)).toEqual([
      [0, null, null, TOPIC],
      [1, null, null, TOPIC],
    ]);
  });

  it('is not in the list of a user who may not list all groups', async () => {
    await tool.run('forbid', 'limited', 'cluster', 'kafka-cluster', 'describe');
    try {
      const { groups, errors } = await limited.groups();
      expect(groups.map((g) => g.group).filter(mine)).toEqual([openGroup, mixedGroup]);
      expect(errors).toEqual([]);
      expect((await limited.describeGroups([secretGroup])).map((g) => g.error)).toEqual([
        `Group ${secretGroup} does not exist, or you may not see it.`,
      ]);
      // The same right is what the sizes on disk need.
      await expect(limited.topicSizes(await limited.topics([open]))).rejects.toThrow(CLUSTER);
      await expect(limited.logDirectories(1)).rejects.toThrow(CLUSTER);
    } finally {
      await tool.run('permit', 'limited', 'cluster', 'kafka-cluster', 'describe');
    }
    expect((await limited.topicSizes(await limited.topics([open]))).get(open)?.leaders).toBeGreaterThan(0);
  });
});
