import { expect, test } from 'vitest';
import type { ClusterClient } from '../../core/kafka/clusterClient.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import { ClusterSessions } from './clusterSessions.ts';
import { LiveRefresh } from './liveRefresh.ts';

const profile: ClusterProfile = { id: 'c', name: 'c', bootstrap: ['b:9092'] };

/** A cluster that notes what it is asked for, and fails where it is told to. */
function cluster() {
  const asked: string[] = [];
  const failing = new Set<string>();
  const topics = new Set(['orders', 'payments']);
  const note = <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    const fails = failing.has(what.split(' ')[0] ?? '');
    return fails ? Promise.reject(new Error(`${what} failed. Try again.`)) : Promise.resolve(answer);
  };
  const client: ClusterClient = {
    describe: () => note('describe', { clusterId: 'x', version: '4.1', brokers: [] }),
    controller: () => note('controller', 1),
    topics: () =>
      note(
        'topics',
        [...topics].map((name) => ({ name, internal: false, partitions: [] })),
      ),
    offsets: () => note('offsets', []),
    groups: () => note('groups', { groups: [], errors: [] }),
    describeGroups: () => note('describeGroups', []),
    groupsOfTopic: () => note('groupsOfTopic', []),
    topicSettings: (topic) => note(`topicSettings ${topic}`, []),
    brokerSettings: (id) => note(`brokerSettings ${id}`, []),
    brokerVersions: () => note('brokerVersions', new Map()),
    topicSizes: () => note('sizes', new Map()),
    timePoints: () => note('timePoints', new Map()),
    logDirectories: (id) => note(`logs ${id}`, []),
    connection: undefined as never,
    close: () => Promise.resolve(),
  };
  const sessions = new ClusterSessions(
    () => note('connect', client),
    () => undefined,
    () => [],
  );
  const session = sessions.of(profile);
  /** What one round asks for while these nodes are open. */
  const round = async (...visible: string[]) => {
    asked.length = 0;
    const open = new Set(visible.map((id) => `c/${id}`.replace(/\/$/, '')));
    await new LiveRefresh({ sessions, seconds: () => 0, visible: () => open }).round();
    return asked.toSorted();
  };
  /** What the person's refresh asks for. */
  const refresh = async () => {
    asked.length = 0;
    await session.refresh();
    return asked.toSorted();
  };
  return { session, failing, topics, round, refresh };
}

test('asks for what is open and was shown before, nothing else', async () => {
  const { session, round } = cluster();
  expect(await round('topics')).toEqual([]);
  await session.description.ensure();
  expect(await round('')).toEqual([]);
  expect(await round('topics')).toEqual([]);
  await Promise.all([session.topics, session.offsets, session.groups, session.groupListing].map((f) => f.ensure()));
  expect(await round('topics')).toEqual(['describeGroups', 'groups', 'offsets', 'topics']);
  expect(await round('groups')).toEqual(['describeGroups', 'groups']);
  expect(await round('brokers')).toEqual(['controller', 'describe']);
});

test('asks brokers for the logs that are open, not again for those that were refused', async () => {
  const { session, failing, round } = cluster();
  await session.description.ensure();
  const open = ['brokers', 'brokers/broker/2', 'brokers/broker/2/logs', 'brokers/broker/10'];
  expect(await round(...open)).toEqual(['controller', 'describe', 'logs 2']);
  failing.add('logs');
  expect(await round(...open)).toEqual(['controller', 'describe', 'logs 2']);
  expect(await round(...open)).toEqual(['controller', 'describe']);
});

test('asks a connected cluster that does not answer until it is back', async () => {
  const { session, failing, round } = cluster();
  await session.description.ensure();
  failing.add('describe');
  await round('brokers');
  expect(session.description.error).toBe('describe failed. Try again.');
  expect(await round('')).toEqual(['controller', 'describe']);
  failing.clear();
  await round('');
  expect(session.description.error).toBeUndefined();
  expect(await round('')).toEqual([]);
});

test('leaves a cluster that refused the connection to the person', async () => {
  const { session, failing, round } = cluster();
  await session.description.ensure();
  failing.add('describe').add('connect');
  await session.refresh();
  await session.refresh();
  expect(session.description.error).toBe('connect failed. Try again.');
  expect(await round('topics', 'brokers')).toEqual([]);
  failing.clear();
  await session.refresh();
  expect(await round('brokers')).toEqual(['controller', 'describe']);
});

test('a refresh asks again for what somebody looked at, not for what only could have been', async () => {
  const { session, topics, refresh } = cluster();
  await Promise.all([session.description, session.topics].map((f) => f.ensure()));
  // Drawing a topic or a broker makes these; opening them asks.
  for (const name of ['orders', 'payments']) session.settingsOfTopic(name);
  session.settingsOfBroker(2);
  session.logDirectories(2);
  expect(await refresh()).toEqual(['controller', 'describe', 'topics']);
  await Promise.all([session.settingsOfTopic('orders'), session.logDirectories(2)].map((f) => f.ensure()));
  expect(await refresh()).toEqual(['controller', 'describe', 'logs 2', 'topicSettings orders', 'topics']);
  topics.delete('orders');
  await refresh();
  expect(await refresh()).toEqual(['controller', 'describe', 'logs 2', 'topics']);
});

test('a look that comes by itself is no new question of the person', async () => {
  const { session, round, refresh } = cluster();
  await session.description.ensure();
  const { asked } = session;
  expect(await round('brokers')).toEqual(['controller', 'describe']);
  expect(session.asked).toBe(asked);
  await refresh();
  expect(session.asked).not.toBe(asked);
});
