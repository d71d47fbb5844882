// Whose turn it is, and what brokers say in it, is what a real cluster cannot be made to do on demand.
// Real leaders that move: test/kafka/readThroughFailures.test.ts.
import { afterEach, expect, it, vi } from 'vitest';
import { fetchMessage, type FetchedPartition, type FetchRequest } from '../protocol/fetch.ts';
import { listOffsetsMessage } from '../protocol/listOffsets.ts';
import { metadataMessage } from '../protocol/metadata.ts';
import { encodeBatch } from '../records/encodeBatch.ts';
import type { BrokerConnection, KafkaConnection } from '../transport/connection.ts';
import { KafkaError } from '../transport/kafkaError.ts';
import { FetchSession, type SessionItem } from './fetchSession.ts';
import type { ReadOptions } from './readRanges.ts';
import { TopicLog } from './topicLog.ts';

const NOT_LEADER = 6;
const OFFSET_NOT_AVAILABLE = 78;
const never = new AbortController().signal;

type Asked = FetchRequest['partitions'][number];
/** What a broker says of one partition: a record at the offset asked for, nothing new, or an error code. */
type Says = 'record' | 'nothing' | number;

/** Brokers that lead what `leaders` says and answer as `fetch` and `latest` have it. */
function cluster(
  leaders: Record<number, number>,
  fetch: (broker: number, asked: Asked) => Promise<Says> | Says,
  latest: (broker: number) => number = () => 0,
  id: () => string = () => '1',
): KafkaConnection {
  const topics = () => [
    {
      errorCode: 0,
      name: 't',
      id: id(),
      internal: false,
      partitions: Object.entries(leaders).map(([p, leader]) => {
        return { errorCode: 0, partition: Number(p), leader, replicas: [], isr: [] };
      }),
    },
  ];
  const answer = async (broker: number, asked: Asked): Promise<FetchedPartition> => {
    const says = await fetch(broker, asked);
    const records =
      says === 'record'
        ? encodeBatch({ codec: 'none', compress: (b) => b, records: [{ offset: asked.offset, value: 'v' }] })
        : Buffer.alloc(0);
    const errorCode = typeof says === 'number' ? says : 0;
    const { partition } = asked;
    return { partition, errorCode, highWatermark: 9, lastStableOffset: 9, logStart: 0, aborted: null, records };
  };
  const broker = (nodeId: number): BrokerConnection => ({
    nodeId,
    versions: new Map(),
    async request(message: unknown, body: unknown): Promise<never> {
      await new Promise(setImmediate);
      if (message === metadataMessage) return { topics: topics() } as never;
      if (message === listOffsetsMessage) {
        const { topics } = body as { topics: { topic: string; partitions: { partition: number }[] }[] };
        const errorCode = latest(nodeId);
        const partitions = topics[0]!.partitions.map((p) => ({ ...p, errorCode, offset: 7, timestamp: -1 }));
        return { topics: [{ topic: 't', partitions }] } as never;
      }
      if (message !== fetchMessage) throw new Error('not asked in these tests');
      const partitions = (body as FetchRequest).partitions.map((asked) => answer(nodeId, asked));
      return { throttleMs: 0, errorCode: 0, partitions: await Promise.all(partitions) } as never;
    },
  });
  return {
    brokers: () => [1, 2, 3].map((id) => ({ id, host: 'b', port: id })),
    broker: (id) => Promise.resolve(broker(id)),
    anyBroker: () => Promise.resolve(broker(1)),
    refresh: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

const sessions: FetchSession[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const session of sessions.splice(0)) session.stop();
});

function session(connection: KafkaConnection, ends: (number | null)[], more: Partial<ReadOptions> = {}): FetchSession {
  const ranges = ends.map((end, partition) => ({ partition, start: 0, end, logStart: 0, highWatermark: 9 }));
  const made = new FetchSession(connection, { topic: 't', ranges, isolation: 'read_uncommitted', ...more }, never);
  sessions.push(made);
  made.start();
  return made;
}

const told = (item: SessionItem): string[] => {
  if (item.kind === 'fetched') return item.batches.map((b) => `${b.partition}:${b.from}`);
  if (item.kind === 'added') return [`+ P${item.range.partition}`];
  return [item.kind === 'problem' ? `✗ ${item.message}` : `… ${item.message}`];
};

/** Takes until one of the items tells this. */
async function until(from: FetchSession, text: string): Promise<string[]> {
  const seen: string[] = [];
  while (!seen.includes(text)) {
    const item = await from.take();
    if (!item) throw new Error(`ended with ${seen.join(', ')}`);
    seen.push(...told(item));
  }
  return seen;
}

async function all(from: FetchSession): Promise<string[]> {
  const seen: string[] = [];
  for (let item = await from.take(); item; item = await from.take()) seen.push(...told(item));
  return seen;
}

it('keeps the last answer of a broker while another one is done', async () => {
  let second = (): void => undefined;
  const secondSpoke = new Promise<void>((resolve) => (second = resolve));
  let asked = 0;
  const reading = session(
    cluster({ 0: 1, 1: 2 }, async (broker): Promise<Says> => {
      if (broker === 1) {
        await secondSpoke;
        asked++;
      } else setImmediate(second);
      return 'record';
    }),
    [2, 1],
  );
  // The first broker's last answer is there before anybody takes.
  await expect.poll(() => asked === 2).toBe(true);
  await new Promise(setImmediate);
  expect(await all(reading)).toEqual(['1:0', '0:0', '0:1']);
});

it('follows a partition to a broker that led none before, beside one that goes on', async () => {
  const leaders = { 0: 1, 1: 2 };
  const reading = session(
    cluster(leaders, (broker, { partition }) => {
      if (broker === 2) {
        leaders[1] = 3;
        throw new KafkaError('closed', 'gone');
      }
      return partition === 1 ? 'record' : 'nothing';
    }),
    [null, null],
  );
  expect(await until(reading, '1:0')).toEqual(['… reconnecting to broker 2', '… null', '1:0']);
});

it('follows a partition that its broker gave away while it still leads another', async () => {
  const leaders = { 0: 1, 1: 1 };
  const reading = session(
    cluster(leaders, (broker, { partition }) => {
      if (partition === 0) return 'nothing';
      leaders[1] = 2;
      return broker === 2 ? 'record' : NOT_LEADER;
    }),
    [null, null],
  );
  expect(await until(reading, '1:0')).toEqual(['… waiting for a leader of t', '… null', '1:0']);
});

it('finds a leader that comes later, beside a broker that goes on', async () => {
  const leaders = { 0: 1, 1: -1 };
  const reading = session(
    cluster(leaders, (_broker, { partition }) => {
      leaders[1] = 1;
      return partition === 0 ? 'nothing' : 'record';
    }),
    [null, null],
  );
  expect(await until(reading, '1:0')).toEqual(['… waiting for a leader of t', '… null', '1:0']);
});

it('reads a partition that the topic gets while it is followed, from its beginning', async () => {
  const leaders: Record<number, number> = { 0: 1 };
  const connection = cluster(leaders, (_broker, { partition, offset }) => {
    if (partition === 1 && offset === 0) return 'record';
    leaders[1] = 1;
    return NOT_LEADER; // it looks leaders up
  });
  const log = new TopicLog(connection, 't');
  await log.refresh(never);
  expect(await until(session(connection, [null], { log, newPartitions: true }), '1:0')).toEqual([
    '… waiting for a leader of t',
    '+ P1',
    '1:0',
  ]);
});

it('reads no partition of another topic of the same name, which had fewer', async () => {
  const leaders: Record<number, number> = { 0: 1 };
  let id = '1';
  const fetch = (): Says => {
    leaders[1] = 1;
    id = '2';
    return NOT_LEADER; // it looks leaders up
  };
  const connection = cluster(leaders, fetch, undefined, () => id);
  const log = new TopicLog(connection, 't');
  await log.refresh(never);
  expect(await all(session(connection, [null], { log, newPartitions: true }))).toEqual([
    '… waiting for a leader of t',
    '✗ The topic t was deleted and created again: start reading again to see the new one.',
  ]);
});

it.each([
  [
    'a partition that no broker wants to lead',
    2,
    'This broker no longer leads the partition; the leader has just moved. Refresh.',
  ],
  ['a broker that does not answer', 3, 'Broker 3 is silent'],
  ['a partition without a leader', -1, undefined],
])('gives up %s after a minute, alone', async (_what, leader, why) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const reading = session(
    cluster({ 0: 1, 1: leader }, (broker) => {
      if (broker === 3) throw new KafkaError('timeout', 'Broker 3 is silent');
      return broker === 2 ? NOT_LEADER : 'record';
    }),
    [2, 1],
  );
  const waiting = leader === 3 ? '… reconnecting to broker 3' : '… waiting for a leader of t';
  const before = await until(reading, waiting);
  vi.setSystemTime(Date.now() + 60_001);
  const seen = [...before, ...(await all(reading))];
  expect(seen.filter((line) => line.startsWith('0:'))).toEqual(['0:0', '0:1']);
  expect(seen.filter((line) => line.startsWith('✗'))).toEqual([
    why === undefined ? '✗ P1 of t has no leader: start the broker that leads it.' : `✗ P1 of t cannot be read: ${why}`,
  ]);
  expect(seen).toContain('… null');
});

it('asks for an offset again until the new leader knows it', async () => {
  let looks = 0;
  const log = new TopicLog(
    cluster(
      { 0: 1 },
      () => 'nothing',
      () => (++looks < 4 ? OFFSET_NOT_AVAILABLE : 0),
    ),
    't',
  );
  await log.refresh(never);
  const answers = await log.offsets([{ partition: 0, timestamp: -1 }], 0, never);
  expect(answers.get(0)).toMatchObject({ offset: 7, error: undefined });
  expect(looks).toBe(4);
});
