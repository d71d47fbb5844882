// Which offsets a start and an end come to, told before the first of them is read, on a real broker.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { End, Isolation, Start } from '../../src/core/kafka/read/position.ts';
import { followsNew, resolveRanges } from '../../src/core/kafka/read/resolveRanges.ts';
import type { KafkaConnection } from '../../src/core/kafka/transport/connection.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

const kafka = inject('kafka');
const signal = new AbortController().signal;
/** Two are gone; it ends at 6. */
const TRIMMED = 'ranges-trimmed';
/** Offsets 5 to 14 belong to a transaction that is still open; it ends at 20. */
const OPEN = 'ranges-open';
let tool: KafkaTool;
let connection: KafkaConnection;

beforeAll(async () => {
  tool = openTool(kafka);
  connection = await connectCluster({ id: 'test', name: 'test', bootstrap: kafka.bootstrap.split(',') }, {});
  await tool.create(TRIMMED, 1);
  await tool.produce(
    TRIMMED,
    [0, 1, 2, 3, 4, 5].map((i) => ({ timestamp: 1000 + i * 10, value: `v${i}` })),
  );
  await tool.run('delete-records', TRIMMED, 0, 2);
  await tool.run('seed', 'open-transaction', OPEN);
});
afterAll(async () => {
  await connection.close();
  await tool.close();
});

const resolved = async (topic: string, start: Start, end: End, isolation: Isolation = 'read_uncommitted') => {
  const committed = () => Promise.resolve(new Map([[0, 4]]));
  const { ranges, problems } = await resolveRanges(connection, topic, { start, end, isolation, committed }, signal);
  return { ranges: ranges.map((r) => [r.start, r.end]), problems: problems.map(({ message }) => message) };
};

describe('the offsets of a reading', () => {
  it.each<[Start, End, number, number | null]>([
    [{ kind: 'earliest' }, { kind: 'end' }, 2, 6],
    [{ kind: 'latest' }, { kind: 'forever' }, 6, null],
    [{ kind: 'last', count: 3 }, { kind: 'end' }, 3, 6],
    [{ kind: 'last', count: 9 }, { kind: 'end' }, 2, 6],
    // At both borders of what the log holds there is nothing to say.
    [{ kind: 'offset', offset: 2 }, { kind: 'offset', offset: 6 }, 2, 6],
    [{ kind: 'offset', offset: 6 }, { kind: 'end' }, 6, 6],
    // An end is never beyond the log, nor before the start.
    [{ kind: 'earliest' }, { kind: 'offset', offset: 99 }, 2, 6],
    [{ kind: 'offset', offset: 5 }, { kind: 'offset', offset: 3 }, 5, 5],
    [{ kind: 'time', timestamp: 1031 }, { kind: 'time', timestamp: 1050 }, 4, 5],
    [{ kind: 'time', timestamp: 9999 }, { kind: 'end' }, 6, 6],
    [{ kind: 'group', group: 'g' }, { kind: 'end' }, 4, 6],
  ])('from %o to %o', async (start, end, from, to) => {
    expect(await resolved(TRIMMED, start, end)).toEqual({ ranges: [[from, to]], problems: [] });
  });

  it('begin at the nearest one there is, which is said', async () => {
    expect(await resolved(TRIMMED, { kind: 'offset', offset: 1 }, { kind: 'end' })).toEqual({
      ranges: [[2, 6]],
      problems: ['Offset 1 is gone: P0 starts at 2 and is read from there.'],
    });
    expect(await resolved(TRIMMED, { kind: 'offset', offset: 7 }, { kind: 'end' })).toEqual({
      ranges: [[6, 6]],
      problems: ['Offset 7 does not exist yet: P0 ends at 6 and is read from there.'],
    });
  });

  it('are the newest of the topic by time, at the same time those of the higher partition', async () => {
    const topic = 'ranges-newest';
    await tool.create(topic, 2);
    await tool.produce(topic, [0, 1].flatMap((partition) => Array(3).fill({ partition, timestamp: 1000, value: 'v' }))); // prettier-ignore
    const newest = async (count: number) => (await resolved(topic, { kind: 'last', count }, { kind: 'end' })).ranges;
    expect(await newest(4)).toEqual([[2, 3], [0, 3]]); // prettier-ignore
    // One record more than is read back at once.
    await tool.produce(topic, Array(98).fill({ partition: 0, timestamp: 2000, value: 'v' }));
    expect(await newest(104)).toEqual([[0, 101], [0, 3]]); // prettier-ignore
    expect(await newest(101)).toEqual([[3, 101], [0, 3]]); // prettier-ignore
  });

  it('end and begin at the last stable offset where only committed records are read', async () => {
    const at = async (isolation: Isolation) => [
      (await resolved(OPEN, { kind: 'earliest' }, { kind: 'end' }, isolation)).ranges[0],
      (await resolved(OPEN, { kind: 'latest' }, { kind: 'forever' }, isolation)).ranges[0],
      (await resolved(OPEN, { kind: 'earliest' }, { kind: 'offset', offset: 12 }, isolation)).ranges[0],
    ];
    expect(await at('read_committed')).toEqual([[0, 5], [5, null], [0, 5]]); // prettier-ignore
    expect(await at('read_uncommitted')).toEqual([[0, 20], [20, null], [0, 12]]); // prettier-ignore
  });

  it('are joined by those of new partitions only where all are followed', () => {
    const follows = (start: Start, end: End, partitions: number[] = []) => followsNew({ start, end, partitions });
    expect([
      follows({ kind: 'latest' }, { kind: 'forever' }),
      follows({ kind: 'latest' }, { kind: 'forever' }, [0]),
      follows({ kind: 'offsets', offsets: { 0: 1 } }, { kind: 'forever' }),
      follows({ kind: 'earliest' }, { kind: 'end' }),
    ]).toEqual([true, false, false, false]);
  });
});
