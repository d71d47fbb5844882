// Records and commits with known contents, made by a real client.
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';

export type Groups = Record<string, { topic: string; partitions: { partition: number; offset: string }[] }[]>;

export interface Seeded {
  /** In the names of the topic and the group, and in no other's. */
  id: string;
  topic: string;
  /** Committed 2 on P0 and 1 on P1, nothing on P2. Nobody reads. */
  group: string;
  /** Names and committed offsets of every group. */
  groups(): Promise<Groups>;
  /**
   * Groups that came, lost their commits or have others than `before`; a group without a commit that nobody reads is
   * swept away by the broker itself, and is not told.
   */
  disturbed(before: Groups): Promise<string[]>;
  /** Appends one record to P0. */
  append(key: string, value: string): Promise<void>;
  close(): Promise<void>;
}

const FIRST_TIMESTAMP = Date.UTC(2026, 0, 5, 10, 0, 0);

/** Three partitions: P0 with 4 records, P1 with 3 (one of them a tombstone), P2 with none. */
export async function seed(bootstrap: string): Promise<Seeded> {
  const kafka = new Kafka({ clientId: 'seed', brokers: bootstrap.split(','), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer();
  await Promise.all([admin.connect(), producer.connect()]);
  const id = randomUUID().slice(0, 8);
  const topic = `walk-${id}`;
  const group = `walkers-${id}`;
  await admin.createTopics({ topics: [{ topic, numPartitions: 3, replicationFactor: 1 }], waitForLeaders: true });
  const at = (minutes: number) => String(FIRST_TIMESTAMP + minutes * 60_000);
  const message = (n: number, partition: number) => ({
    partition,
    key: `o-${n}`,
    value: JSON.stringify({ id: `o-${n}`, amount: n * 10 }),
    headers: { trace: `t-${n}` },
    timestamp: at(n),
  });
  await producer.send({ topic, messages: [message(0, 0), message(1, 0)] });
  await producer.send({ topic, messages: [message(2, 0), message(3, 0)], compression: CompressionTypes.GZIP });
  await producer.send({
    topic,
    messages: [message(4, 1), message(5, 1), { partition: 1, key: 'o-4', value: null, timestamp: at(6) }],
  });
  await admin.setOffsets({
    groupId: group,
    topic,
    partitions: [
      { partition: 0, offset: '2' },
      { partition: 1, offset: '1' },
    ],
  });
  const committed = async (): Promise<Groups> => {
    const { groups } = await admin.listGroups();
    const ids = groups.map((g) => g.groupId).sort();
    return Object.fromEntries(
      await Promise.all(ids.map(async (id) => [id, await admin.fetchOffsets({ groupId: id })])),
    );
  };
  return {
    id,
    topic,
    group,
    groups: committed,
    async disturbed(before) {
      const after = await committed();
      const changed = Object.keys(after).filter((id) => !isDeepStrictEqual(after[id], before[id]));
      const lost = Object.keys(before).filter((id) => before[id]!.length > 0 && !after[id]);
      return [...changed, ...lost];
    },
    async append(key, value) {
      await producer.send({ topic, messages: [{ partition: 0, key, value, timestamp: at(7) }] });
    },
    async close() {
      await Promise.all([admin.disconnect(), producer.disconnect()]);
    },
  };
}
