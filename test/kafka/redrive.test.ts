import { describe, expect, it } from 'vitest';
import { ChangeRefused, createGate, type ChangePreview, type Gate } from '../../src/core/kafka/changes/gate.ts';
import { ValueDecoder } from '../../src/core/kafka/values/valueDecoder.ts';
import type { ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import type { BrokerConnection } from '../../src/core/kafka/transport/connection.ts';
import { KafkaError } from '../../src/core/kafka/transport/kafkaError.ts';
import { planRedrive } from '../../src/core/scan/redrive/plan.ts';
import { redrive } from '../../src/core/scan/redrive/redrive.ts';
import type { ReadSpec } from '../../src/shared/messagesPage.ts';
import type { Placement, RedriveCheckpoint, RedrivePlan, RedriveSource } from '../../src/shared/redrivePage.ts';
import { openCluster } from '../support/kafka/openCluster.ts';
import type { NewRecord, ReferenceRecord } from '../support/kafka/tool.ts';

const { client, tool } = await openCluster();

const yes: Gate = { check: () => undefined, pass: () => Promise.resolve() };
const never = new AbortController().signal;
const ALL: ReadSpec = {
  start: { kind: 'earliest' },
  end: { kind: 'end' },
  partitions: [],
  isolation: 'read_committed',
  filter: null,
};
const decoder = new ValueDecoder();
const range = (part: Partial<ReadSpec> = {}): RedriveSource => ({ kind: 'range', read: { ...ALL, ...part } });
const plan = (topic: string, target: string, source = range(), placement: Placement = 'partition') =>
  planRedrive(
    client,
    { topic, decoder, target, source, placement, committed: () => Promise.resolve(new Map<number, number>()) },
    never,
  );
const total = ({ counts }: RedrivePlan) => counts.reduce((sum, c) => sum + c.count, 0);
interface Run {
  checkpoint?: RedriveCheckpoint | null;
  signal?: AbortSignal;
  gate?: Gate;
  on?: (checkpoint: RedriveCheckpoint) => void;
  through?: ClusterClient;
}
const run = (
  topic: string,
  of: RedrivePlan,
  { checkpoint = null, signal = never, gate = yes, on, through }: Run = {},
) =>
  redrive(
    through ?? client,
    of.job,
    { topic, decoder, cluster: 'local', total: total(of), checkpoint, ...(on ? { onProgress: on } : {}) },
    gate,
    signal,
  );

/** What must be equal: everything but where it stands. */
const contents = (records: ReferenceRecord[]) =>
  records.map(({ timestamp, key, value, headers }) => ({ timestamp, key, value, headers }));

describe('a whole topic', () => {
  it('arrives byte for byte, headers and timestamps too, in order', async () => {
    await tool.create('redrive-dlt', 3);
    await tool.create('redrive-orders', 3);
    await tool.run('mixed', 'redrive-dlt', 'zstd', 900);
    const made = await plan('redrive-dlt', 'redrive-orders');
    expect(made.counts).toEqual([0, 1, 2].map((partition) => ({ partition, count: 300 })));
    expect(made.notes).toEqual([]);
    const result = await run('redrive-dlt', made);
    expect(result).toMatchObject({
      state: 'done',
      reason: null,
      checkpoint: { written: { 0: 300, 1: 300, 2: 300 }, refusedCount: 0, unsure: [] },
    });
    const [source, target] = [await tool.dump('redrive-dlt'), await tool.dump('redrive-orders')];
    expect(contents(target)).toEqual(contents(source));
    expect(target.map((r) => [r.partition, r.offset])).toEqual(source.map((r) => [r.partition, r.offset]));
  });

  it('goes by key where the target has other partitions, as the Java producer would', async () => {
    await tool.create('redrive-by-key', 5);
    await tool.create('redrive-java', 5);
    const made = await plan('redrive-dlt', 'redrive-by-key', range(), 'key');
    expect((await run('redrive-dlt', made)).state).toBe('done');
    const keyed = (await tool.dump('redrive-dlt')).filter((r) => r.key !== null);
    await tool.produce(
      'redrive-java',
      keyed.map((r) => ({ key: { base64: r.key ?? '' }, value: '' })),
    );
    const places = async (topic: string) =>
      Object.fromEntries((await tool.dump(topic)).filter((r) => r.key !== null).map((r) => [r.key, r.partition]));
    expect(await places('redrive-by-key')).toEqual(await places('redrive-java'));
    expect((await tool.dump('redrive-by-key')).length).toBe(900);
  });
});

describe('a part of it', () => {
  const records: NewRecord[] = Array.from({ length: 40 }, (_, i) => ({
    partition: i % 2,
    key: `k${i}`,
    value: JSON.stringify({ n: i }),
    timestamp: 1000 + i,
  }));

  it('is what the filter finds in the range', async () => {
    await tool.create('redrive-part', 2);
    await tool.create('redrive-filtered', 2);
    await tool.produce('redrive-part', records);
    const filter = { language: 'cel', text: 'value.n >= 30' } as const;
    const made = await plan('redrive-part', 'redrive-filtered', range({ filter }));
    expect(made.counts).toEqual([
      { partition: 0, count: 5 },
      { partition: 1, count: 5 },
    ]);
    expect(made.first[0]).toMatchObject({ partition: expect.any(Number) as number, headerCount: 0 });
    await run('redrive-part', made);
    const values = (await tool.dump('redrive-filtered')).map((r) => Buffer.from(r.value ?? '', 'base64').toString());
    expect(values).toEqual([30, 32, 34, 36, 38, 31, 33, 35, 37, 39].map((n) => `{"n":${n}}`));
  });

  it('is the chosen records, without those that were never committed', async () => {
    await tool.create('redrive-chosen', 2);
    await tool.run('transact', 'redrive-part', 'redrive-tx', 'abort', JSON.stringify([{ partition: 0, value: 'no' }]));
    const places = [
      { partition: 0, offsets: [1, 3, 20] },
      { partition: 1, offsets: [0] },
    ];
    const made = await plan('redrive-part', 'redrive-chosen', { kind: 'records', places });
    expect(total(made)).toBe(3);
    expect(made.notes).toEqual([
      '1 of the chosen messages are left out: deleted by Kafka meanwhile, not committed, or not readable.',
    ]);
    expect((await run('redrive-part', made)).state).toBe('done');
    expect((await tool.dump('redrive-chosen')).map((r) => r.timestamp)).toEqual([1002, 1006, 1001]);
  });
});

describe('stopped on the way', () => {
  const COUNT = 5000;
  const PAD = 'x'.repeat(200);

  it('goes on after a cancel without writing anything twice', async () => {
    await tool.create('redrive-long', 3);
    await tool.create('redrive-continued', 2);
    await tool.produce(
      'redrive-long',
      Array.from({ length: COUNT }, (_, i) => ({ partition: i % 3, key: `${i}`, value: `${i} ${PAD}` })),
    );
    const made = await plan('redrive-long', 'redrive-continued', range(), 'key');
    let checkpoint: RedriveCheckpoint | null = null;
    let stops = 0;
    for (let done = false; !done; stops++) {
      const cancel = new AbortController();
      let told = 0;
      // The third word is in the middle of a portion: what is on its way is still answered.
      const on = () => ++told === 3 && cancel.abort();
      const result = await run('redrive-long', made, { checkpoint, signal: cancel.signal, on });
      ({ checkpoint } = result);
      expect(result.reason).toBeNull();
      done = result.state === 'done';
    }
    expect(stops).toBeGreaterThan(2);
    expect(checkpoint?.unsure).toEqual([]);
    const keys = (await tool.dump('redrive-continued')).map((r) =>
      Number(Buffer.from(r.key ?? '', 'base64').toString()),
    );
    expect(keys.sort((a, b) => a - b)).toEqual(Array.from({ length: COUNT }, (_, i) => i));
  });

  it('names what may be there twice after an answer that never came, and nothing else is', async () => {
    await tool.create('redrive-unclean', 2);
    const made = await plan('redrive-long', 'redrive-unclean', range(), 'key');
    const lossy = loseProduceAnswer(client, 4);
    const first = await run('redrive-long', made, { through: lossy });
    expect(first).toMatchObject({ state: 'stopped', reason: 'the line went dead' });
    const unsure = first.checkpoint.unsure.reduce((sum, span) => sum + span.count, 0);
    expect(unsure).toBeGreaterThan(0);
    const second = await run('redrive-long', made, { checkpoint: first.checkpoint });
    expect(second.state).toBe('done');
    expect(second.checkpoint.unsure).toEqual(first.checkpoint.unsure);
    const keys = (await tool.dump('redrive-unclean')).map((r) => r.key);
    expect(new Set(keys).size).toBe(COUNT);
    expect(keys.length - COUNT).toBe(unsure);
  });
});

/** A client whose n-th Produce is written, while its answer gets lost. */
function loseProduceAnswer(real: ClusterClient, nth: number): ClusterClient {
  let produced = 0;
  const lossy = (broker: BrokerConnection): BrokerConnection => ({
    nodeId: broker.nodeId,
    versions: broker.versions,
    async request(message, body, options) {
      const answer = await broker.request(message, body, options);
      if (message.apiKey === 0 && ++produced === nth) throw new KafkaError('closed', 'the line went dead');
      return answer;
    },
  });
  const { connection } = real;
  return {
    ...real,
    connection: {
      brokers: () => connection.brokers(),
      broker: async (id) => lossy(await connection.broker(id)),
      anyBroker: async () => lossy(await connection.anyBroker()),
      refresh: () => connection.refresh(),
      close: () => connection.close(),
    },
  };
}

describe('a refusal', () => {
  it('of single records names and counts them; their neighbours arrive', async () => {
    await tool.create('redrive-sizes', 1);
    await tool.create('redrive-small', 1, { 'max.message.bytes': '5000' });
    const noise = Buffer.from(Array.from({ length: 9000 }, (_, i) => ((i * 7919) % 251) ^ (i >> 3)));
    await tool.produce('redrive-sizes', [
      ...Array.from({ length: 30 }, (_, i) => ({ partition: 0, value: `${i} ${'y'.repeat(300)}` })),
      { partition: 0, value: { base64: noise.toString('base64') } },
      { partition: 0, value: 'z'.repeat(20_000) },
      { partition: 0, value: 'last' },
    ]);
    const result = await run('redrive-sizes', await plan('redrive-sizes', 'redrive-small'));
    expect(result.state).toBe('done');
    expect(result.checkpoint).toMatchObject({
      written: { 0: 32 },
      refusedCount: 1,
      refused: [
        {
          partition: 0,
          offset: 30,
          message: 'The message is larger than the broker accepts (max.message.bytes).',
        },
      ],
    });
    const source = (await tool.dump('redrive-sizes')).filter((r) => r.offset !== 30);
    expect(contents(await tool.dump('redrive-small'))).toEqual(contents(source));
  });

  it('of a read-only connection writes nothing', async () => {
    await tool.create('redrive-nothing', 3);
    const gate = createGate({ name: 'shop', mode: 'read-only' }, () => Promise.resolve(true));
    const refused = run('redrive-dlt', await plan('redrive-dlt', 'redrive-nothing'), { gate });
    await expect(refused).rejects.toThrow('shop is saved as read-only: nothing can be changed.');
    expect(await tool.dump('redrive-nothing')).toEqual([]);
  });

  it('of the person on production, who is asked for the target’s name', async () => {
    const asked: [ChangePreview, string | null][] = [];
    const gate = createGate({ name: 'shop', mode: 'production' }, (preview, typed) => {
      asked.push([preview, typed]);
      return Promise.resolve(false);
    });
    const refused = run('redrive-dlt', await plan('redrive-dlt', 'redrive-nothing'), { gate });
    await expect(refused).rejects.toBeInstanceOf(ChangeRefused);
    expect(asked).toEqual([
      [
        {
          title: 'Write 900 messages of redrive-dlt to redrive-nothing on local',
          items: [0, 1, 2].map((p) => `P${p}: from offset 0 to 300`),
          subject: 'redrive-nothing',
        },
        'redrive-nothing',
      ],
    ]);
    expect(await tool.dump('redrive-nothing')).toEqual([]);
  });

  it('of a target that is the source, is not there, or has too few partitions', async () => {
    await expect(plan('redrive-dlt', 'redrive-dlt')).rejects.toThrow('The target is redrive-dlt itself');
    await expect(plan('redrive-dlt', 'redrive-nowhere')).rejects.toThrow('Topic redrive-nowhere does not exist.');
    await expect(plan('redrive-dlt', 'redrive-small')).rejects.toThrow(
      'redrive-small has 1 partition: P1, P2 of the source has no counterpart. Let the key choose.',
    );
  });

  it('to keep timestamps is said before', async () => {
    await tool.create('redrive-stamps', 3, { 'message.timestamp.type': 'LogAppendTime' });
    expect((await plan('redrive-dlt', 'redrive-stamps')).notes).toEqual([
      'redrive-stamps stamps messages itself (LogAppendTime): their timestamps will be new.',
    ]);
  });
});
