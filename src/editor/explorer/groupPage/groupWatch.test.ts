import { expect, test } from 'vitest';
import type { Group } from '../../../core/kafka/clusterClient.ts';
import { GroupWatch } from './groupWatch.ts';

const topics = new Set(['orders']);

function group(committed: number | null, end: number, more: Partial<Group> = {}): Group {
  return {
    group: 'billing',
    type: 'classic',
    state: 'Stable',
    protocolType: 'consumer',
    coordinator: 2,
    assignor: 'range',
    members: [{ memberId: 'm1', clientId: 'C1', host: '/h', assignment: [{ topic: 'orders', partitions: [0] }] }],
    offsets: [
      {
        topic: 'orders',
        partition: 0,
        committed,
        logStart: 0,
        highWatermark: end,
        lag: committed === null ? null : end - committed,
        gone: 0,
        ahead: 0,
      },
    ],
    ...more,
  };
}
const stuck = (watch: GroupWatch, g: Group, at: number) => watch.observe(g, topics, at).cells[0]?.stuckForMs;

test('stuck: the same member holds a lagging partition whose commit has not moved for 30 s', () => {
  const watch = new GroupWatch();
  expect(stuck(watch, group(50, 100), 0)).toBeNull();
  expect(stuck(watch, group(50, 120), 29_999)).toBeNull();
  expect(stuck(watch, group(50, 120), 30_000)).toBe(30_000);
  expect(stuck(watch, group(51, 120), 31_000)).toBeNull();
  expect(stuck(watch, group(51, 120), 61_000)).toBe(30_000);
});

test('not stuck: nothing to read, or nobody to read it', () => {
  const watch = new GroupWatch();
  stuck(watch, group(100, 100), 0);
  expect(stuck(watch, group(100, 100), 60_000)).toBeNull();
  const idle = new GroupWatch();
  stuck(idle, group(50, 100, { members: [], state: 'Empty' }), 0);
  expect(stuck(idle, group(50, 100, { members: [], state: 'Empty' }), 60_000)).toBeNull();
});

test('another member starts a new clock', () => {
  const watch = new GroupWatch();
  stuck(watch, group(50, 100), 0);
  const members = [{ memberId: 'm2', clientId: 'C2', host: '/h', assignment: [{ topic: 'orders', partitions: [0] }] }];
  expect(stuck(watch, group(50, 100, { members }), 40_000)).toBeNull();
});

test('rebalances: seen ones once, unseen ones by their result', () => {
  const watch = new GroupWatch();
  const count = (g: Group) => watch.observe(g, topics, 0).rebalances;
  const members = [{ memberId: 'm2', clientId: 'C2', host: '/h', assignment: [{ topic: 'orders', partitions: [0] }] }];
  expect(count(group(1, 1))).toBe(0);
  expect(count(group(1, 1, { state: 'PreparingRebalance' }))).toBe(1);
  expect(count(group(1, 1, { state: 'CompletingRebalance' }))).toBe(1);
  expect(count(group(1, 1, { members }))).toBe(1);
  expect(count(group(1, 1, { members }))).toBe(1);
  expect(count(group(1, 1))).toBe(2);
  expect(count(group(1, 1, { error: 'Broker 2 did not answer.', members: [] }))).toBe(2);
});

test('growth is the change of lag per second over the last answers', () => {
  const watch = new GroupWatch();
  expect(watch.observe(group(0, 100), topics, 0).growth).toBeNull();
  expect(watch.observe(group(0, 180), topics, 2_000)).toMatchObject({ growth: 40, lag: 180, trend: [100, 180] });
});

test('a never committed partition has no lag, and counts in no sum', () => {
  const block = new GroupWatch().observe(group(null, 100), topics, 0);
  expect(block).toMatchObject({ lag: null, trend: [] });
  expect(block.cells[0]).toMatchObject({ committed: null, lag: null, memberIds: ['m1'] });
});

test('the members of a share group hold a partition together, and are stuck together', () => {
  const assignment = [{ topic: 'orders', partitions: [0] }];
  const member = (memberId: string, clientId: string) => ({ memberId, clientId, host: '/h', assignment });
  const both = { type: 'share', members: [member('m2', 'C2'), member('m1', 'C1')] } as const;
  const share = (more: Partial<Group>) => group(50, 100, more);
  const watch = new GroupWatch();
  expect(watch.observe(share({ ...both, members: [...both.members] }), topics, 0).cells[0]?.memberIds).toEqual([
    'm1',
    'm2',
  ]);
  // The order in which the broker tells them means nothing.
  expect(stuck(watch, share({ ...both, members: both.members.toReversed() }), 30_000)).toBe(30_000);
  expect(stuck(watch, share({ ...both, members: [member('m1', 'C1')] }), 31_000)).toBeNull();
});
