// Each wish in each state a component may be in: which ways there are, what they deliver, what they say.
import { expect, it } from 'vitest';
import { waysTo, type Wish } from './planner.ts';
import type { TopicForecast } from './result.ts';
import type { Situation } from './way.ts';

const unknown = { backlog: null, skipped: null, gone: null, replayed: null };
/** Log start, high watermark, commit; the commit null: none. */
type Log = [number | null, number | null, number | null];
const topic = (name: string, ...logs: Log[]): TopicForecast => ({
  topic: name,
  brokerTopic: name,
  partitions: logs.map(([logStart, highWatermark, committed], partition) => ({
    ...unknown,
    ...{ partition, logStart, highWatermark, committed, first: null, rule: null },
  })),
  summary: unknown,
});
const situation = (
  {
    initialOffset = 'newest',
    group = 'g',
    ...more
  }: Partial<Situation> & {
    initialOffset?: 'newest' | 'oldest';
    group?: string | null;
  },
  ...topics: TopicForecast[]
): Situation => ({
  ...{ running: false, exists: true, ...more },
  component: { name: 'k', app: 'a', file: 'k.yaml', line: 1, group, groupSource: 'appId', initialOffset, topics },
});
const ways = (wish: Wish, of: Situation) =>
  waysTo(wish, of).map(({ id, delivered, twice }) =>
    [id, delivered, twice]
      .filter((part) => part !== undefined)
      .map(String)
      .join(' '),
  );
const texts = (wish: Wish, of: Situation, id: string) => {
  const way = waysTo(wish, of).find((candidate) => candidate.id === id);
  return [...(way?.steps ?? []).map(({ text }) => text), ...(way?.costs ?? [])];
};

const STATES: Record<string, Situation> = {
  'the topic is missing': situation({}, topic('t')),
  'the topic is missing, and the group too': situation({ exists: false }, topic('t')),
  'one topic of two is not told': situation({}, topic('t', [0, 10, 10]), topic('u')),
  'no partition is known': situation({}, topic('t', [null, null, 4])),
  'somebody reads': situation({ running: true }, topic('t', [0, 10, 4])),
  'the commits are not told': situation({ running: true, commitOf: () => null }, topic('t', [0, 10, null])),
  'the group is new at each start': situation({ group: null, fresh: true }, topic('t', [0, 10, null])),
  'a binding without a group': situation(
    { group: '', binding: true, commitOf: () => 'none' },
    topic('t', [0, 10, null]),
  ),
  'the topic is empty': situation({ exists: false }, topic('t', [0, 0, null])),
  'retention left nothing': situation({}, topic('t', [50, 50, 50])),
  'retention has overtaken the group': situation({ initialOffset: 'oldest' }, topic('t', [20, 30, 5])),
  'the commit is above the end': situation({}, topic('t', [0, 10, 90])),
  'all is read': situation({ initialOffset: 'oldest' }, topic('t', [0, 10, 10])),
};

it.each<[keyof typeof STATES, everything: string[], onlyNew: string[], fromFive: string[], second: string]>([
  ['the topic is missing', ['new-group null null'], ['new-group null null'], [], 'null null'],
  ['the topic is missing, and the group too', ['edit null null'], ['nothing null null'], [], 'null null'],
  [
    'one topic of two is not told',
    ['new-group null null', 'reset null null', 'read-here'],
    ['reset null null', 'new-group null null'],
    ['reset null null', 'read-here'],
    'null null',
  ],
  [
    'no partition is known',
    ['new-group null null', 'reset null null', 'read-here'],
    ['reset null null', 'new-group null null'],
    ['reset null null', 'read-here'],
    'null null',
  ],
  [
    'somebody reads',
    ['new-group 10 4', 'reset 10 4', 'read-here'],
    ['reset 0 0', 'new-group 0 0'],
    ['reset 5 0', 'read-here'],
    '10 4',
  ],
  [
    'the commits are not told',
    ['new-group 10 null', 'reset 10 null', 'read-here'],
    ['reset 0 null', 'new-group 0 null'],
    ['reset 5 null', 'read-here'],
    '10 null',
  ],
  ['the group is new at each start', ['edit 10 null', 'read-here'], ['nothing 0 0'], ['read-here'], '10 null'],
  ['a binding without a group', ['edit 10 0', 'read-here'], ['edit 0 0'], ['read-here'], '10 0'],
  ['the topic is empty', ['edit 0 0', 'read-here'], ['nothing 0 0'], ['edit 0 0', 'read-here'], '0 0'],
  [
    'retention left nothing',
    ['edit 0 0', 'read-here'],
    ['nothing 0 0', 'reset 0 0'],
    ['reset 0 0', 'read-here'],
    '0 0',
  ],
  [
    'retention has overtaken the group',
    ['nothing 10 0', 'read-here'],
    ['reset 0 0', 'new-group 0 0'],
    ['reset 10 0', 'read-here'],
    '10 0',
  ],
  [
    'the commit is above the end',
    ['new-group 10 10', 'reset 10 10', 'read-here'],
    ['reset 0 0', 'new-group 0 0'],
    ['reset 5 5', 'read-here'],
    '10 10',
  ],
  [
    'all is read',
    ['new-group 10 10', 'reset 10 10', 'read-here'],
    ['nothing 0 0', 'reset 0 0'],
    ['reset 5 5', 'read-here'],
    '10 10',
  ],
])('%s', (state, everything, onlyNew, fromFive, second) => {
  const of = STATES[state]!;
  expect(ways({ kind: 'everything' }, of)).toEqual([...everything, 'client']);
  expect(ways({ kind: 'only-new' }, of)).toEqual([...onlyNew, 'client']);
  expect(ways({ kind: 'from-offset', offset: 5 }, of)).toEqual([...fromFive, 'client']);
  expect(ways({ kind: 'second-reader' }, of)[0]).toBe(`new-group ${second}`);
  expect(ways({ kind: 'every-instance' }, of)).toHaveLength(3);
});

it('stops who may be running before a reset, and says what is left out of it', () => {
  const stop = 'Stop every instance of the app: Kafka refuses while the group has members.';
  expect(texts({ kind: 'everything' }, STATES['the commits are not told']!, 'reset')).toEqual([
    stop,
    'Reset g on t to the log start.',
    'Start the app.',
    'The app is down while the offsets are reset.',
  ]);
  expect(texts({ kind: 'only-new' }, STATES['one topic of two is not told']!, 'reset')).toEqual([
    'Reset g on t to the end.',
    'Start the app.',
    'Left out, because the cluster tells nothing about it: u.',
  ]);
});

it('asks for no edit of what the file says already, nor for a start of what runs', () => {
  const fresh = situation({ exists: false, initialOffset: 'oldest' }, topic('t', [0, 10, null]));
  expect(texts({ kind: 'from-offset', offset: 5 }, fresh, 'reset')[0]).toBe(
    'Start the app until it has handled a message: group g does not exist before.',
  );
  const running = situation({ running: true, initialOffset: 'oldest' }, topic('t', [0, 10, null]));
  expect(texts({ kind: 'everything' }, running, 'nothing')).toEqual(['Start the app again.']);
});

it('gives a binding without a group one', () => {
  expect(texts({ kind: 'everything' }, STATES['a binding without a group']!, 'edit')[0]).toBe(
    'Set consumerGroup: "a-v2", initialOffset: "oldest" in the component.',
  );
});

it('says where an offset is not there, no more or not yet', () => {
  const logs = situation({}, topic('t', [0, 3, 3], [0, 9, 9], [6, 9, 9]));
  expect(texts({ kind: 'from-offset', offset: 5 }, logs, 'reset')).toEqual([
    'Reset g on t to offset 5.',
    'Start the app.',
    'There is no offset 5 yet: of P0 the app receives only what is written from now on.',
    'Kafka has deleted offset 5: on P2 the app starts at the log start.',
  ]);
});

it('says where a time lies ahead of all messages, or before those that are kept', () => {
  const at = { kind: 'since', timestamp: 0 } as const;
  const logs = [topic('t', [0, 9, 9], [6, 9, 9], [null, null, null], [7, 7, null]), topic('u', [0, 4, 1])];
  const of = (start: number | null) => situation({ offsetAt: (name) => (name === 'u' ? 2 : start) }, ...logs);
  const reset = 'Reset g on t, u to the first message since 1970-01-01T00:00:00.000Z.';
  expect(texts(at, of(9), 'reset')).toEqual([
    reset,
    'Start the app.',
    'No message of t P0, t P1 is that new: the app receives only what is written from now on.',
  ]);
  expect(texts(at, of(0), 'reset')).toEqual([
    reset,
    'Start the app.',
    't P1: Kafka keeps only what is newer. What it has deleted of that time on does not come back.',
  ]);
  expect(texts(at, of(null), 'reset')).toEqual([reset, 'Start the app.']);
});
