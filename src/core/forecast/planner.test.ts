import { describe, expect, it } from 'vitest';
import { numbered, waysTo } from './planner.ts';
import type { PartitionForecast } from './result.ts';
import type { Situation } from './way.ts';

const partition = (
  n: number,
  logStart: number,
  highWatermark: number,
  committed: number | null,
): PartitionForecast => ({
  partition: n,
  logStart,
  highWatermark,
  committed,
  first: null,
  backlog: null,
  skipped: null,
  gone: null,
  replayed: null,
  rule: null,
});
const situation = (committed: number | null, running = false): Situation => ({
  running,
  component: {
    name: 'k',
    app: 'orders-api',
    file: 'k.yaml',
    line: 1,
    group: 'orders-api',
    groupSource: 'appId',
    initialOffset: 'newest',
    topics: [
      {
        topic: 'orders',
        brokerTopic: 'orders',
        partitions: [partition(0, 0, 4120, committed), partition(1, 10, 30, 20)],
        summary: { backlog: 0, skipped: 0, gone: 0, replayed: 0 },
      },
    ],
  },
});

describe('waysTo', () => {
  it('receive everything: a new group, a reset while stopped, reading here, a client', () => {
    const ways = waysTo({ kind: 'everything' }, situation(null, true));
    expect(ways.map((way) => [way.id, way.delivered, way.twice])).toEqual([
      ['new-group', 4140, 10],
      ['reset', 4140, 10],
      ['read-here', undefined, undefined],
      ['client', undefined, undefined],
    ]);
    expect(ways[0]?.steps[0]).toEqual({
      kind: 'edit',
      text: 'Set consumerGroup: "orders-api-v2", initialOffset: "oldest" in the component.',
      set: { consumerGroup: 'orders-api-v2', initialOffset: 'oldest' },
    });
    expect(ways[1]?.steps.map((step) => step.kind)).toEqual(['stop', 'reset', 'start']);
    expect(ways[1]?.steps[1]).toMatchObject({ group: 'orders-api', topics: ['orders'], to: { kind: 'earliest' } });
  });

  it('only new: nothing to do where nothing is pending, else a reset to the end', () => {
    expect(waysTo({ kind: 'only-new' }, situation(4120)).map((way) => way.id)).toEqual([
      'reset',
      'new-group',
      'client',
    ]);
    const idle = situation(4120);
    idle.component.topics[0]!.partitions[1]!.committed = 30;
    expect(waysTo({ kind: 'only-new' }, idle).map((way) => [way.id, way.delivered])).toEqual([
      ['nothing', 0],
      ['reset', 0],
      ['client', undefined],
    ]);
  });

  it('never asks for a change that changes nothing, or for a group where there is none to leave', () => {
    const fresh = situation(null);
    fresh.component.topics[0]!.partitions[1]!.committed = null;
    const ids = (initialOffset: 'newest' | 'oldest', kind: 'everything' | 'only-new') =>
      waysTo({ kind }, { ...fresh, exists: false, component: { ...fresh.component, initialOffset } }).map(
        (way) => way.id,
      );
    expect(ids('newest', 'everything')).toEqual(['edit', 'read-here', 'client']);
    expect(ids('oldest', 'everything')).toEqual(['nothing', 'read-here', 'client']);
    expect(ids('newest', 'only-new')).toEqual(['nothing', 'client']);
    expect(ids('oldest', 'only-new')).toEqual(['edit', 'client']);
  });

  it('does not reset a group before there is one', () => {
    const [reset] = waysTo({ kind: 'from-offset', offset: 15 }, { ...situation(null), exists: false });
    expect(reset?.steps.map((step) => step.kind)).toEqual(['edit', 'start', 'stop', 'reset', 'start']);
    expect(reset?.steps[1]?.text).toBe(
      'Start the app until it has handled a message: group orders-api does not exist before.',
    );
  });

  it('does not guess what comes twice where the commits are not known', () => {
    const unknown = { ...situation(null), commitOf: () => null };
    expect(waysTo({ kind: 'everything' }, unknown).map((way) => [way.id, way.delivered, way.twice])).toEqual([
      ['new-group', 4140, null],
      ['reset', 4140, null],
      ['read-here', undefined, undefined],
      ['client', undefined, undefined],
    ]);
  });

  it('says first that a component which daprd refuses must be mended', () => {
    const ways = waysTo({ kind: 'everything' }, { ...situation(1), nothingRead: 'F-00' });
    const mend = 'First mend what keeps daprd from starting the component: it stands at the top of this page.';
    expect(ways.map((way) => way.steps[0]?.text === mend)).toEqual([true, true, false, false]);
    // What keeps a loaded component from reading is in the way of another group, too, unless it is who is in this one.
    const first = (more: Partial<Situation>) =>
      waysTo({ kind: 'everything' }, { ...situation(1), ...more }).map(({ id, steps }) => [
        id,
        steps[0]?.text.startsWith('First mend why nothing is delivered') === true,
      ]);
    expect(first({ nothingRead: 'F-18' }).slice(0, 2)).toEqual([
      ['new-group', true],
      ['reset', true],
    ]);
    expect(first({ refusedBeside: true }).slice(0, 2)).toEqual([
      ['new-group', false],
      ['reset', false],
    ]);
    expect(first({ refusedBeside: true, commitOf: () => 'none' })[0]).toEqual(['edit', true]);
  });

  it('takes a group and a name that nobody has', () => {
    const [second] = waysTo({ kind: 'second-reader' }, { ...situation(1), freeGroup: 'free-v7', copyName: 'k-3' });
    expect(second?.steps[0]).toMatchObject({ set: { consumerGroup: 'free-v7', copyAs: 'k-3' } });
    expect([numbered('orders', 1), numbered('orders-v2', 1), numbered('orders-v2', 3)]).toEqual([
      'orders-v2',
      'orders-v3',
      'orders-v5',
    ]);
  });

  it('everything since a time: as far as the times of messages are known', () => {
    const since = (offsetAt: Situation['offsetAt']) =>
      waysTo({ kind: 'since', timestamp: 5 }, { ...situation(1000), ...(offsetAt ? { offsetAt } : {}) })[0];
    expect(since(undefined)).toMatchObject({ delivered: null, twice: null });
    // P0 from 900 on, of which 900 … 999 were handled; P1 from 25 on, behind its commit.
    expect(since((_, p) => (p === 0 ? 900 : 25))).toMatchObject({ delivered: 4120 - 900 + 5, twice: 100 });
  });

  it('knows without times that an empty partition delivers nothing', () => {
    const empty = situation(1000);
    empty.component.topics[0]!.partitions[0]!.logStart = 4120;
    const offsetAt: Situation['offsetAt'] = (_, p) => (p === 0 ? null : 25);
    const [reset] = waysTo({ kind: 'since', timestamp: 5 }, { ...empty, offsetAt });
    expect(reset).toMatchObject({ delivered: 5, twice: 0 });
  });

  it('a second reader: another component, which leaves the first as it is', () => {
    const [second] = waysTo({ kind: 'second-reader' }, situation(1));
    expect(second?.steps[0]).toMatchObject({
      text: 'Add a component k-2 with consumerGroup: "orders-api-v2", initialOffset: "oldest".',
      set: { copyAs: 'k-2' },
    });
  });

  it('again from an offset: clamped to what a partition holds', () => {
    const [reset] = waysTo({ kind: 'from-offset', offset: 15 }, situation(4120));
    expect(reset).toMatchObject({ id: 'reset', delivered: 4105 + 15, twice: 4105 + 5 });
    expect(waysTo({ kind: 'since', timestamp: 0 }, situation(1))[0]?.steps[0]).toMatchObject({
      to: { kind: 'time', timestamp: 0 },
    });
  });

  it('every instance: one group per pod', () => {
    expect(waysTo({ kind: 'every-instance' }, situation(1))[0]?.steps[0]).toMatchObject({
      set: { consumerGroup: '{podName}', initialOffset: 'oldest' },
    });
  });
});
