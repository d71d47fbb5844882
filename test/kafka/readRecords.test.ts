// Every record of every kind of topic, byte for byte as Kafka's own Java consumer reads it and librdkafka's tool prints it.
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import type { KafkaConnection } from '../../src/core/kafka/transport/connection.ts';
import type { Isolation } from '../../src/core/kafka/read/position.ts';
import { countRecords } from '../../src/core/scan/count.ts';
import { tail, type TailLine, type TailProblem, type TailRequest } from '../../src/core/scan/tail.ts';
import { asKcatPrints, ensureKcat, kcatPrints } from '../support/kafka/kcat.ts';
import { startTamperingProxy } from '../support/tamperingProxy.ts';
import { CODECS, openTool, type KafkaTool, type ReferenceRecord } from '../support/kafka/tool.ts';

const kafka = inject('kafka');
const kcat = ensureKcat((line) => console.log(line));
let tool: KafkaTool;
let connection: KafkaConnection;
let groupsBefore: string[];

/** What another client sees. */
async function groups(): Promise<string[]> {
  const admin = new Kafka({ brokers: kafka.bootstrap.split(','), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const listed = await admin.listGroups();
  await admin.disconnect();
  return listed.groups.map((g) => g.groupId).sort();
}

beforeAll(async () => {
  groupsBefore = await groups();
  tool = openTool(kafka);
  connection = await connectCluster({ id: 'test', name: 'test', bootstrap: kafka.bootstrap.split(',') }, {});
});
afterAll(async () => {
  await connection.close();
  await tool.close();
});

async function read(topic: string, request: Partial<TailRequest> = {}): Promise<TailLine[]> {
  const lines: TailLine[] = [];
  const asked = { ...whole(topic), ...request };
  for await (const line of tail(connection, asked, new AbortController().signal)) lines.push(line);
  return lines;
}

const whole = (topic: string): TailRequest => ({
  topic,
  from: { kind: 'earliest' },
  to: { kind: 'end' },
  isolation: 'read_uncommitted',
  encoding: 'base64',
  committed: () => Promise.resolve(new Map()),
});

/** Lines in the order and shape of the reference. */
async function readLikeReference(topic: string, isolation: Isolation): Promise<ReferenceRecord[]> {
  const lines = await read(topic, { isolation });
  lines.sort((a, b) => a.partition! - b.partition! || a.offset! - b.offset!);
  return lines.map(({ topic: _, ...record }) => record as ReferenceRecord);
}

async function expectLikeOthers(topic: string, isolation: Isolation, atLeast: number): Promise<void> {
  const reference = await tool.dump(topic, isolation === 'read_committed' ? 'committed' : 'uncommitted');
  expect(reference.length).toBeGreaterThanOrEqual(atLeast);
  const records = await readLikeReference(topic, isolation);
  expect(records).toEqual(reference);
  if (!kcat) return;
  for (const partition of new Set(reference.map((record) => record.partition))) {
    const printed = await kcatPrints(kcat, { bootstrap: kafka.bootstrap, topic, partition, isolation });
    const ours = asKcatPrints(records.filter((record) => record.partition === partition));
    expect(ours.length).toBeGreaterThan(0);
    // Compared as bytes first: a diff of megabytes would take longer than anybody waits.
    if (!ours.equals(printed)) expect(ours.toString('latin1')).toBe(printed.toString('latin1'));
  }
}

describe('records equal what the Java consumer reads and kcat prints', () => {
  it.each(CODECS)('%s: keys, values, headers and times of every odd kind', async (codec) => {
    const topic = `read-mixed-${codec}`;
    await tool.create(topic, 3);
    await tool.run('mixed', topic, codec, 2000);
    await expectLikeOthers(topic, 'read_uncommitted', 2000);
  });

  it('times given by the broker (LogAppendTime)', async () => {
    await tool.run('seed', 'log-append-time', 'read-append');
    await expectLikeOthers('read-append', 'read_uncommitted', 1);
    const lines = await read('read-append');
    expect(new Set(lines.map((line) => 'timestampType' in line && line.timestampType))).toEqual(new Set(['append']));
  });

  it('values larger than a fetch', async () => {
    await tool.run('seed', 'big', 'read-big');
    await expectLikeOthers('read-big', 'read_uncommitted', 2);
  });

  // Nothing of it depends on the broker, and it takes as long as all others together.
  if (!kafka.version.startsWith('3.'))
    it('a batch of 200,000 records', async () => {
      await tool.run('seed', 'huge-batch', 'read-huge');
      await expectLikeOthers('read-huge', 'read_uncommitted', 200_000);
    });

  it('a log that starts above 0', async () => {
    await tool.run('seed', 'deleted', 'read-deleted');
    await expectLikeOthers('read-deleted', 'read_uncommitted', 1);
  });

  it('holes and emptied batches of a compacted log', async () => {
    await tool.run('seed', 'compacted', 'read-compacted');
    await expectLikeOthers('read-compacted', 'read_uncommitted', 1);
  });

  it('committed, aborted and interleaved transactions, with and without the aborted ones', async () => {
    await tool.run('seed', 'transactions', 'read-tx');
    await expectLikeOthers('read-tx', 'read_uncommitted', 2);
    await expectLikeOthers('read-tx', 'read_committed', 1);
    const all = await read('read-tx');
    const committed = await read('read-tx', { isolation: 'read_committed' });
    expect(committed.length).toBeLessThan(all.length);
  });

  it('an open transaction: committed reading ends at the last stable offset and does not wait', async () => {
    await tool.run('seed', 'open-transaction', 'read-open');
    await expectLikeOthers('read-open', 'read_uncommitted', 1);
    await expectLikeOthers('read-open', 'read_committed', 0);
  });
});

describe('the same start gives the same rows', () => {
  it('twice from the newest 7, across partitions by time', async () => {
    const topic = 'read-last';
    await tool.create(topic, 3);
    const records = Array.from({ length: 30 }, (_, i) => ({
      partition: i % 3,
      timestamp: 1000 + ((i * 7) % 30),
      value: `v${i}`,
    }));
    await tool.produce(topic, records);
    // The tails merged backwards: always the partition whose newest unread record is the youngest.
    const tails = [0, 1, 2].map((p) =>
      records.map((r, i) => ({ ...r, offset: Math.floor(i / 3) })).filter((r) => r.partition === p),
    );
    const expected: string[] = [];
    while (expected.length < 7) {
      const newest = tails.reduce((best, t) => (t.at(-1)!.timestamp >= best.at(-1)!.timestamp ? t : best));
      const record = newest.pop()!;
      expected.push(`${record.partition}:${record.offset}`);
    }
    const places = async (): Promise<string[]> =>
      (await read(topic, { from: { kind: 'last', count: 7 } }))
        .map((line) => `${line.partition}:${line.offset}`)
        .sort();
    expect(await places()).toEqual(expected.sort());
    expect(await places()).toEqual(expected.sort());
  });

  it('offsets, times, and ends are exclusive', async () => {
    const topic = 'read-ranges';
    await tool.create(topic, 1);
    await tool.produce(
      topic,
      Array.from({ length: 20 }, (_, i) => ({ partition: 0, timestamp: 10_000 + i * 10, value: String(i) })),
    );
    const offsets = async (request: Partial<TailRequest>): Promise<(number | null)[]> =>
      (await read(topic, request)).map((l) => l.offset);
    expect(await offsets({ from: { kind: 'offset', offset: 3 }, to: { kind: 'offset', offset: 6 } })).toEqual([
      3, 4, 5,
    ]);
    expect(await offsets({ from: { kind: 'time', timestamp: 10_171 } })).toEqual([18, 19]);
    expect(
      await offsets({ from: { kind: 'time', timestamp: 10_000 }, to: { kind: 'time', timestamp: 10_020 } }),
    ).toEqual([0, 1]);
    expect(await offsets({ from: { kind: 'time', timestamp: 99_999 } })).toEqual([]);
    expect(await offsets({ max: 2 })).toEqual([0, 1]);
    expect(await offsets({ filter: 'offset % 5 == 0' })).toEqual([0, 5, 10, 15]);
    expect(await offsets({ grep: '17' })).toEqual([17]);
  });
});

describe('what cannot be read as asked is said', () => {
  it('an offset that is gone, one that is not there yet, a partition that does not exist', async () => {
    const topic = 'read-problems';
    await tool.create(topic, 2);
    await tool.produce(
      topic,
      [0, 1, 2, 3].flatMap((i) => [0, 1].map((partition) => ({ partition, value: `v${i}` }))),
    );
    await tool.run('delete-records', topic, 0, 2);
    const from = { kind: 'offsets', offsets: { 0: 1, 1: 9, 5: 0 } } as const;
    const lines = await read(topic, { from });
    const errors = lines.filter((line) => 'error' in line);
    expect(errors.map((line) => 'error' in line && line.error).sort()).toEqual([
      'Offset 1 is gone: P0 starts at 2 and is read from there.',
      'Offset 9 does not exist yet: P1 ends at 4 and is read from there.',
      'read-problems has no partition 5: it has 2.',
    ]);
    expect(lines.filter((line) => !('error' in line)).map((line) => `${line.partition}:${line.offset}`)).toEqual([
      '0:2',
      '0:3',
    ]);
  });

  it('a corrupt batch: a line where it stands, a problem where records are only counted', async () => {
    const topic = 'read-corrupt';
    await tool.create(topic, 1);
    for (const value of ['before', 'flipped', 'behind']) await tool.produce(topic, [{ value }]);
    const broker = kafka.bootstrap.split(',')[0]!;
    const proxy = await startTamperingProxy(broker, (answer) => {
      const at = answer.indexOf('flipped');
      if (at >= 0) answer[at] = 'F'.charCodeAt(0);
    });
    const through = { id: 'test', name: 'test', bootstrap: [proxy.address], addressMap: { [broker]: proxy.address } };
    const damaged = await connectCluster(through, {});
    const problems: TailProblem[] = [];
    const request = { ...whole(topic), onProblem: (problem: TailProblem) => problems.push(problem) };
    const signal = new AbortController().signal;
    const counts = await countRecords(damaged, request, signal);
    const lines: TailLine[] = [];
    for await (const line of tail(damaged, request, signal)) lines.push(line);
    await damaged.close();
    await proxy.stop();
    expect(counts).toEqual({ scanned: 2, matched: 2, errors: 1 });
    const corrupt = { topic, partition: 0, offset: 1, error: expect.stringContaining('corrupt') as string };
    expect(problems).toEqual([corrupt]);
    expect(lines).toEqual([expect.objectContaining({ offset: 0 }), corrupt, expect.objectContaining({ offset: 2 })]);
  });

  it('a partition that a group never committed', async () => {
    const topic = 'read-problems';
    const committed = () => Promise.resolve(new Map([[0, 3]]));
    const lines = await read(topic, { from: { kind: 'group', group: 'billing' }, committed });
    expect(lines.map((line) => ('error' in line ? line.error : line.offset))).toEqual([
      'billing never committed P1: nothing of it is read.',
      3,
    ]);
  });

  it('a topic that does not exist, which reading does not create', async () => {
    await expect(read('read-nowhere')).rejects.toThrow('The topic read-nowhere does not exist.');
    await expect(read('read-nowhere')).rejects.toThrow('The topic read-nowhere does not exist.');
  });
});

describe('following', () => {
  it('starts at the end, shows what comes, and ends quietly with the signal', async () => {
    const topic = 'read-follow';
    await tool.create(topic, 2);
    await tool.produce(topic, [{ partition: 0, value: 'old' }]);
    const abort = new AbortController();
    const request: TailRequest = {
      topic,
      from: { kind: 'latest' },
      to: { kind: 'forever' },
      isolation: 'read_uncommitted',
      encoding: 'utf8',
      committed: () => Promise.resolve(new Map()),
    };
    const lines = tail(connection, request, abort.signal);
    let seen: TailLine | undefined;
    const first = lines.next().then(({ value }) => (seen = value as TailLine));
    // Nobody can tell when the reader stands at the end: write until it sees something.
    while (seen === undefined) await tool.produce(topic, [{ partition: 1, value: 'new' }]);
    expect(await first).toMatchObject({ partition: 1, value: 'new' });
    const [offset] = await tool.produce(topic, [{ partition: 0, value: 'later' }]);
    let line: TailLine;
    do line = (await lines.next()).value as TailLine;
    while (line.partition === 1);
    expect(line).toMatchObject({ partition: 0, offset, value: 'later' });
    const pending = lines.next();
    abort.abort();
    expect(await pending).toEqual({ value: undefined, done: true });
  });

  it('leaves no group and no commit behind', async () => {
    expect(await groups()).toEqual(groupsBefore);
  });
});
