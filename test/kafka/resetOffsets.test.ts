// Groups of every type that the broker has, made by Java clients: a reset is refused while one of them reads, and
// exact once nobody does. Kafka's own admin client tells where the group stands afterwards.
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { deleteGroupOffsets, deleteGroups } from '../../src/core/kafka/changes/groups.ts';
import { createGate, type ChangePreview } from '../../src/core/kafka/changes/gate.ts';
import { applyReset, undoOf } from '../../src/core/kafka/changes/resetOffsets.ts';
import { planReset, type ResetPlan } from '../../src/core/kafka/changes/resetPlan.ts';
import type { ResetTarget } from '../../src/core/kafka/changes/resetTarget.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

// Kafka 3.9 has the new consumer protocol turned off and knows neither share nor streams groups.
const KINDS = inject('kafka').version.startsWith('3.')
  ? (['classic'] as const)
  : (['classic', 'consumer', 'share', 'streams'] as const);
type Kind = (typeof KINDS)[number];

/** Log start and high watermark of each partition of a topic that `logs` made. */
const LOGS = [
  { logStart: 0, end: 10 },
  { logStart: 3, end: 10 },
  { logStart: 0, end: 0 },
] as const;
const FIRST_TIME = 1_700_000_000_000;
const UNTIL = { timeout: 20_000 };

const { client, tool } = await openCluster();
const shown: ChangePreview[] = [];
const gate = createGate({ name: 'test', mode: 'normal' }, (preview) => {
  shown.push(preview);
  return Promise.resolve(true);
});

/** A topic as {@link LOGS} says; message N of a partition is of second N. */
async function logs(topic: string): Promise<void> {
  await tool.create(topic, LOGS.length);
  const records = LOGS.flatMap(({ end }, partition) =>
    Array.from({ length: end }, (_, i) => ({ partition, timestamp: FIRST_TIME + i * 1000, value: `v${i}` })),
  );
  await tool.produce(topic, records);
  await tool.run('delete-records', topic, 1, LOGS[1].logStart);
}

/** A group of that type whose one member reads nothing; empty once the member has left. */
async function join(kind: Kind, group: string, topic: string): Promise<void> {
  const settings = kind === 'classic' || kind === 'consumer' ? { read: 'false' } : {};
  await tool.join({ kind, group, clientId: `${group}-member`, topics: [topic], settings });
  await expect
    .poll(async () => (await client.describeGroups([group]))[0]?.members.map((m) => m.clientId), UNTIL)
    .toEqual([`${group}-member`]);
}

async function leave(group: string): Promise<void> {
  await tool.leave(group);
  await expect
    .poll(async () => (await client.groups()).groups.find((g) => g.group === group)?.state, UNTIL)
    .toBe('Empty');
}

const stand = (kind: Kind, group: string, topic: string, offsets: Record<number, number>) =>
  kind === 'share'
    ? tool.run('move-starts', group, topic, ...Object.entries(offsets).map(([p, offset]) => `${p}=${offset}`))
    : tool.commit(group, topic, offsets);

/** Partition -> offset, as Kafka's own client tells it. */
async function standing(kind: Kind, group: string): Promise<Record<string, number>> {
  const [offsets] = await tool.run(kind === 'share' ? 'starts' : 'offsets', group);
  return Object.fromEntries(
    Object.entries(offsets as Record<string, number>).map(([place, offset]) => [place.replace(/.*-/, ''), offset]),
  );
}

const rows = (plan: ResetPlan) => plan.changes.map((c) => [c.partition, c.from, c.to, c.lagBefore, c.lagAfter]);

describe.each(KINDS)('a reset of a %s group', (kind) => {
  const group = `reset-${kind}`;
  const topic = `reset-${kind}-topic`;
  const plan = (target: ResetTarget, partitions?: number[]) =>
    planReset(client, group, [partitions ? { topic, partitions } : { topic }], target);
  const running = `${group} is running: stop its members first (${group}-member 127.0.0.1).`;

  beforeAll(() => logs(topic));

  it('is refused while a member reads, which is named', async () => {
    await join(kind, group, topic);
    for (const target of [{ kind: 'earliest' }, { kind: 'offset', offset: 1 }] as const)
      await expect(plan(target)).rejects.toThrow(running);
    await leave(group);
  });

  it('is refused by the broker when a member comes between the plan and its execution, which is named too', async () => {
    await stand(kind, group, topic, { 0: 4 });
    const planned = await plan({ kind: 'offset', offset: 9 });
    expect(planned.changes.length).toBe(3);
    await join(kind, group, topic);
    const { done, failed } = await applyReset(client, planned, gate);
    expect(done).toEqual([]);
    expect(failed).toEqual(planned.changes.map((change) => ({ change, message: running })));
    await leave(group);
    // A share group's member may have read on from 4 meanwhile; nothing was moved to 9.
    expect((await standing(kind, group))['0']).toBeLessThan(9);
  });

  it.each<[string, ResetTarget, (number | null)[][]]>([
    ['earliest', { kind: 'earliest' }, [[0, 4, 0, 6, 10], [1, 7, 3, 3, 7], [2, 0, 0, 0, 0]]], // prettier-ignore
    ['latest', { kind: 'latest' }, [[0, 4, 10, 6, 0], [1, 7, 10, 3, 0], [2, 0, 0, 0, 0]]], // prettier-ignore
    ['an offset, kept within the log', { kind: 'offset', offset: 2 }, [[0, 4, 2, 6, 8], [1, 7, 3, 3, 7], [2, 0, 0, 0, 0]]], // prettier-ignore
    ['a time', { kind: 'time', timestamp: FIRST_TIME + 4500 }, [[0, 4, 5, 6, 5], [1, 7, 5, 3, 5], [2, 0, 0, 0, 0]]], // prettier-ignore
    ['a shift', { kind: 'shift', by: -3 }, [[0, 4, 1, 6, 9], [1, 7, 4, 3, 6], [2, 0, 0, 0, 0]]], // prettier-ignore
  ])('moves an empty one to %s, exactly', async (_name, target, expected) => {
    await stand(kind, group, topic, { 0: 4, 1: 7, 2: 0 });
    const planned = await plan(target);
    expect([rows(planned), planned.problems]).toEqual([expected, []]);
    const { done, failed } = await applyReset(client, planned, gate);
    expect([done, failed]).toEqual([planned.changes, []]);
    expect(await standing(kind, group)).toEqual(Object.fromEntries(expected.map(([p, , to]) => [String(p), to])));
    expect((await client.describeGroups([group]))[0]?.offsets.map((o) => [o.partition, o.committed])).toEqual(
      expected.map(([p, , to]) => [p, to]),
    );
  });

  it('moves the chosen partitions only, to where another group stands, and back', async () => {
    const other = `${group}-other`;
    await tool.commit(other, topic, { 0: 6, 1: 8 });
    await stand(kind, group, topic, { 0: 4, 1: 7, 2: 0 });
    const copied = await plan({ kind: 'group', group: other }, [1, 2]);
    expect(rows(copied)).toEqual([[1, 7, 8, 3, 2]]);
    expect(copied.problems).toEqual([`${topic} P2: ${other} never committed here, there is no position to copy.`]);
    await applyReset(client, copied, gate);
    expect(await standing(kind, group)).toEqual({ 0: 4, 1: 8, 2: 0 });
    const back = copied.changes.map((c) => ({ ...c, from: c.to, to: c.from! }));
    await applyReset(client, { ...copied, changes: back }, gate);
    expect(await standing(kind, group)).toEqual({ 0: 4, 1: 7, 2: 0 });
  });

  it('is undone exactly, also where it never committed', async () => {
    const [undone, other] = [`${group}-undone`, `${topic}-other`];
    await tool.create(other, 1);
    await join(kind, undone, topic);
    await leave(undone);
    await stand(kind, undone, topic, { 0: 4 });
    const everything = () => tool.run(kind === 'share' ? 'starts' : 'offsets', undone);
    const before = await everything();
    const reset = async (of: string) => {
      const planned = await planReset(client, undone, [{ topic: of }], { kind: 'latest' });
      const { done, failed } = await applyReset(client, planned, gate);
      expect([done, failed]).toEqual([planned.changes, []]);
      return planned;
    };
    const undo = (plan: ResetPlan) => applyReset(client, { ...plan, changes: undoOf(plan.changes) }, gate);

    const never = await reset(other);
    expect(rows(never)).toEqual([[0, null, 0, null, 0]]);
    expect(await everything()).not.toEqual(before);
    shown.length = 0;
    expect((await undo(never)).failed).toEqual([]);
    expect(shown[0]!.items[0]).toBe(`${other} P0: 0 → none`);
    expect(await everything()).toEqual(before);

    const partly = await reset(topic);
    expect((await standing(kind, undone))['0']).toBe(10);
    const none = partly.changes.filter((c) => c.from === null);
    expect(none.length).toBe(2);
    const { failed } = await undo(partly);
    if (kind === 'share') {
      const why = 'A share group forgets a topic as a whole only, and it stands on P0, too.';
      expect(failed.map((f) => [f.change.partition, f.message])).toEqual(none.map((c) => [c.partition, why]));
      expect((await standing(kind, undone))['0']).toBe(4);
    } else {
      expect(failed).toEqual([]);
      expect(await everything()).toEqual(before);
    }
  });

  it('says in the preview what exactly changes, and what it means for this type', async () => {
    const planned = await plan({ kind: 'earliest' }, [0, 1]);
    shown.length = 0;
    await applyReset(client, planned, gate);
    const means = {
      classic: [],
      consumer: [],
      share: ['A share group gives out everything from the new offset on again, acknowledged or not.'],
      streams: [
        'State stores, changelogs and repartition topics of a streams group stay as they are: what is read again is added to what they hold.',
      ],
    }[kind];
    expect(shown).toEqual([
      {
        title: `Reset the offsets of ${group}`,
        items: [`${topic} P0: 4 → 0`, `${topic} P1: 7 → 3`, ...means],
        subject: group,
      },
    ]);
  });

  it('gives a member the very next message', async () => {
    if (kind === 'streams') return expect(await standing(kind, group)).toEqual({ 0: 0, 1: 3, 2: 0 }); // no engine in the lab
    await applyReset(client, await plan({ kind: 'offset', offset: 8 }), gate);
    const lags = async () => (await client.describeGroups([group]))[0]?.offsets.map((o) => o.lag);
    expect(await lags()).toEqual([2, 2, 0]);
    await tool.join({ kind, group, clientId: 'reader', topics: [topic] });
    await expect.poll(lags, UNTIL).toEqual([0, 0, 0]);
    // A share group's start follows later.
    if (kind !== 'share') expect(await standing(kind, group)).toEqual({ 0: 10, 1: 10, 2: 0 });
    await leave(group);
  });

  it('can be followed by forgetting: the offsets of a topic, then the group', async () => {
    await stand(kind, group, topic, { 0: 4, 1: 7, 2: 0 });
    const [described] = await client.describeGroups([group]);
    const forgotten = await deleteGroupOffsets(client, described!, topic, gate);
    expect(forgotten).toEqual({ done: ['P0', 'P1', 'P2'], failed: [] });
    const left = (await client.groups()).groups.filter((g) => g.group === group);
    // Kafka removes a group whose last commit is deleted, sooner or later.
    if (left.length > 0) {
      expect(await standing(kind, group)).toEqual({});
      const [now] = await client.describeGroups([group]);
      const deleted = await deleteGroups(client, [now!], gate);
      if (deleted.failed.length > 0) expect(deleted.failed[0]?.message).toContain('does not exist');
    }
    await expect.poll(async () => (await client.groups()).groups.some((g) => g.group === group), UNTIL).toBe(false);
  });
});
