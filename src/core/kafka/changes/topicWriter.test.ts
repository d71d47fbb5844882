import { beforeEach, expect, test, vi } from 'vitest';
import type { MetadataResponse } from '../protocol/metadata.ts';
import type { ProducedPartition } from '../protocol/produce.ts';
import type { BrokerConnection, KafkaConnection } from '../transport/connection.ts';
import { KafkaError } from '../transport/kafkaError.ts';
import { TopicWriter, type Appended } from './topicWriter.ts';

/** Who leads P0, in the order of the looks; the last one stays. */
let leaders: number[];
/** Broker -> what it answers to Produce. */
let answers: Record<number, (() => ProducedPartition) | undefined>;
let asked: number[];

const answer = (part: Partial<ProducedPartition>): ProducedPartition => ({
  partition: 0,
  errorCode: 0,
  baseOffset: -1,
  appendTime: -1,
  refused: [],
  message: null,
  ...part,
});

function metadata(): MetadataResponse {
  const leader = leaders.length > 1 ? leaders.shift()! : leaders[0]!;
  const partition = { errorCode: 0, partition: 0, leader, replicas: [], isr: [] };
  const topic = { errorCode: 0, name: 't', id: undefined, internal: false, partitions: [partition] };
  return { brokers: [], clusterId: null, controllerId: 1, topics: [topic] };
}

function broker(id: number): BrokerConnection {
  const request = (message: { name: string }): Promise<unknown> => {
    if (message.name === 'Metadata') return Promise.resolve(metadata());
    asked.push(id);
    return new Promise((resolve) => resolve({ partitions: [answers[id]!()] }));
  };
  return { nodeId: id, versions: new Map(), request: request as BrokerConnection['request'] };
}

const connection: KafkaConnection = {
  brokers: () => [],
  broker: (id) => (answers[id] ? Promise.resolve(broker(id)) : Promise.reject(new KafkaError('tcp', 'not there'))),
  anyBroker: () => Promise.resolve(broker(0)),
  refresh: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
const signal = new AbortController().signal;
/** Pauses pass at once. */
async function append(abort = signal): Promise<Appended> {
  const result = (await TopicWriter.open(connection, 't', signal)).append(0, Buffer.alloc(1), abort);
  await vi.runAllTimersAsync();
  return result;
}

beforeEach(() => {
  asked = [];
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

test('follows a leader that moved', async () => {
  leaders = [1, 1, 2];
  answers = { 1: () => answer({ errorCode: 6 }), 2: () => answer({ baseOffset: 41, appendTime: 7 }) };
  expect(await append()).toEqual({ kind: 'written', offset: 41, timestamp: 7 });
  expect(asked).toEqual([1, 1, 2]);
});

test('waits for a leader, and goes past a broker that cannot be reached', async () => {
  leaders = [-1, 3, 2];
  answers = { 2: () => answer({ baseOffset: 0 }) };
  expect(await append()).toEqual({ kind: 'written', offset: 0, timestamp: null });
  expect(asked).toEqual([2]);
});

test('gives up when no leader comes: nothing was written', async () => {
  leaders = [-1];
  expect(await append()).toMatchObject({ kind: 'refused', code: 5, message: expect.stringContaining('no leader') });
});

test('looks no further when it is cancelled', async () => {
  leaders = [1];
  answers = { 1: () => answer({ errorCode: 6 }) };
  expect(await append(AbortSignal.abort())).toMatchObject({ kind: 'refused', code: 6 });
  expect(asked).toEqual([1]);
});

test('an answer that never came, or came from too few replicas, is not known', async () => {
  leaders = [1];
  answers = {
    1: () => {
      throw new KafkaError('closed', 'The connection was closed.');
    },
  };
  expect(await append()).toEqual({ kind: 'unknown', message: 'The connection was closed.' });
  for (const errorCode of [7, 20]) {
    answers = { 1: () => answer({ errorCode }) };
    expect(await append()).toMatchObject({ kind: 'unknown' });
  }
  expect(asked).toEqual([1, 1, 1]);
});

test('names the records that the broker refuses, with its words', async () => {
  leaders = [1];
  answers = { 1: () => answer({ errorCode: 87, refused: [{ index: 2, message: 'no key' }] }) };
  expect(await append()).toEqual({
    kind: 'refused',
    code: 87,
    message:
      'The broker refuses the record: it does not fit the topic (for example no key on a compacted topic). (no key)',
    records: [2],
  });
});
