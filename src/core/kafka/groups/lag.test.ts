import { describe, expect, it } from 'vitest';
import type { TopicWithOffsets } from '../clusterClient.ts';
import type { Commits } from './commits.ts';
import { groupOffsets, standing, topicsOf } from './lag.ts';

describe('where a commit stands', () => {
  it.each([
    // committed, log start, high watermark -> lag, gone, ahead
    [5, 0, 10, 5, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [10, 0, 10, 0, 0, 0],
    [2, 7, 10, 3, 5, 0],
    [2, 10, 10, 0, 8, 0],
    [12, 0, 10, 0, 0, 2],
    [50, 100, 500, 400, 50, 0],
    [600, 100, 500, 0, 0, 100],
  ])('%i in [%i, %i)', (committed, logStart, highWatermark, lag, gone, ahead) => {
    expect(standing(committed, logStart, highWatermark)).toEqual({ lag, gone, ahead });
  });

  it.each([
    [null, 0, 10],
    [null, 100, 500],
    [5, null, 10],
    [5, 0, null],
  ])('is unknown where a number is: %s %s %s', (committed, logStart, highWatermark) => {
    expect(standing(committed, logStart, highWatermark)).toEqual({ lag: null, gone: null, ahead: null });
  });
});

const topic = (name: string, partitions: number): TopicWithOffsets => ({
  name,
  internal: false,
  partitions: Array.from({ length: partitions }, (_, partition) => ({
    partition,
    leader: 1,
    replicas: [1],
    isr: [1],
    logStart: 0,
    highWatermark: 10,
  })),
});
const commits = (entries: [string, [number, number][]][]): Commits => ({
  offsets: new Map(entries.map(([name, list]) => [name, new Map(list.map(([p, offset]) => [p, { offset }]))])),
});

it('covers every partition of a topic with a commit or an assignment', () => {
  const member = { memberId: 'm', clientId: 'c', host: 'h', assignment: [{ topic: 'b', partitions: [0] }] };
  const committed = commits([['a', [[1, 4]]]]);
  const names = topicsOf(committed, [member]);
  expect(names).toEqual(['a', 'b']);
  const rows = groupOffsets(
    names,
    committed,
    new Map([
      ['a', topic('a', 2)],
      ['b', topic('b', 1)],
    ]),
  );
  expect(rows.map((r) => [r.topic, r.partition, r.committed, r.lag])).toEqual([
    ['a', 0, null, null],
    ['a', 1, 4, 6],
    ['b', 0, null, null],
  ]);
});

it('tells commits on what is no more, with the reason', () => {
  const committed = commits([
    ['a', [[3, 4]]],
    ['gone', [[0, 9]]],
  ]);
  const gone: TopicWithOffsets = { name: 'gone', internal: false, partitions: [], error: 'Topic gone does not exist.' };
  const rows = groupOffsets(
    ['a', 'gone'],
    committed,
    new Map([
      ['a', topic('a', 1)],
      ['gone', gone],
    ]),
  );
  expect(rows.map((r) => [r.topic, r.partition, r.committed, r.lag, r.error])).toEqual([
    ['a', 0, null, null, undefined],
    ['a', 3, 4, null, 'Partition 3 of topic a does not exist any more.'],
    ['gone', 0, 9, null, 'Topic gone does not exist.'],
  ]);
});

it('has a row for what a member is assigned, also where that may not be seen', () => {
  const member = { memberId: 'm', clientId: 'c', host: 'h', assignment: [{ topic: 'hidden', partitions: [2, 0] }] };
  const error = 'The login may not see the topic hidden.';
  const hidden: TopicWithOffsets = { name: 'hidden', internal: false, partitions: [], error };
  const rows = groupOffsets(['hidden'], undefined, new Map([['hidden', hidden]]), [member]);
  expect(rows.map((r) => [r.topic, r.partition, r.committed, r.lag, r.error])).toEqual([
    ['hidden', 0, null, null, error],
    ['hidden', 2, null, null, error],
  ]);
});

it('takes the lag of a coordinator that knows better: a share group is ahead of its start', () => {
  const committed: Commits = { offsets: new Map([['a', new Map([[0, { offset: 4, lag: 1 }]])]]) };
  const rows = groupOffsets(['a'], committed, new Map([['a', topic('a', 1)]]));
  expect(rows).toMatchObject([{ committed: 4, lag: 1, gone: 0, ahead: 0, highWatermark: 10 }]);
});
