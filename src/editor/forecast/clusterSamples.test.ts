import { expect, test } from 'vitest';
import type { HistoryCluster } from '../../core/forecast/history.ts';
import { ClusterSamples } from './clusterSamples.ts';

const orders = new Map([
  ['orders', { partitions: [{ partition: 0, leader: 1, replicas: [1], isr: [1], logStart: 0, highWatermark: 9 }] }],
]);
const near = () => null;

/** A cluster whose connection is refused as long as `down` says. */
function cluster() {
  const state = { down: true, asked: 0 };
  const client = {
    timePoints: () => Promise.resolve(new Map()),
    topicSettings: () => Promise.resolve([]),
    brokerSettings: () => Promise.resolve([]),
    logDirectories: () => Promise.resolve([]),
  } satisfies HistoryCluster;
  return {
    state,
    source: () => Promise.reject(new Error('not asked here')),
    client: () => {
      state.asked++;
      return state.down ? Promise.reject(new Error('The broker does not answer.')) : Promise.resolve(client);
    },
  };
}

test('a connection that is refused is nobody\u2019s unhandled failure, and the past is asked for again once it is there', async () => {
  const samples = new ClusterSamples();
  const asked = cluster();
  const { signal } = new AbortController();
  const recall = () => samples.recall(asked, orders, ['orders'], near, signal);
  expect(await recall()).toBe(false);
  expect(samples.known.history.size).toBe(0);
  asked.state.down = false;
  expect(await recall()).toBe(true);
  expect([...samples.known.history.keys()]).toEqual(['orders']);
  // What is known is good for some minutes.
  expect(await recall()).toBe(false);
  expect(asked.state.asked).toBe(2);
});
