import { expect, test, vi } from 'vitest';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import { ClusterSessions } from './clusterSessions.ts';
import { client, everything, profile, rows } from './explorerTree.fixture.ts';
import { Facet } from './facet.ts';
import { clusterNode } from './nodes/clusterNode.ts';

/** Sessions over a cluster that is told when to answer, or to refuse. */
function sessions() {
  const log: string[] = [];
  const refusals: Error[] = [];
  const all = new ClusterSessions(
    ({ name }: ClusterProfile) => {
      log.push(`connect ${name}`);
      const refusal = refusals.shift();
      if (refusal !== undefined) return Promise.reject(refusal);
      const close = () => {
        log.push(`close ${name}`);
        return Promise.resolve();
      };
      return Promise.resolve({ ...client({}), close });
    },
    (id) => log.push(`draw ${id}`),
    () => [],
  );
  return { all, log, refusals };
}

test('an edited cluster gets a session of its own, and the connection of the former one is closed', async () => {
  const { all, log } = sessions();
  const before = all.of(profile);
  await before.client();
  expect(all.of({ ...profile })).toBe(before);
  const after = all.of({ ...profile, name: 'renamed' });
  expect(after).not.toBe(before);
  await after.client();
  await expect.poll(() => log.toSorted()).toEqual(['close local', 'connect local', 'connect renamed']);
});

test('what a cluster answers that was left meanwhile draws nothing', async () => {
  const { all, log } = sessions();
  const before = all.of(profile);
  const asked = before.description.load();
  await before.close();
  await asked;
  expect(log).not.toContain('draw c1');
});

test('after a disconnect the next use connects anew, and the row is drawn', async () => {
  const { all, log } = sessions();
  const before = all.of(profile);
  await before.client();
  await all.disconnect('c1');
  expect(log.filter((line) => line !== 'draw c1')).toEqual(['connect local', 'close local']);
  expect(log).toContain('draw c1');
  await all.of(profile).client();
  expect(log.filter((line) => line !== 'draw c1').at(-1)).toBe('connect local');
});

test('a disconnected cluster that stands open in the tree stays disconnected until the person connects again', async () => {
  const { all, log } = sessions();
  const drawn = () => rows([clusterNode(all.of(profile), everything)]);
  expect((await drawn()).slice(0, 2)).toEqual(['local', '  Brokers | 2']);
  await all.disconnect('c1');
  log.length = 0;
  expect(await drawn()).toEqual(['local | disconnected', '  Connect again']);
  expect(log).toEqual([]);
  await all.get('c1')?.refresh();
  expect(await drawn()).toContain('  Brokers | 2');
});

test('what it connects with has changed: the open row connects anew by itself', async () => {
  const { all, log } = sessions();
  const drawn = () => rows([clusterNode(all.of(profile), everything)]);
  await drawn();
  await all.renew('c1');
  await drawn();
  expect(log.filter((line) => line !== 'draw c1')).toEqual(['connect local', 'close local', 'connect local']);
});

test('a broker that stays silent is waited for in sight, and left at once', async () => {
  vi.useFakeTimers();
  try {
    const log: string[] = [];
    const all = new ClusterSessions(
      (_profile, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => (log.push('ended'), reject(new Error('Cancelled.'))));
        }),
      () => log.push('drawn'),
      () => [],
    );
    const node = () => clusterNode(all.of(profile), everything);
    const children = node().children?.();
    expect(node()).toMatchObject({ context: 'cluster idle' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(log).toContain('drawn');
    expect(await children).toMatchObject([{ label: 'Waiting for localhost:9092…', context: 'connecting' }]);
    expect(node()).toMatchObject({ description: 'connecting…', context: 'cluster connecting' });
    log.length = 0;
    const left = all.disconnect('c1');
    expect(await rows([node()])).toEqual(['local | disconnected', '  Connect again']);
    await left;
    expect(log).toEqual(['drawn', 'ended']);
  } finally {
    vi.useRealTimers();
  }
});

test('a refused connection is tried again by the next one who asks', async () => {
  const { all, log, refusals } = sessions();
  refusals.push(new Error('The password is wrong.'));
  const session = all.of(profile);
  await expect(session.client()).rejects.toThrow('The password is wrong.');
  expect(session.refused).toBe(true);
  await session.client();
  expect(session.refused).toBe(false);
  expect(log.filter((line) => line !== 'draw c1')).toEqual(['connect local', 'connect local']);
});

test('a refused login is not tried again by what looks by itself; brokers that do not answer are', async () => {
  const { all, refusals } = sessions();
  refusals.push(new Error('No broker answers.'), Object.assign(new Error('The password is wrong.'), { kind: 'sasl' }));
  const session = all.of(profile);
  await expect(session.client()).rejects.toThrow('No broker answers.');
  expect(session.leftAlone).toBeUndefined();
  await expect(session.client()).rejects.toThrow('The password is wrong.');
  expect(session.leftAlone).toBe('The password is wrong. Refresh tries again.');
  await session.client();
  expect(session.leftAlone).toBeUndefined();
});

test('who asks while an answer is awaited joins in', async () => {
  let asked = 0;
  const facet = new Facet(
    () => Promise.resolve(++asked),
    () => undefined,
  );
  await Promise.all([facet.load(), facet.load(), facet.ensure()]);
  expect([asked, facet.value]).toEqual([1, 1]);
  await facet.load();
  expect(facet.value).toBe(2);
});
