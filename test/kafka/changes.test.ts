// Every change of topics and groups: exactly what the preview says, on a real broker, with a result per item.
import { beforeEach, describe, expect, it } from 'vitest';
import { createGate, type ChangePreview } from '../../src/core/kafka/changes/gate.ts';
import { deleteGroupOffsets, deleteGroups } from '../../src/core/kafka/changes/groups.ts';
import {
  addPartitions,
  createTopic,
  deleteRecords,
  deleteTopics,
  editTopicConfig,
  type NewTopic,
} from '../../src/core/kafka/changes/topics.ts';
import { topicSettings } from '../../src/core/kafka/topics/settings.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

const { client, tool } = await openCluster();
const shown: ChangePreview[] = [];
const gate = createGate({ name: 'test', mode: 'normal' }, (preview) => {
  shown.push(preview);
  return Promise.resolve(true);
});
const readOnly = createGate({ name: 'test', mode: 'read-only' }, () => Promise.resolve(true));
const NO = 'test is saved as read-only: nothing can be changed.';

beforeEach(() => void shown.splice(0));

const topic = async (name: string) => (await client.offsets(await client.topics([name])))[0]!;
const ends = async (name: string) => (await topic(name)).partitions.map((p) => [p.logStart, p.highWatermark]);
const overrides = async (name: string) =>
  Object.fromEntries(
    (await topicSettings(client.connection, name)).filter((s) => s.source === 'topic').map((s) => [s.name, s.value]),
  );
const fill = (name: string, partitions: number, each: number) =>
  tool.produce(
    name,
    Array.from({ length: partitions * each }, (_, i) => ({ partition: i % partitions, value: `v${i}` })),
  );
const one = (name: string): NewTopic => ({ name, partitions: 1, replicationFactor: 1, configs: {} });

describe('creating a topic', () => {
  it('gives it the partitions and settings of the preview', async () => {
    const configs = { 'cleanup.policy': 'compact', 'retention.ms': '60000' };
    const wanted: NewTopic = { name: 'changes-create', partitions: 3, replicationFactor: 1, configs };
    expect(await createTopic(client, wanted, gate)).toEqual({ done: ['changes-create'], failed: [] });
    expect(shown).toEqual([
      {
        title: 'Create the topic changes-create',
        items: ['partitions: 3', 'replicas of each: 1', 'cleanup.policy = compact', 'retention.ms = 60000'],
        subject: 'changes-create',
      },
    ]);
    expect(await ends('changes-create')).toEqual([[0, 0], [0, 0], [0, 0]]); // prettier-ignore
    expect(await overrides('changes-create')).toEqual(configs);
  });

  it('leaves to the broker what was left open, with the longest name that Kafka takes', async () => {
    const name = `changes-${'n'.repeat(241)}`;
    await createTopic(client, { name, partitions: -1, replicationFactor: -1, configs: {} }, gate);
    expect(shown[0]?.items).toEqual(["partitions: the broker's default", "replicas of each: the broker's default"]);
    expect((await topic(name)).partitions.length).toBe(3); // num.partitions of the lab
  });

  it.each<[string, Partial<NewTopic>, string]>([
    ['a name that is taken', { name: 'changes-create' }, "Topic 'changes-create' already exists."],
    [
      'a name in another script',
      { name: '주문' },
      'The topic name is not valid: letters, digits, ".", "_" and "-" are allowed',
    ],
    ['a name of 250 characters', { name: 'n'.repeat(250) }, 'The topic name is not valid'],
    ['more replicas than brokers', { replicationFactor: 9 }, 'replication'],
    ['a setting that does not exist', { configs: { 'no.such.setting': '1' } }, 'no.such.setting'],
    ['a value that makes no sense', { configs: { 'retention.ms': 'long' } }, 'retention.ms'],
  ])('says why not: %s', async (_why, wanted, because) => {
    const whole = { ...one('changes-refused'), ...wanted };
    for (const options of [{ validateOnly: true }, {}]) {
      const { done, failed } = await createTopic(client, whole, gate, options);
      expect(done).toEqual([]);
      expect(failed).toEqual([{ name: whole.name, message: expect.stringContaining(because) as string }]);
    }
    expect((await client.topics()).map((t) => t.name)).not.toContain('changes-refused');
  });

  it('only asks with validateOnly: no question, no topic', async () => {
    const { done } = await createTopic(client, one('changes-asked'), gate, { validateOnly: true });
    expect([done, shown]).toEqual([['changes-asked'], []]);
    expect((await client.topics(['changes-asked']))[0]?.error).toBe('Topic changes-asked does not exist.');
  });
});

describe('changing a topic', () => {
  it('adds partitions, and refuses to take any away', async () => {
    await tool.create('changes-grow', 2);
    await fill('changes-grow', 2, 5);
    const grown = await addPartitions(client, { name: 'changes-grow', partitions: 2, count: 4 }, gate);
    expect(grown).toEqual({ done: ['changes-grow'], failed: [] });
    expect(shown[0]?.items[0]).toBe('2 → 4 partitions; this cannot be undone');
    expect(await ends('changes-grow')).toEqual([[0, 5], [0, 5], [0, 0], [0, 0]]); // prettier-ignore
    const shrunk = await addPartitions(client, { name: 'changes-grow', partitions: 4, count: 2 }, gate);
    expect(shrunk.failed).toEqual([
      { name: 'changes-grow', message: expect.stringContaining('it can only grow') as string },
    ]);
  });

  it('edits one setting and keeps the others; a refused value changes nothing', async () => {
    const before = { 'retention.ms': '60000', 'cleanup.policy': 'compact', 'max.message.bytes': '2000' };
    await tool.create('changes-edit', 1, before);
    const edit = (name: string, from: string | null, to: string | null) =>
      editTopicConfig(client, 'changes-edit', [{ name, from, to }], gate);
    expect((await edit('retention.ms', '60000', '70000')).done).toEqual(['changes-edit']);
    expect(await overrides('changes-edit')).toEqual({ ...before, 'retention.ms': '70000' });
    expect(shown[0]?.items).toEqual(['retention.ms: 60000 → 70000']);
    expect((await edit('max.message.bytes', '2000', 'many')).failed[0]?.message).toContain('max.message.bytes');
    expect((await edit('retention.ms', '70000', null)).failed).toEqual([]);
    expect(shown.at(-1)?.items).toEqual(['retention.ms: 70000 → default']);
    expect(await overrides('changes-edit')).toEqual({ 'cleanup.policy': 'compact', 'max.message.bytes': '2000' });
  });

  it('deletes records below an offset, partition by partition; one beyond the end is refused alone', async () => {
    await tool.create('changes-records', 3);
    await fill('changes-records', 3, 10);
    const before = new Map([[0, 4], [1, 11], [2, 10]]); // prettier-ignore
    const { done, failed } = await deleteRecords(client, await topic('changes-records'), before, gate);
    expect(shown[0]?.items).toEqual([
      'this cannot be undone',
      'P0: everything below offset 4 (now from 0)',
      'P1: everything below offset 11 (now from 0)',
      'P2: everything below offset 10 (now from 0)',
    ]);
    expect(done).toEqual(['P0', 'P2']);
    expect(failed).toEqual([
      { name: 'P1', message: expect.stringContaining('The offset is not in the partition') as string },
    ]);
    expect(await ends('changes-records')).toEqual([[4, 10], [0, 10], [10, 10]]); // prettier-ignore
  });

  it('deletes several topics; one that is gone meanwhile is told apart', async () => {
    for (const name of ['changes-gone-a', 'changes-gone-b', 'changes-gone-c']) await tool.create(name, 1);
    await fill('changes-gone-a', 1, 7);
    const topics = await client.offsets(await client.topics(['changes-gone-a', 'changes-gone-b', 'changes-gone-c']));
    await tool.run('delete', 'changes-gone-b');
    const { done, failed } = await deleteTopics(client, topics, gate);
    expect(shown[0]).toEqual({
      title: 'Delete 3 topics',
      items: [
        'this cannot be undone',
        'changes-gone-a: 7 messages',
        'changes-gone-b: 0 messages',
        'changes-gone-c: 0 messages',
      ],
      subject: '3',
    });
    expect(done.sort()).toEqual(['changes-gone-a', 'changes-gone-c']);
    expect(failed).toEqual([{ name: 'changes-gone-b', message: expect.stringContaining('does not exist') as string }]);
    await expect
      .poll(async () => (await client.topics()).map((t) => t.name).filter((n) => n.startsWith('changes-gone')))
      .toEqual([]);
  });
});

describe('changing a group', () => {
  it('deletes empty groups, and says which one still runs', async () => {
    await tool.create('changes-groups', 2);
    for (const group of ['changes-idle-a', 'changes-idle-b'])
      await tool.commit(group, 'changes-groups', { 0: 0, 1: 0 });
    await tool.join({ kind: 'classic', group: 'changes-busy', clientId: 'busy', topics: ['changes-groups'] });
    const ids = ['changes-busy', 'changes-idle-a', 'changes-idle-b'];
    const { done, failed } = await deleteGroups(client, await client.describeGroups(ids), gate);
    expect([shown[0]?.title, shown[0]?.subject, [shown[0]?.items[0], ...(shown[0]?.items.slice(2) ?? [])]]).toEqual([
      'Delete 3 groups',
      '3',
      [
        'this cannot be undone',
        'changes-idle-a: 2 committed positions are forgotten',
        'changes-idle-b: 2 committed positions are forgotten',
      ],
    ]);
    expect(done.sort()).toEqual(['changes-idle-a', 'changes-idle-b']);
    const running = 'changes-busy is running: stop its members first (busy 127.0.0.1).';
    expect(failed).toEqual([{ name: 'changes-busy', message: running }]);
    expect((await client.groups()).groups.map((g) => g.group)).not.toContain('changes-idle-a');
    await tool.leave('changes-busy');
  });

  it('forgets where a group stands on one topic, and nothing else', async () => {
    for (const name of ['changes-kept', 'changes-forgotten']) {
      await tool.create(name, 2);
      await tool.commit('changes-forgetful', name, { 0: 0, 1: 0 });
    }
    const group = async () => (await client.describeGroups(['changes-forgetful']))[0]!;
    const outcome = await deleteGroupOffsets(client, await group(), 'changes-forgotten', gate);
    expect(outcome).toEqual({ done: ['P0', 'P1'], failed: [] });
    expect(shown[0]?.items).toEqual(['P0: 0 → none', 'P1: 0 → none']);
    expect((await group()).offsets.map((o) => o.topic)).toEqual(['changes-kept', 'changes-kept']);
  });
});

it('changes nothing of a read-only connection', async () => {
  await tool.create('changes-locked', 1, { 'retention.ms': '60000' });
  await fill('changes-locked', 1, 3);
  await tool.commit('changes-locked', 'changes-locked', { 0: 1 });
  const locked = await topic('changes-locked');
  const [group] = await client.describeGroups(['changes-locked']);
  const change = { name: 'retention.ms', from: '60000', to: '1' };
  const attempts = [
    createTopic(client, one('changes-never'), readOnly),
    addPartitions(client, { name: 'changes-locked', partitions: 1, count: 2 }, readOnly),
    editTopicConfig(client, 'changes-locked', [change], readOnly),
    deleteRecords(client, locked, new Map([[0, 3]]), readOnly),
    deleteTopics(client, [locked], readOnly),
    deleteGroups(client, [group!], readOnly),
    deleteGroupOffsets(client, group!, 'changes-locked', readOnly),
  ];
  for (const attempt of attempts) await expect(attempt).rejects.toThrow(NO);
  expect(await ends('changes-locked')).toEqual([[0, 3]]);
  expect(await overrides('changes-locked')).toEqual({ 'retention.ms': '60000' });
  expect((await client.describeGroups(['changes-locked']))[0]?.offsets[0]?.committed).toBe(1);
  expect((await client.topics()).map((t) => t.name)).not.toContain('changes-never');
});
