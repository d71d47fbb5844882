import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createGate } from '../../src/core/kafka/changes/gate.ts';
import { applyReset } from '../../src/core/kafka/changes/resetOffsets.ts';
import { planReset } from '../../src/core/kafka/changes/resetPlan.ts';
import { createClusterClient, type ClusterClient, type GroupSummary } from '../../src/core/kafka/clusterClient.ts';
import { offsetCommitMessage } from '../../src/core/kafka/protocol/offsetCommit.ts';
import type { BrokerConnection } from '../../src/core/kafka/transport/connection.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { runCli } from '../support/cli/runCli.ts';
import { startKafka, type KafkaLab } from '../support/kafka/startKafka.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

const UNTIL = { timeout: 60_000, interval: 100 };
const GROUPS = Array.from({ length: 9 }, (_, i) => `group-${i}`);
const ALL = [{ topic: 'safe' }];

describe('a coordinator that is killed', () => {
  let kafka: KafkaLab;
  let tool: KafkaTool;
  let client: ClusterClient;
  beforeAll(async () => {
    // So long does the cluster believe in a broker that is dead already.
    const extra = { 'broker.session.timeout.ms': '15000' };
    kafka = await startKafka({ nodes: 3, listeners: [], apart: true, extra });
    tool = openTool(kafka);
    await tool.create('safe', 3);
    await tool.run('mixed', 'safe', 'none', 60);
    for (const [i, group] of GROUPS.entries()) await tool.commit(group, 'safe', { 0: i, 2: 20 });
  });
  afterAll(async () => {
    await tool?.close();
    await kafka?.stop();
  });
  beforeEach(async () => {
    const profile = { id: 'lab', name: 'lab', bootstrap: kafka.bootstrap.split(','), requestTimeoutMs: 10_000 };
    client = createClusterClient(await connectCluster(profile, {}));
    onTestFinished(() => client.close());
  });

  /** Kills the coordinator of a group; when the test ends it is up again, and all replicas are in sync. */
  async function kill(coordinator: number): Promise<void> {
    onTestFinished(async () => {
      await kafka.startNode(coordinator);
      await vi.waitUntil(async () => {
        const topics = await client.topics();
        return topics.every((t) => t.partitions.every((p) => p.isr.length === p.replicas.length));
      }, UNTIL);
    });
    await kafka.killNode(coordinator);
  }

  const coordinators = async (): Promise<ReadonlyMap<string, number>> => {
    const { groups, errors } = await client.groups();
    expect([groups.map((g) => g.group), errors]).toEqual([GROUPS, []]);
    return new Map(groups.map((g) => [g.group, g.coordinator!]));
  };
  const commitsOf = async (group: string) => {
    const [described] = await client.describeGroups([group]);
    return Object.fromEntries((described?.offsets ?? []).map((o) => [o.partition, o.committed]));
  };
  const gone = (id: number) =>
    `Broker ${id} cannot be reached any more: Nothing listens on ${kafka.bootstrap.split(',')[id - 1]}. ` +
    'Is the broker running, and is the port right?';

  it('hides its own groups only and is named, and the groups are there again once another one has taken over', async () => {
    const before = await coordinators();
    const dead = before.get('group-4')!;
    const [lost, left] = [GROUPS.filter((g) => before.get(g) === dead), GROUPS.filter((g) => before.get(g) !== dead)];
    expect([lost.length > 0, left.length > 0]).toEqual([true, true]);
    await kill(dead);

    const { groups, errors } = await client.groups();
    expect(groups.map((g: GroupSummary) => g.group)).toEqual(left);
    expect(errors).toEqual([{ broker: dead, message: gone(dead) }]);
    const described = await client.describeGroups(GROUPS);
    expect(described.map((g) => [g.group, g.error])).toEqual(
      GROUPS.map((g) => [
        g,
        lost.includes(g) ? `Group ${g} was not found on the brokers that answered. ${gone(dead)}` : undefined,
      ]),
    );
    // The dead broker led a partition, too: its end is unknown, what the groups committed is not.
    for (const g of described.filter(({ group }) => left.includes(group)))
      expect(g.offsets.map((o) => [o.partition, o.committed])).toEqual([
        [0, GROUPS.indexOf(g.group)],
        [1, null],
        [2, 20],
      ]);
    const topic = (await client.offsets(await client.topics(['safe'])))[0]!;
    for (const p of topic.partitions)
      expect(p).toMatchObject(p.leader === dead ? { highWatermark: null, error: gone(dead) } : { highWatermark: 20 });

    const survivors = kafka.bootstrap.split(',').filter((_, i) => i + 1 !== dead);
    const cli = await runCli(['groups', 'group-4', left[0]!, '--bootstrap', survivors.join(',')]);
    expect(cli.stderr).toContain(`Groups coordinated by broker ${dead} are missing: `);
    expect(cli.stderr).toContain('Group group-4 was not found on the brokers that answered. ');
    expect(cli.stdout).toContain(`${left[0]!} `);
    expect(cli.code).toBe(4);

    await vi.waitUntil(async () => (await client.groups()).groups.length === GROUPS.length, UNTIL);
    await vi.waitFor(async () => {
      for (const g of lost) expect(await commitsOf(g)).toEqual({ 0: GROUPS.indexOf(g), 1: null, 2: 20 });
    }, UNTIL);
    expect([...new Set((await client.groups()).groups.map((g) => g.coordinator))]).not.toContain(dead);
  });

  const gate = (confirmed: () => Promise<void>) =>
    createGate({ name: 'lab', mode: 'normal' }, () => confirmed().then(() => true));

  it('resets nothing when it dies before the person agrees, and says so', async () => {
    const before = await coordinators();
    const dead = before.get('group-7')!;
    const plan = await planReset(client, 'group-7', ALL, { kind: 'earliest' });
    const refused = applyReset(
      client,
      plan,
      gate(() => kill(dead)),
    );
    await expect(refused).rejects.toThrow(
      `Group group-7 was not found on the brokers that answered. ${gone(dead)} Nothing was changed.`,
    );
    await expect(planReset(client, 'group-7', ALL, { kind: 'latest' })).rejects.toThrow(
      `Group group-7 was not found on the brokers that answered. ${gone(dead)}`,
    );
    await vi.waitFor(async () => expect(await commitsOf('group-7')).toEqual({ 0: 7, 1: null, 2: 20 }), UNTIL);
    // Its new coordinator does it.
    const again = await planReset(client, 'group-7', ALL, { kind: 'earliest' });
    expect(again.coordinator).not.toBe(dead);
    const open = gate(() => Promise.resolve());
    expect((await applyReset(client, again, open)).failed).toEqual([]);
    expect(await commitsOf('group-7')).toEqual({ 0: 0, 1: 0, 2: 0 });
  });

  // A person is told the same in both cases, since nobody here can know which it was.
  it.each<[string, When, Record<number, number | null>[]]>([
    ['while the commit is on its way', 'sent', [{ 0: 5, 1: null, 2: 20 }, { 0: 20, 1: 20, 2: 20 }]], // prettier-ignore
    ['after it, and its answer is lost', 'written', [{ 0: 0, 1: 0, 2: 0 }]],
  ])('resets all or nothing when it dies %s, and says that this is not known', async (_name, when, possible) => {
    const dead = (await coordinators()).get('group-5')!;
    const plan = await planReset(client, 'group-5', ALL, { kind: when === 'sent' ? 'latest' : 'earliest' });
    expect(plan.changes.length).toBe(3);
    const killed: Promise<void>[] = [];
    const deadly = killingOverCommit(client, dead, when, () => void killed.push(kill(dead)));
    const open = gate(() => Promise.resolve());
    await expect(applyReset(deadly, plan, open)).rejects.toThrow(
      /^group-5 was reset as planned, or not at all: look at where it stands\. .*127\.0\.0\.1/,
    );
    expect(killed.length).toBe(1);
    await Promise.all(killed);
    // For a second or two the new coordinator answers with what was there before its log was known to be replicated.
    await vi.waitFor(async () => expect(possible).toContainEqual(await commitsOf('group-5')), UNTIL);
  });
});

type When = 'sent' | 'written';

/** The same client, whose coordinator is killed over a commit. */
function killingOverCommit(client: ClusterClient, coordinator: number, when: When, kill: () => void): ClusterClient {
  const deadly = (broker: BrokerConnection): BrokerConnection => ({
    nodeId: broker.nodeId,
    versions: broker.versions,
    async request(message, body, options) {
      if (message.apiKey === offsetCommitMessage.apiKey) {
        if (when === 'written') await broker.request(message, body, options);
        kill();
      }
      return broker.request(message, body, options);
    },
  });
  const broker = async (id: number) => {
    const connected = await client.connection.broker(id);
    return id === coordinator ? deadly(connected) : connected;
  };
  const connection = new Proxy(client.connection, {
    get: (target, name) => {
      if (name === 'broker') return broker;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  return { ...client, connection };
}
