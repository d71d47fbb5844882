import { expect, test } from 'vitest';
import type { Group } from '../../../core/kafka/clusterClient.ts';
import { ClusterSession } from '../clusterSession.ts';
import { client, group, offset, partition, profile, session, topic } from '../explorerTree.fixture.ts';
import { clusterOf, GroupBoardSource } from './groupBoard.ts';

const lag = (n: number): Group =>
  group('billing', { offsets: [offset({ topic: 'orders', partition: 0, committed: 100 - n, lag: n })] });
const topics = [topic('orders', [partition(0), partition(1)])];
const now = () => 5_000;

test('a page goes on with the connection that takes the place of an edited one, and says when the cluster is gone', async () => {
  const first = session({ topics, groups: [lag(5)] });
  let current: typeof first | undefined = first;
  const source = new GroupBoardSource(clusterOf(first), () => current, { group: 'billing' });
  const before = await source.next(now, 1);
  expect(before).toMatchObject({ at: 5_000, topics: [{ topic: 'orders', partitions: [0, 1] }] });
  expect(before.groups.map((g) => g.lag)).toEqual([5]);

  current = session({ topics, groups: [lag(2)] });
  await first.close();
  const after = await source.next(now, 1);
  expect(after.groups.map((g) => [g.lag, g.trend])).toEqual([[2, [5, 2]]]);
  expect(after.error).toBeUndefined();

  current = undefined;
  const gone = await source.next(now, 1);
  expect(gone.error).toBe('This cluster is not saved here any more. Add it again.');
  expect(gone.groups.map((g) => g.lag)).toEqual([2]);
});

test('says why a topic cannot be seen, and not that nobody reads it', async () => {
  const unlisted = 'You are not allowed to see or change this topic.';
  const hidden = session({ topics, groups: [lag(5)], unlisted });
  const board = await new GroupBoardSource(clusterOf(hidden), () => hidden, { topic: 'secrets' }).next(now, 1);
  expect(board).toMatchObject({ at: 5_000, groups: [], error: unlisted });
  const seen = await new GroupBoardSource(clusterOf(hidden), () => hidden, { topic: 'orders' }).next(now, 1);
  expect(seen.error).toBeUndefined();
  expect(seen.groups.map((g) => g.lag)).toEqual([5]);
});

test('leaves a cluster alone from which the person has disconnected, until the person asks', async () => {
  let current = session({ topics, groups: [lag(5)] });
  const source = new GroupBoardSource(clusterOf(current), () => current, { group: 'billing' });
  await source.next(now, 1);
  let connects = 0;
  const connect = () => (connects++, Promise.resolve(client({ topics, groups: [lag(2)] })));
  current = new ClusterSession(profile, connect, () => undefined, undefined, true);
  const left = await source.next(now, 1, true);
  expect(left.error).toBe('You have disconnected from this cluster. Refresh connects again.');
  expect([connects, ...left.groups.map((g) => g.lag)]).toEqual([0, 5]);
  const again = await source.next(now, 1);
  expect(again.error).toBeUndefined();
  expect([connects, ...again.groups.map((g) => g.lag)]).toEqual([1, 2]);
});

test('a page that came back asks nothing of a cluster from which the person has disconnected, nor of one that is gone', async () => {
  let connects = 0;
  const connect = () => (connects++, Promise.resolve(client({ topics, groups: [lag(2)] })));
  let current: ClusterSession | undefined = new ClusterSession(profile, connect, () => undefined, undefined, true);
  const cluster = { id: 'c1', name: 'local' };
  const source = new GroupBoardSource(cluster, () => current, { group: 'billing' });
  const nothing = { at: null, seenAt: null, groups: [], topics: [], refreshSeconds: 1, focus: { group: 'billing' } };
  expect(await source.next(now, 1, true)).toMatchObject({
    ...nothing,
    error: 'You have disconnected from this cluster. Refresh connects again.',
  });
  expect(connects).toBe(0);
  current = undefined;
  const error = 'This cluster is not saved here any more. Add it again.';
  expect(await source.next(now, 1)).toMatchObject({ ...nothing, error });
});

test('says which broker did not tell its groups: nobody may read the topic, or one of those does', async () => {
  const brokerErrors = [{ broker: 2, message: 'Broker 2 cannot be reached any more: it is down.' }];
  const partial = session({ topics, groups: [], brokerErrors });
  const board = await new GroupBoardSource(clusterOf(partial), () => partial, { topic: 'orders' }).next(now, 1);
  expect(board).toMatchObject({ at: 5_000, groups: [], error: 'Broker 2 cannot be reached any more: it is down.' });
});

test('says why a group is not there, and when it was, if it ever was', async () => {
  const groups = [lag(5)];
  const source = session({ topics, groups });
  const never = await new GroupBoardSource(clusterOf(source), () => source, { group: 'nobody' }).next(now, 1);
  expect(never).toMatchObject({ at: 5_000, groups: [], error: 'Group nobody does not exist.', seenAt: null });
  const board = new GroupBoardSource(clusterOf(source), () => source, { group: 'billing' });
  expect(await board.next(now, 1)).toMatchObject({ seenAt: 5_000 });
  groups.length = 0;
  const gone = await board.next(() => 65_000, 1);
  expect(gone).toMatchObject({ at: 65_000, groups: [], error: 'Group billing does not exist.', seenAt: 5_000 });
});

test('stays as it was when the cluster last answered, and takes no silence for a group that stands still', async () => {
  const held = group('billing', {
    state: 'Stable',
    members: [{ memberId: 'm-1', clientId: 'c', host: 'h', assignment: [{ topic: 'orders', partitions: [0] }] }],
    offsets: [offset({ topic: 'orders', partition: 0, committed: 95, lag: 5 })],
  });
  let down: Error | undefined;
  const source = session({ topics, groups: [held], down: () => down });
  const board = new GroupBoardSource(clusterOf(source), () => source, { group: 'billing' });
  const before = await board.next(now, 1);
  down = new Error('Nothing listens on localhost:9092.');
  const later = () => 5_000 + 60_000;
  expect(await board.next(later, 1)).toEqual({ ...before, error: down.message });
  down = undefined;
  const after = await board.next(later, 1);
  expect([after.at, after.error, after.groups[0]?.trend]).toEqual([65_000, undefined, [5, 5]]);
});
