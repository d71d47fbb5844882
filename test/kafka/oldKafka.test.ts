// Brokers before 3.0 take the question after the newest message for one after the first: what is read and drawn from them
// has to be as true as from those of today.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { timeline } from '../../src/core/kafka/read/timeline.ts';
import { listOffsetsMessage } from '../../src/core/kafka/protocol/listOffsets.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import type { KafkaConnection } from '../../src/core/kafka/transport/connection.ts';
import { tail, type TailLine } from '../../src/core/scan/tail.ts';
import { OLD_VERSION, startOldKafka } from '../support/kafka/oldKafka.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

const { signal } = new AbortController();
const T0 = Date.UTC(2021, 5, 1);
const HOUR = 3_600_000;

describe(`Kafka ${OLD_VERSION}`, () => {
  let kafka: Awaited<ReturnType<typeof startOldKafka>>;
  let tool: KafkaTool;
  let connection: KafkaConnection;
  beforeAll(async () => {
    kafka = await startOldKafka();
    tool = openTool({ bootstrap: kafka.bootstrap, tool: inject('kafka').tool });
    connection = await connectCluster({ id: 'old', name: 'old', bootstrap: [kafka.bootstrap] }, {});
  });
  afterAll(async () => {
    await connection?.close();
    await tool?.close();
    await kafka?.stop();
  });

  const records = (times: readonly number[]) =>
    times.map((timestamp, i) => ({ partition: i % 2, timestamp, key: `k${i}`, value: `v${i}` }));

  it('does not know the question after the newest message', async () => {
    const broker = await connection.anyBroker();
    expect(broker.versions.get(listOffsetsMessage.apiKey)?.max).toBeLessThan(7);
  });

  it.each([
    ['in order', [0, 1, 2, 3, 4, 5, 9]],
    ['backwards', [9, 5, 4, 3, 2, 1, 0]],
    ['with the newest in the middle', [1, 4, 9, 2]],
    ['all at once', [3, 3, 3]],
  ])('a timeline ends with the newest message: times %s', async (name, hours) => {
    const topic = `old-${name.replaceAll(' ', '-')}`;
    await tool.create(topic, 2);
    for (const record of records(hours.map((h) => T0 + h * HOUR))) await tool.produce(topic, [record]);
    const drawn = await timeline(connection, { topic, buckets: 9 }, signal);
    expect(drawn.problems).toEqual([]);
    expect(drawn.to).toBe(T0 + Math.max(...hours) * HOUR + 1);
    expect(drawn.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(hours.length);
    // The last span is as long as the others and a millisecond: its boundaries lie half a millisecond off the hours.
    if (name === 'in order') expect(drawn.buckets.map((b) => b.count)).toEqual([1, 1, 1, 1, 2, 0, 0, 0, 1]);
  });

  it.each(['lz4', 'zstd', 'gzip'] as const)('reads what Java reads, %s, from every kind of start', async (codec) => {
    const topic = `old-read-${codec}`;
    await tool.create(topic, 2);
    await tool.produce(topic, records([0, 1, 2, 3, 4, 5].map((h) => T0 + h * HOUR)), codec);
    const dumped = (await tool.dump(topic)).map((r) => [r.partition, r.offset, r.timestamp, r.value]);
    const read = async (from: Parameters<typeof tail>[1]['from']) => {
      const lines: TailLine[] = [];
      const request = { topic, from, to: { kind: 'end' }, isolation: 'read_uncommitted', encoding: 'base64' } as const;
      for await (const line of tail(connection, { ...request, committed: () => Promise.resolve(new Map()) }, signal))
        lines.push(line);
      return lines
        .map((l) => ('error' in l ? [l.error] : [l.partition, l.offset, l.timestamp, l.value]))
        .sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]));
    };
    expect(await read({ kind: 'earliest' })).toEqual(dumped);
    expect(await read({ kind: 'offset', offset: 1 })).toEqual(dumped.filter(([, offset]) => offset !== 0));
    expect(await read({ kind: 'time', timestamp: T0 + 3 * HOUR })).toEqual(
      dumped.filter((r) => Number(r[2]) >= T0 + 3 * HOUR),
    );
    expect(await read({ kind: 'last', count: 1 })).toEqual(dumped.filter((r) => r[2] === T0 + 5 * HOUR));
  });
});
