// A user who may not see one topic and one group: everything else is there, and what Kafka tells of the forbidden is said.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createClusterClient, type ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import type { Gate } from '../../src/core/kafka/changes/gate.ts';
import { deleteGroupOffsets, deleteGroups } from '../../src/core/kafka/changes/groups.ts';
import { produce } from '../../src/core/kafka/changes/produce.ts';
import { applyReset } from '../../src/core/kafka/changes/resetOffsets.ts';
import { planReset } from '../../src/core/kafka/changes/resetPlan.ts';
import {
  addPartitions,
  createTopic,
  deleteRecords,
  deleteTopics,
  editTopicConfig,
} from '../../src/core/kafka/changes/topics.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { startKafka, type KafkaLab } from '../support/kafka/startKafka.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

const id = randomUUID().slice(0, 8);
const open = `acl-open-${id}`;
const plain = `acl-plain-${id}`;
/** The user `limited` may not see topics named so. */
const secret = `forbidden-${id}`;
const [openGroup, mixedGroup, secretGroup] = [`acl-a-${id}`, `acl-b-${id}`, `acl-c-${id}`];
const lacks = (right: string) => `You lack the right ${right}. Ask for an ACL that allows it.`;

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
      [secret, lacks(`Describe on topic ${secret}`)],
    ]);
    const settings = lacks(`DescribeConfigs on topic ${secret}`);
    await expect(limited.topicSettings(secret)).rejects.toThrow(settings);
  });

  it('may be seen without its settings', async () => {
    await expect(limited.topicSettings(plain)).rejects.toThrow(lacks(`DescribeConfigs on topic ${plain}`));
    expect((await limited.topicSettings(open)).length).toBeGreaterThan(10);
  });
});

describe('a group that may not be seen', () => {
  it('is listed where the user may list all groups, and says so; the others are exact', async () => {
    const groups = (await limited.describeGroups()).filter((g) => mine(g.group));
    expect(groups.map((g) => [g.group, g.error ?? g.state])).toEqual([
      [openGroup, 'Empty'],
      [mixedGroup, 'Stable'],
      [secretGroup, lacks(`Describe on group ${secretGroup}`)],
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
      [0, null, null, lacks(`Describe on topic ${secret}`)],
      [1, null, null, lacks(`Describe on topic ${secret}`)],
    ]);
  });

  it('is not in the list of a user who may not list all groups', async () => {
    await tool.run('forbid', 'limited', 'cluster', 'kafka-cluster', 'describe');
    try {
      const { groups, errors } = await limited.groups();
      expect(groups.map((g) => g.group).filter(mine)).toEqual([openGroup, mixedGroup]);
      expect(errors).toEqual([]);
      expect((await limited.describeGroups([secretGroup])).map((g) => g.error)).toEqual([
        `Group ${secretGroup} does not exist, or you lack the right Describe on it.`,
      ]);
      // The same right is what the sizes on disk need.
      await expect(limited.topicSizes(await limited.topics([open]))).rejects.toThrow(lacks('Describe on the cluster'));
      await expect(limited.logDirectories(1)).rejects.toThrow(lacks('Describe on the cluster'));
    } finally {
      await tool.run('permit', 'limited', 'cluster', 'kafka-cluster', 'describe');
    }
    expect((await limited.topicSizes(await limited.topics([open]))).get(open)?.leaders).toBeGreaterThan(0);
  });
});

describe('a right that only a change needs', () => {
  const locked = `acl-locked-${id}`;
  const wanted = `acl-wanted-${id}`;
  const [group, reader] = [`acl-d-${id}`, `acl-e-${id}`];
  const yes: Gate = { check: () => undefined, pass: () => Promise.resolve() };
  const topic = async () => (await limited.offsets(await limited.topics([locked])))[0]!;
  const described = async (name: string) => (await limited.describeGroups([name]))[0]!;
  const reset = async (name: string) =>
    applyReset(limited, await planReset(limited, name, [{ topic: locked }], { kind: 'earliest' }), yes);
  const message = {
    key: null,
    value: Buffer.from('v'),
    headers: [],
    partition: 0,
    codec: 'none',
    timestamp: null,
  } as const;

  beforeAll(async () => {
    await tool.create(locked, 1);
    await tool.run('mixed', locked, 'none', 4);
    for (const name of [group, reader]) await tool.commit(name, locked, { 0: 2 });
    for (const operation of ['read', 'write', 'alter', 'delete', 'alter_configs'])
      await tool.run('forbid', 'limited', 'topic', locked, operation);
    await tool.run('forbid', 'limited', 'topic', wanted, 'create');
    // Who may do it on the cluster may do it on every topic.
    for (const operation of ['create', 'delete'])
      await tool.run('forbid', 'limited', 'cluster', 'kafka-cluster', operation);
    for (const operation of ['read', 'delete']) await tool.run('forbid', 'limited', 'group', group, operation);
  });

  it.each([
    [
      `Create on topic ${wanted}`,
      () => createTopic(limited, { name: wanted, partitions: 1, replicationFactor: 1, configs: {} }, yes),
    ],
    [`Alter on topic ${locked}`, () => addPartitions(limited, { name: locked, partitions: 1, count: 2 }, yes)],
    [
      `AlterConfigs on topic ${locked}`,
      () => editTopicConfig(limited, locked, [{ name: 'retention.ms', from: null, to: '60000' }], yes),
    ],
    [`Delete on topic ${locked}`, async () => deleteRecords(limited, await topic(), new Map([[0, 1]]), yes)],
    [`Delete on topic ${locked}`, async () => deleteTopics(limited, [await topic()], yes)],
    [`Read on group ${group}`, () => reset(group)],
    [`Read on topic ${locked}`, () => reset(reader)],
    [`Delete on group ${group}`, async () => deleteGroupOffsets(limited, await described(group), locked, yes)],
    [`Read on topic ${locked}`, async () => deleteGroupOffsets(limited, await described(reader), locked, yes)],
    [`Delete on group ${group}`, async () => deleteGroups(limited, [await described(group)], yes)],
  ])('is named where it is missing: %s', async (right, change) => {
    const { done, failed } = await change();
    expect(done).toEqual([]);
    expect(failed.map((item) => item.message)).toEqual([lacks(right)]);
  });

  it('is named when a message is refused', async () => {
    await expect(produce(limited, { topic: locked, cluster: 'c' }, message, yes)).rejects.toThrow(
      `P0 did not take the message: ${lacks(`Write on topic ${locked}`)}`,
    );
  });
});
