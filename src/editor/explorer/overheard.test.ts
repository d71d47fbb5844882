import { expect, test, vi } from 'vitest';
import { KafkaError, type KafkaErrorKind } from '../../core/kafka/transport/kafkaError.ts';
import { ClusterSession } from './clusterSession.ts';
import { client, everything, profile } from './explorerTree.fixture.ts';
import { clusterNode } from './nodes/clusterNode.ts';

const GONE = 'Nothing listens on localhost:9092. Is the broker running, and is the port right?';

/** A cluster in nobody's sight, which notes how often it was asked whether it is there. */
function cluster() {
  let failure: KafkaError | undefined;
  let described = 0;
  const answer = async <T>(value: Promise<T>): Promise<T> => {
    if (failure) throw failure;
    return value;
  };
  const calm = client({});
  const s = new ClusterSession(
    profile,
    () =>
      answer(
        Promise.resolve({
          ...calm,
          describe: () => (described++, answer(calm.describe())),
          topics: (names?: readonly string[]) => answer(calm.topics(names)),
          describeGroups: (ids?: readonly string[]) => answer(calm.describeGroups(ids)),
        }),
      ),
    () => undefined,
  );
  const fail = (kind?: KafkaErrorKind) => (failure = kind && new KafkaError(kind, GONE));
  const row = async () => {
    if (s.description.loading) await s.description.load();
    const { description, context } = clusterNode(s, everything);
    return [context, description];
  };
  return { s, fail, row, described: () => described };
}

test('a page that finds no broker tells the row, and one that is answered again takes it back', async () => {
  vi.useFakeTimers({ now: new Date(2026, 0, 2, 9, 5, 7) });
  try {
    const { s, fail, row, described } = cluster();
    const page = await s.client();
    await page.topics();
    expect(await row()).toEqual(['cluster connected', '4.1 · 2 brokers · PLAINTEXT']);
    expect(described()).toBe(1);
    fail('tcp');
    await expect(page.topics(['orders'])).rejects.toThrow(GONE);
    const lost = ['cluster failed', `no answer since 09:05:07 · ${GONE}`];
    expect(await row()).toEqual(lost);
    expect(described()).toBe(2);
    vi.setSystemTime(new Date(2026, 0, 2, 9, 5, 59));
    // It is known: who asks on does not make it two questions each.
    await expect(page.describeGroups()).rejects.toThrow(GONE);
    expect(await row()).toEqual(lost);
    expect(described()).toBe(2);
    fail();
    await page.describeGroups();
    expect(await row()).toEqual(['cluster connected', '4.1 · 2 brokers · PLAINTEXT']);
    expect(described()).toBe(3);
    await page.topics();
    expect(described()).toBe(3);
  } finally {
    vi.useRealTimers();
  }
});

test('a refusal is an answer, and what ends because the person leaves is none', async () => {
  const { s, fail, described } = cluster();
  const page = await s.client();
  await s.description.ensure();
  for (const kind of ['kafka', 'cancelled'] as const) {
    fail(kind);
    await expect(page.topics()).rejects.toThrow(GONE);
  }
  await s.close();
  fail('closed');
  await expect(page.topics()).rejects.toThrow(GONE);
  expect(described()).toBe(1);
});

test('a page that cannot connect tells the row of a cluster that was never open, and the next one that can does', async () => {
  const { s, fail, row, described } = cluster();
  fail('tcp');
  await expect(s.client()).rejects.toThrow(GONE);
  expect(await row()).toEqual(['cluster failed', GONE]);
  expect(described()).toBe(0);
  fail();
  await s.client();
  expect(await row()).toEqual(['cluster connected', '4.1 · 2 brokers · PLAINTEXT']);
});
