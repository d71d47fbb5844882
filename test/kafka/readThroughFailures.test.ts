// A tail lives on while brokers stop, leaders move and topics vanish: nothing is lost, nothing comes twice.
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { resolveRanges } from '../../src/core/kafka/read/resolveRanges.ts';
import { readRanges } from '../../src/core/kafka/read/readRanges.ts';
import type { ReadEvent } from '../../src/core/kafka/read/readEvent.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import type { KafkaConnection } from '../../src/core/kafka/transport/connection.ts';
import { scanBatch } from '../../src/core/scan/scanBatch.ts';
import { startKafka, type KafkaLab } from '../support/kafka/startKafka.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';
import { startSilentProxy } from '../support/silentProxy.ts';
import { readSpec, ScanPage } from './scanPage.ts';

let kafka: KafkaLab;
let tool: KafkaTool;
let connection: KafkaConnection;

beforeAll(async () => {
  kafka = await startKafka({ nodes: 3, listeners: [] });
  tool = openTool(kafka);
  connection = await connectCluster({ id: 'test', name: 'test', bootstrap: kafka.bootstrap.split(',') }, {});
});
afterAll(async () => {
  await connection?.close();
  await tool?.close();
  await kafka?.stop();
});

/** Resolves when every partition has so many replicas in sync: only then can a leader move to any of them. */
async function inSync(topic: string, replicas: number): Promise<void> {
  const client = createClusterClient(connection);
  for (;;) {
    const [found] = await client.topics([topic]);
    if (found!.partitions.every((p) => p.isr.length === replicas)) return;
  }
}

/** Follows a topic from its beginning and remembers what it was told. */
class Follower {
  readonly places: string[] = [];
  readonly states: (string | null)[] = [];
  readonly problems: string[] = [];
  gone: string | undefined;
  readonly ended: Promise<void>;
  private readonly abort = new AbortController();
  private waiting: (() => void)[] = [];

  constructor(topic: string, at: KafkaConnection = connection) {
    this.ended = this.follow(topic, at);
  }

  stop(): Promise<void> {
    this.abort.abort();
    return this.ended;
  }

  /** Resolves when the condition holds; looks after every event. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private async follow(topic: string, at: KafkaConnection): Promise<void> {
    const { signal } = this.abort;
    const committed = () => Promise.resolve(new Map<number, number>());
    const request = {
      start: { kind: 'earliest' },
      end: { kind: 'forever' },
      isolation: 'read_uncommitted',
      committed,
    } as const;
    const { ranges, log } = await resolveRanges(at, topic, request, signal);
    const options = { topic, ranges, log, isolation: 'read_uncommitted', newPartitions: true } as const;
    for await (const event of readRanges(at, options, signal)) {
      this.note(event);
      for (const wake of this.waiting.splice(0)) wake();
    }
  }

  private note(event: ReadEvent): void {
    if (event.kind === 'batch')
      scanBatch(event, null, { match: ({ offset }) => void this.places.push(`${event.partition}:${offset}`) });
    if (event.kind === 'connection') this.states.push(event.message);
    if (event.kind !== 'problem') return;
    this.problems.push(event.message);
    this.gone = event.gone;
  }
}

it('a broker that leaves and comes back, and a leader that moves, cost no record and repeat none', async () => {
  const topic = 'failures-follow';
  await tool.create(topic, 6, { 'min.insync.replicas': '1' });
  const follower = new Follower(topic);
  const sent: string[] = [];
  const send = async (count: number): Promise<void> => {
    const records = Array.from({ length: count }, (_, i) => ({ partition: i % 6, value: `v${i}` }));
    const offsets = await tool.produce(topic, records);
    sent.push(...offsets.map((offset, i) => `${i % 6}:${offset}`));
  };
  await send(60);
  await follower.until(() => follower.places.length >= 60);
  await kafka.stopNode(2);
  await send(60);
  await follower.until(() => follower.places.length >= 120);
  await kafka.startNode(2);
  await inSync(topic, 3);
  await tool.run('move-leader', topic, 0, 2);
  await send(60);
  await follower.until(() => follower.places.length >= 180);
  await follower.stop();
  expect(follower.places.toSorted()).toEqual(sent.toSorted());
  for (let partition = 0; partition < 6; partition++) {
    const offsets = follower.places.filter((p) => p.startsWith(`${partition}:`)).map((p) => Number(p.slice(2)));
    expect(offsets).toEqual(Array.from({ length: 30 }, (_, i) => i));
  }
  expect(follower.problems).toEqual([]);
});

it('a partition that moves to a broker that led none of the topic is followed there', async () => {
  const topic = 'failures-third';
  await tool.create(topic, 2);
  await inSync(topic, 3);
  const [found] = await createClusterClient(connection).topics([topic]);
  const [leader = 0, moving = 0] = found!.partitions.map((p) => p.leader ?? 0);
  expect(leader).not.toBe(moving);
  const follower = new Follower(topic);
  const send = () =>
    tool.produce(
      topic,
      [0, 1].map((partition) => ({ partition, value: 'v' })),
    );
  await send();
  await follower.until(() => follower.places.length === 2);
  await tool.run('move-leader', topic, 1, 6 - leader - moving);
  await send();
  await follower.until(() => follower.places.length === 4);
  await follower.stop();
  expect(follower.places.toSorted()).toEqual(['0:0', '0:1', '1:0', '1:1']);
  expect(follower.problems).toEqual([]);
});

it('a partition that is added is read from its beginning', async () => {
  const topic = 'failures-added';
  await tool.create(topic, 1);
  await inSync(topic, 3);
  const follower = new Follower(topic);
  await tool.produce(topic, [{ partition: 0, value: 'v' }]);
  await follower.until(() => follower.places.length === 1);
  await tool.run('add-partitions', topic, 2);
  await tool.produce(topic, [{ partition: 1, value: 'first' }]);
  // Leaders are looked up every 30 s; a move makes it now.
  const [found] = await createClusterClient(connection).topics([topic]);
  await tool.run('move-leader', topic, 0, (found!.partitions[0]!.leader! % 3) + 1);
  await follower.until(() => follower.places.length === 2);
  await follower.stop();
  expect(follower.places).toEqual(['0:0', '1:0']);
  expect(follower.problems).toEqual([]);
});

it('a topic that is deleted while it is followed is told apart from one that is created again', async () => {
  await tool.create('failures-deleted', 1);
  await tool.produce('failures-deleted', [{ value: 'x' }]);
  const follower = new Follower('failures-deleted');
  await follower.until(() => follower.places.length === 1);
  await tool.run('delete', 'failures-deleted');
  await follower.ended;
  expect(follower.problems).toEqual(['The topic failures-deleted was deleted.']);
  expect(follower.gone).toBe('deleted');
});

it('a topic that is created again while it is followed is told by its id, not taken for the old one', async () => {
  const topic = 'failures-recreated';
  await tool.create(topic, 1);
  await tool.produce(topic, [{ value: 'old 0' }, { value: 'old 1' }]);
  // Between two fetches: the next one comes when the new topic stands.
  let open = (): void => undefined;
  let arrived = (): void => undefined;
  let gate = Promise.resolve();
  const gated: KafkaConnection = {
    ...connection,
    brokers: () => connection.brokers(),
    anyBroker: () => connection.anyBroker(),
    broker: async (id) => {
      arrived();
      await gate;
      return connection.broker(id);
    },
  };
  const follower = new Follower(topic, gated);
  await follower.until(() => follower.places.length === 2);
  gate = new Promise((resolve) => (open = resolve));
  await new Promise<void>((resolve) => (arrived = resolve));
  await tool.run('delete', topic);
  await tool.create(topic, 1);
  await tool.produce(topic, [{ value: 'new 0' }]);
  open();
  await follower.ended;
  expect(follower.problems).toEqual([
    `The topic ${topic} was deleted and created again: start reading again to see the new one.`,
  ]);
  expect(follower.gone).toBe('recreated');
  expect(follower.places).toEqual(['0:0', '0:1']);
});

it('records deleted ahead of a reader are told, and reading goes on behind them', async () => {
  const topic = 'failures-retention';
  await tool.create(topic, 1);
  await tool.produce(
    topic,
    Array.from({ length: 10 }, (_, i) => ({ value: String(i) })),
  );
  await tool.run('delete-records', topic, 0, 6);
  const ranges = [{ partition: 0, start: 2, end: 10, logStart: 0, highWatermark: 10 }];
  const told: unknown[] = [];
  for await (const event of readRanges(
    connection,
    { topic, ranges, isolation: 'read_uncommitted' },
    new AbortController().signal,
  )) {
    if (event.kind === 'problem') told.push(event.message);
    if (event.kind === 'batch') scanBatch(event, null, { match: ({ offset }) => void told.push(offset) });
  }
  expect(told).toEqual(['Offset 2 is gone: P0 starts at 6. Reading goes on there.', 6, 7, 8, 9]);
});

it('tells which brokers have answered while one of them is silent, and reads all when it speaks', async () => {
  const topic = 'failures-silent';
  await tool.create(topic, 3);
  await tool.produce(
    topic,
    [0, 1, 2].map((partition) => ({ partition, value: `v${partition}` })),
  );
  const addresses = kafka.bootstrap.split(',');
  const proxy = await startSilentProxy(addresses[1]!);
  const profile = {
    id: 'silent',
    name: 'silent',
    bootstrap: [addresses[0]!],
    addressMap: { [addresses[1]!]: proxy.address },
  };
  const page = new ScanPage(topic, connection, () => connectCluster(profile, {}));
  onTestFinished(async () => {
    page.scan.close();
    await proxy.stop();
  });
  page.scan.start(readSpec({}));
  await page.until(() => page.status?.brokers.answered.length === 2);
  expect(page.status).toMatchObject({ state: 'resolving', matched: 0, brokers: { answered: [1, 3], waiting: [2] } });
  proxy.speak();
  await page.ended();
  expect(page.status).toMatchObject({ state: 'done', matched: 3, brokers: { answered: [1, 2, 3], waiting: [] } });
});
