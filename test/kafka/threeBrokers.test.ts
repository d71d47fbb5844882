import fs from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { failures, forecast } from '../../src/core/forecast/forecast.ts';
import { createGate } from '../../src/core/kafka/changes/gate.ts';
import { applyReset } from '../../src/core/kafka/changes/resetOffsets.ts';
import { addPartitions, createTopic, deleteTopics, editTopicConfig } from '../../src/core/kafka/changes/topics.ts';
import { planReset } from '../../src/core/kafka/changes/resetPlan.ts';
import { createClusterClient, type ClusterClient, type TopicWithOffsets } from '../../src/core/kafka/clusterClient.ts';
import { describeConfigsMessage } from '../../src/core/kafka/protocol/describeConfigs.ts';
import { CONFIG_RESOURCE } from '../../src/core/kafka/protocol/incrementalAlterConfigs.ts';
import { metadataMessage } from '../../src/core/kafka/protocol/metadata.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { runCli } from '../support/cli/runCli.ts';
import { startKafka, type KafkaLab } from '../support/kafka/startKafka.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

// Brokers stop and leaders move while a client that knows the old state asks on.
const UNTIL = { timeout: 30_000, interval: 100 };
const GROUPS = Array.from({ length: 9 }, (_, i) => `group-${i}`);

describe('a cluster of three brokers', () => {
  let kafka: KafkaLab;
  let tool: KafkaTool;
  let client: ClusterClient;
  beforeAll(async () => {
    kafka = await startKafka({ nodes: 3, listeners: [] });
    tool = openTool(kafka);
    await tool.create('single', 6, { replicas: '1' });
    await tool.create('safe', 3);
    for (const topic of ['single', 'safe']) await tool.run('mixed', topic, 'none', 60);
    for (const [i, group] of GROUPS.entries()) await tool.commit(group, 'safe', { 0: i, 2: 20 });
  });
  afterAll(async () => {
    await client?.close();
    await tool?.close();
    await kafka?.stop();
  });
  beforeEach(async () => {
    await client?.close();
    const profile = { id: 'lab', name: 'lab', bootstrap: kafka.bootstrap.split(','), requestTimeoutMs: 10_000 };
    client = createClusterClient(await connectCluster(profile, {}));
  });

  /** Runs `work` with one broker down; afterwards all are up and in sync again. */
  async function without<T>(node: number, work: () => Promise<T>): Promise<T> {
    await kafka.stopNode(node);
    try {
      return await work();
    } finally {
      await kafka.startNode(node);
      await vi.waitUntil(async () => {
        const topics = await client.topics(undefined).catch(() => []);
        return topics.length > 0 && topics.every((t) => t.partitions.every((p) => p.isr.length === p.replicas.length));
      }, UNTIL);
    }
  }

  const ends = (topic: TopicWithOffsets | undefined) => topic?.partitions.map((p) => [p.logStart, p.highWatermark]);
  const offsetsOf = async (name: string) => (await client.offsets(await client.topics([name])))[0];
  const commitsOf = async (group: string) => {
    const [described] = await client.describeGroups([group]);
    return Object.fromEntries((described?.offsets ?? []).map((o) => [o.partition, o.committed]));
  };

  it('is described as one', async () => {
    expect((await client.describe()).brokers.map((b) => b.id).sort()).toEqual([1, 2, 3]);
    expect(ends(await offsetsOf('single'))).toEqual(Array.from({ length: 6 }, () => [0, 10]));
    expect(ends(await offsetsOf('safe'))).toEqual(Array.from({ length: 3 }, () => [0, 20]));
    const { groups, errors } = await client.groups();
    expect(groups.map((g) => g.group).sort()).toEqual(GROUPS);
    expect(errors).toEqual([]);
  });

  it('has one controller, whoever is asked, and another one when it stops', async () => {
    const asJavaSays = async () => ((await tool.run('controller')) as { id: number }[])[0]!.id;
    const asked = async () => {
      const answers = new Set<number | null>();
      for (let i = 0; i < 20; i++) answers.add(await client.controller());
      return [...answers];
    };
    const active = await asJavaSays();
    expect(await asked()).toEqual([active]);
    // What keeps the message Metadata from telling it: a broker names any that is alive.
    const named = new Set<number>();
    await vi.waitUntil(async () => {
      const broker = await client.connection.anyBroker();
      named.add((await broker.request(metadataMessage, { topics: ['safe'] })).controllerId);
      return named.size === 3;
    }, UNTIL);
    await without(active, async () => {
      await vi.waitUntil(async () => {
        const id = await client.controller().catch(() => active); // nobody answers while there is none
        return id !== active && id !== null;
      }, UNTIL);
      expect(await asked()).toEqual([await asJavaSays()]);
    });
  });

  /** Bytes of a topic's segments in a broker's own folder. */
  async function bytesOf(broker: number, topic: string, partition: number): Promise<number> {
    const settings = await client.brokerSettings(broker);
    const folder = path.join(settings.find((s) => s.name === 'log.dirs')!.value!, `${topic}-${partition}`);
    const segments = fs.readdirSync(folder).filter((name) => name.endsWith('.log'));
    return segments.reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
  }

  it('tells what topics take on disk, as the brokers’ own folders have it, and what it cannot know', async () => {
    const topics = await client.topics(['single', 'safe']);
    const onDisk = async (name: string, leadersOnly: boolean) => {
      const { partitions } = topics.find((t) => t.name === name)!;
      const bytes = partitions.flatMap((p) =>
        (leadersOnly ? [p.leader!] : p.replicas).map((id) => bytesOf(id, name, p.partition)),
      );
      return (await Promise.all(bytes)).reduce((sum, n) => sum + n, 0);
    };
    const [single, leaders, replicas] = [
      await onDisk('single', true),
      await onDisk('safe', true),
      await onDisk('safe', false),
    ];
    expect(single).toBeGreaterThan(0);
    expect(replicas).toBe(3 * leaders);
    const sizes = await client.topicSizes(topics);
    expect(Object.fromEntries(sizes)).toEqual({
      single: { leaders: single, replicas: single },
      safe: { leaders, replicas },
    });
    await without(3, async () => {
      expect(Object.fromEntries(await client.topicSizes(await client.topics(['single', 'safe'])))).toEqual({
        single: { leaders: null, replicas: null, error: expect.stringContaining('of single has no leader') },
        safe: { leaders, replicas: null, error: expect.stringContaining('Broker 3 ') },
      });
    });
  });

  it('shows everything but the partitions that have no leader while one broker is down', async () => {
    const lost = (await offsetsOf('single'))!.partitions.filter((p) => p.leader === 3).map((p) => p.partition);
    expect(lost.length).toBe(2);
    await without(3, async () => {
      const single = (await offsetsOf('single'))!;
      for (const p of single.partitions) {
        const expected = lost.includes(p.partition)
          ? { leader: null, logStart: null, highWatermark: null, error: expect.stringMatching(/\w+/) as string }
          : { logStart: 0, highWatermark: 10 };
        expect(p).toMatchObject(expected);
      }
      expect(ends(await offsetsOf('safe'))).toEqual(Array.from({ length: 3 }, () => [0, 20]));
      // The groups of the stopped broker are there again once another one has loaded them.
      await vi.waitFor(async () => {
        const described = await client.describeGroups();
        const known = described.filter((g) => g.error === undefined).map((g) => g.group);
        expect(known.sort()).toEqual(GROUPS);
      }, UNTIL);
    });
  });

  it('forecasts what the brokers that are left tell, and gives no number for the rest', async () => {
    const lost = (await offsetsOf('single'))!.partitions.filter((p) => p.leader === 3).map((p) => p.partition);
    const text = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata: {name: p}
spec:
  type: pubsub.kafka
  version: v1
  metadata: [{name: brokers, value: 'b:9092'}, {name: authType, value: none}, {name: consumerGroup, value: nobody}]
`;
    await without(3, async () => {
      await vi.waitFor(async () => {
        const result = await forecast({
          files: [{ path: 'p.yaml', text }],
          cluster: client,
          options: { appId: 'app', topics: ['single'] },
        });
        const [topic] = result.components[0]!.topics;
        expect(topic?.summary).toEqual({ backlog: null, skipped: null, gone: null, replayed: null });
        expect(topic?.partitions.map((p) => [p.partition, p.skipped])).toEqual(
          [0, 1, 2, 3, 4, 5].map((partition) => [partition, lost.includes(partition) ? null : 10]),
        );
        expect(failures(result, ['skipped'])).toEqual(['p (app), topic single: skipped is not known.']);
      }, UNTIL);
      const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-forecast-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      await writeFile(path.join(folder, 'p.yaml'), text);
      const told = ['forecast', folder, '--app-id', 'app', '--topic', 'single', '--bootstrap', kafka.bootstrap];
      expect((await runCli(told)).code).toBe(4);
      // Unknown for the gate, too; that the brokers did not tell is the more telling code.
      const gate = await runCli([...told, '--fail-on', 'skipped']);
      expect([gate.code, gate.stderr]).toEqual([
        4,
        expect.stringContaining('p (app), topic single: skipped is not known.'),
      ]);
    });
  });

  it('answers for a partition whose leader has moved since the topics were listed', async () => {
    const before = await client.topics(['safe']);
    const from = before[0]!.partitions[1]!.leader!;
    await tool.run('move-leader', 'safe', 1, (from % 3) + 1);
    expect(ends((await client.offsets(before))[0])).toEqual(Array.from({ length: 3 }, () => [0, 20]));
  });

  it('returns from a change when every broker tells of it', async () => {
    const gate = createGate({ name: 'lab', mode: 'normal' }, () => Promise.resolve(true));
    /** What each broker says of the topic: its partitions, and how long it keeps records. */
    const told = () =>
      Promise.all(
        [1, 2, 3].map(async (id) => {
          const broker = await client.connection.broker(id);
          const { topics } = await broker.request(metadataMessage, { topics: ['told'] });
          const body = { type: CONFIG_RESOURCE.topic, name: 'told' };
          const { configs } = await broker.request(describeConfigsMessage, body);
          return [
            topics[0]?.partitions.filter((p) => p.leader > 0).length,
            configs.find((c) => c.name === 'retention.ms')?.value,
          ];
        }),
      );
    const topic = { name: 'told', partitions: 2, replicationFactor: 3, configs: { 'retention.ms': '70000' } };
    expect((await createTopic(client, topic, gate)).failed).toEqual([]);
    expect(await told()).toEqual(Array.from({ length: 3 }, () => [2, '70000']));
    await addPartitions(client, { name: 'told', partitions: 2, count: 4 }, gate);
    expect(await told()).toEqual(Array.from({ length: 3 }, () => [4, '70000']));
    await editTopicConfig(client, 'told', [{ name: 'retention.ms', from: '70000', to: '80000' }], gate);
    expect(await told()).toEqual(Array.from({ length: 3 }, () => [4, '80000']));
    await deleteTopics(client, await client.offsets(await client.topics(['told'])), gate);
    expect(await told()).toEqual(Array.from({ length: 3 }, () => [0, undefined]));
  });

  it('lists every group, or says why not, while a coordinator stops', async () => {
    const coordinator = (await client.groups()).groups.find((g) => g.group === 'group-4')!.coordinator!;
    const seen: string[][] = [];
    let stopped = false;
    const listing = (async () => {
      while (!stopped) {
        const { groups, errors } = await client.groups();
        const described = await client.describeGroups(GROUPS);
        expect(described.map((g) => g.group).sort()).toEqual(GROUPS);
        for (const g of described)
          if (g.error === undefined && g.offsets.every((o) => o.error === undefined))
            expect(g.offsets.map((o) => [o.partition, o.committed])).toEqual([
              [0, GROUPS.indexOf(g.group)],
              [1, null],
              [2, 20],
            ]);
        if (errors.length === 0) seen.push(groups.map((g) => g.group).sort());
      }
    })();
    await without(coordinator, async () => {
      await vi.waitUntil(async () => {
        const described = await client.describeGroups(GROUPS);
        return described.every((g) => g.error === undefined && g.coordinator !== coordinator);
      }, UNTIL);
      stopped = true;
      await listing;
    });
    expect(seen.length).toBeGreaterThan(0);
  });

  it('resets a group whose coordinator stops between the plan and its execution: exactly, or not at all', async () => {
    const gate = createGate({ name: 'lab', mode: 'normal' }, () => Promise.resolve(true));
    const plan = await planReset(client, 'group-7', [{ topic: 'safe' }], { kind: 'earliest' });
    expect(plan.changes.map((c) => [c.partition, c.from, c.to])).toEqual([
      [0, 7, 0],
      [1, null, 0],
      [2, 20, 0],
    ]);
    const before = { 0: 7, 1: null, 2: 20 };
    const after = { 0: 0, 1: 0, 2: 0 };
    await without(plan.coordinator!, async () => {
      const outcome = await applyReset(client, plan, gate).catch((error: Error) => error);
      await vi.waitUntil(async () => Object.keys(await commitsOf('group-7')).length === 3, UNTIL);
      if (outcome instanceof Error) {
        expect(outcome.message).not.toBe('');
        expect(await commitsOf('group-7')).toEqual(before);
      } else if (outcome.failed.length > 0) {
        expect([outcome.done, await commitsOf('group-7')]).toEqual([[], before]);
      } else expect(await commitsOf('group-7')).toEqual(after);
      // Once the new coordinator is known, it works.
      const again = await planReset(client, 'group-7', [{ topic: 'safe' }], { kind: 'earliest' });
      expect(again.coordinator).not.toBe(plan.coordinator);
      expect((await applyReset(client, again, gate)).failed).toEqual([]);
      expect(await commitsOf('group-7')).toEqual(after);
    });
  });
});
