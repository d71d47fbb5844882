import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { Group } from '../../src/core/kafka/clusterClient.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

const records = (count: number) => Array.from({ length: count }, (_, i) => ({ partition: i % 3, value: `v${i}` }));

/** Only what is the same in every run. */
const members = (group: Group | undefined) =>
  group?.members
    .map(({ clientId, assignment }) => ({ clientId, assignment }))
    .sort((a, b) => (a.clientId < b.clientId ? -1 : 1));

// Kafka 3.9 has the new consumer protocol turned off and knows neither share nor streams groups.
const kinds = inject('kafka').version.startsWith('3.')
  ? (['classic'] as const)
  : (['classic', 'consumer', 'share', 'streams'] as const);
const has = (kind: (typeof kinds)[number]) => kinds.some((k) => k === kind);

const { client, tool } = await openCluster();

describe('groups of every type', () => {
  const one = async (id: string): Promise<Group | undefined> => (await client.describeGroups([id]))[0];

  beforeAll(async () => {
    await tool.create('groups-orders', 3);
    await tool.produce('groups-orders', records(30));
  });

  it('shows what an empty group committed, and null where it never did', async () => {
    await tool.commit('groups-empty', 'groups-orders', { 0: 4, 2: 12 });
    expect(await one('groups-empty')).toEqual({
      group: 'groups-empty',
      type: 'classic',
      state: 'Empty',
      protocolType: '',
      coordinator: expect.any(Number),
      assignor: null,
      members: [],
      offsets: [
        {
          topic: 'groups-orders',
          partition: 0,
          committed: 4,
          logStart: 0,
          highWatermark: 10,
          lag: 6,
          gone: 0,
          ahead: 0,
        },
        {
          topic: 'groups-orders',
          partition: 1,
          committed: null,
          logStart: 0,
          highWatermark: 10,
          lag: null,
          gone: null,
          ahead: null,
        },
        {
          topic: 'groups-orders',
          partition: 2,
          committed: 12,
          logStart: 0,
          highWatermark: 10,
          lag: 0,
          gone: 0,
          ahead: 2,
        },
      ],
    });
  });

  it('counts what Kafka deleted below a commit, apart from the lag', async () => {
    await tool.create('groups-gone', 1);
    await tool.produce(
      'groups-gone',
      Array.from({ length: 10 }, () => ({ partition: 0, value: 'v' })),
    );
    await tool.commit('groups-gone', 'groups-gone', { 0: 2 });
    await tool.run('delete-records', 'groups-gone', 0, 7);
    expect((await one('groups-gone'))?.offsets).toEqual([
      { topic: 'groups-gone', partition: 0, committed: 2, logStart: 7, highWatermark: 10, lag: 3, gone: 5, ahead: 0 },
    ]);
  });

  it('keeps a commit on a deleted topic, with an error instead of numbers', async () => {
    await tool.create('groups-deleted', 1);
    await tool.commit('groups-deleted', 'groups-deleted', { 0: 5 });
    await tool.run('delete', 'groups-deleted');
    const group = await one('groups-deleted');
    // Kafka removes the commits of a deleted topic sooner or later; until then they are told with the reason.
    for (const row of group?.offsets ?? []) {
      expect(row).toMatchObject({
        committed: 5,
        logStart: null,
        lag: null,
        error: 'Topic groups-deleted does not exist.',
      });
    }
  });

  it.each(kinds.filter((k) => k === 'classic' || k === 'consumer'))(
    'shows who reads what in a %s group',
    async (kind) => {
      const group = `groups-live-${kind}`;
      const settings = { read: 'false' };
      await tool.join({ kind, group, clientId: 'c1', topics: ['groups-orders'], settings });
      await tool.join({ kind, group, clientId: 'c2', topics: ['groups-orders'], settings });
      await expect
        .poll(
          async () =>
            members(await one(group))
              ?.map((m) => m.assignment.flatMap((a) => a.partitions).length)
              .sort(),
          { timeout: 20_000 },
        )
        .toEqual([1, 2]);
      const described = await one(group);
      expect(described).toMatchObject({ type: kind, state: 'Stable', coordinator: 1 });
      expect(described?.assignor).toEqual(kind === 'classic' ? 'range' : 'uniform');
      expect(described?.members.flatMap((m) => m.assignment.flatMap((a) => a.partitions)).sort()).toEqual([0, 1, 2]);
      expect(described?.members.every((m) => m.host === '127.0.0.1')).toBe(true);
      expect(described?.offsets.map((o) => [o.partition, o.highWatermark])).toEqual([
        [0, 10],
        [1, 10],
        [2, 10],
      ]);
      await tool.leave(group);
    },
  );

  if (has('share'))
    it('shows a share group with its start offsets', async () => {
      const group = 'groups-share';
      await tool.create('groups-shared', 1);
      await tool.startMember({ kind: 'share', group, clientId: 's1', topics: ['groups-shared'] });
      await expect
        .poll(async () => members(await one(group)), { timeout: 20_000 })
        .toEqual([{ clientId: 's1', assignment: [{ topic: 'groups-shared', partitions: [0] }] }]);
      await expect
        .poll(
          async () => {
            await tool.produce('groups-shared', [{ partition: 0, value: 'v' }]);
            return (await one(group))?.offsets[0]?.committed;
          },
          { timeout: 20_000, interval: 200 },
        )
        .toEqual(expect.any(Number));
      const described = await one(group);
      expect(described).toMatchObject({
        type: 'share',
        state: 'Stable',
        offsets: [{ topic: 'groups-shared', gone: 0, ahead: 0 }],
      });
      expect(described?.error).toBeUndefined();
      await tool.leave(group);
    });

  if (has('streams'))
    it('shows a streams group with the partitions of its tasks', async () => {
      const group = 'groups-streams';
      await tool.join({ kind: 'streams', group, clientId: 'k1', topics: ['groups-orders'] });
      await expect
        .poll(async () => members(await one(group)), { timeout: 20_000 })
        .toEqual([{ clientId: 'k1', assignment: [{ topic: 'groups-orders', partitions: [0, 1, 2] }] }]);
      const described = await one(group);
      expect(described).toMatchObject({ type: 'streams', state: 'Stable', assignor: null });
      expect(described?.error).toBeUndefined();
      expect(described?.offsets.map((o) => [o.topic, o.partition, o.highWatermark])).toEqual(
        [0, 1, 2].map((p) => ['groups-orders', p, 10]),
      );
      await tool.leave(group);
    });

  it('lists them all and finds the readers of a topic', async () => {
    const { groups, errors } = await client.groups();
    expect(errors).toEqual([]);
    const types = Object.fromEntries(groups.map((g) => [g.group, g.type]));
    expect(types).toMatchObject({
      'groups-empty': 'classic',
      'groups-gone': 'classic',
      ...(has('share') ? { 'groups-share': 'share' } : {}),
    });
    expect((await client.groupsOfTopic('groups-gone')).map((g) => g.group)).toEqual(['groups-gone']);
  });

  it('says that a group does not exist', async () => {
    expect(await client.describeGroups(['groups-nobody', 'groups-empty'])).toMatchObject([
      { group: 'groups-empty' },
      {
        group: 'groups-nobody',
        state: 'Dead',
        error: 'Group groups-nobody does not exist, or you lack the right Describe on it.',
        offsets: [],
      },
    ]);
  });
});
