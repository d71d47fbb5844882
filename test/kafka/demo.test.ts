import fs from 'node:fs/promises';
import path from 'node:path';
import { AssignerProtocol, Kafka, logLevel, type Admin } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/demo.ts';
import { lintWorkspace } from '../../src/core/dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../../src/core/dapr/lintOptions.ts';
import { startKafka } from '../support/kafka/startKafka.ts';

// The demo's cluster is what its pictures and texts speak of, to the message.
describe('the demo', () => {
  let demo: Demo;
  let admin: Admin;
  beforeAll(async () => {
    demo = await startDemo({ start: startKafka });
    admin = new Kafka({ brokers: [demo.bootstrap], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  });
  afterAll(async () => {
    await admin.disconnect();
    await demo.stop();
    await expect(fs.access(demo.workspace)).rejects.toThrow('ENOENT');
  });

  it('has 66 topics, filled as told', async () => {
    const topics = (await admin.listTopics()).filter((t) => !t.startsWith('__'));
    expect(topics.length).toBe(66);
    const log = async (topic: string) =>
      (await admin.fetchTopicOffsets(topic))
        .sort((a, b) => a.partition - b.partition)
        .map((p) => [Number(p.low), Number(p.high)]);
    // 12,530 messages
    expect(await log('orders')).toEqual([
      [0, 4120],
      [310, 4467],
      [0, 4253],
    ]);
    expect(await log('payments')).toEqual([[0, 1200]]);
    expect(await log('invoices')).toEqual([[310, 430]]);
    expect(await log('returns')).toEqual([
      [0, 0],
      [0, 0],
    ]);
    // six transactions of three records and the marker that ends each
    expect(await log('audit')).toEqual([[0, 24]]);
  });

  it('runs the classic picture: A shares the partitions, B has them all', async () => {
    const { groups } = await admin.describeGroups(['A', 'B', 'audit-watch', 'billing', 'legacy', 'orders-api']);
    const held = (assignment: Buffer) => {
      const { orders, payments } = AssignerProtocol.MemberAssignment.decode(assignment)?.assignment ?? {};
      return { ...(orders && { orders }), ...(payments && { payments }) };
    };
    const described = groups.map((g) => ({
      group: g.groupId,
      state: g.state,
      members: Object.fromEntries(g.members.map((m) => [m.clientId, held(m.memberAssignment)])),
    }));
    expect(described.sort((a, b) => (a.group < b.group ? -1 : 1))).toEqual([
      { group: 'A', state: 'Stable', members: { C1: { orders: [0, 2] }, C2: { orders: [1] } } },
      { group: 'B', state: 'Stable', members: { C3: { orders: [0, 1, 2] } } },
      { group: 'audit-watch', state: 'Stable', members: { watch: {} } },
      {
        group: 'billing',
        state: 'Stable',
        members: { app1: { orders: [0, 1], payments: [0] }, app2: { orders: [2] } },
      },
      { group: 'legacy', state: 'Empty', members: {} },
      { group: 'orders-api', state: 'Empty', members: {} },
    ]);
  });

  it('has groups at every kind of position', async () => {
    const committed = async (groupId: string, topic: string) =>
      (await admin.fetchOffsets({ groupId, topics: [topic] }))[0]?.partitions
        .sort((a, b) => a.partition - b.partition)
        .map((p) => Number(p.offset));
    const NONE = -1;
    expect(await committed('A', 'orders')).toEqual([4120, 4467, 4253]);
    expect(await committed('shop', 'orders')).toEqual([4120, 4467, 4253]);
    expect(await committed('billing', 'orders')).toEqual([40, NONE, 103]); // behind by 4,080 + 4,150 = 8,230
    expect(await committed('orders-api', 'orders')).toEqual([NONE, NONE, 2100]);
    expect(await committed('audit-watch', 'audit')).toEqual([NONE]);
    expect(await committed('legacy', 'invoices')).toEqual([100]);
  });

  it('has a workspace that names this cluster and one mistake that keeps daprd from starting', async () => {
    const names = (await fs.readdir(demo.workspace, { recursive: true })).filter((f) => f.endsWith('.yaml')).sort();
    const files = await Promise.all(
      names.map(async (name) => ({ path: name, text: await fs.readFile(path.join(demo.workspace, name), 'utf8') })),
    );
    expect(names).toEqual([
      ...['earliest', 'replay'].map((name) => path.join('components', `kafka-${name}.yaml`)),
      path.join('components', 'kafka.yaml'),
      path.join('components', 'redis.yaml'),
      path.join('components', 'subscriptions.yaml'),
      'dapr.yaml',
    ]);
    expect(files.filter((f) => f.text.includes(demo.bootstrap)).length).toBe(3);
    const rules = [...lintWorkspace(files, DEFAULT_LINT_OPTIONS)].flatMap(([file, findings]) =>
      findings.filter((f) => f.severity !== 'info').map((f) => [path.basename(file), f.severity, f.rule]),
    );
    expect(rules).toEqual([
      ['kafka-earliest.yaml', 'error', 'K-03'],
      ['kafka.yaml', 'warning', 'K-01'],
      ['subscriptions.yaml', 'warning', 'S-02'], // of orders: what no rule takes is dropped, as the dry run shows
    ]);
  });
});
