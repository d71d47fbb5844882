import { describe, expect, it } from 'vitest';
import type { Facts, GroupFacts } from './facts.ts';
import { planForecast } from './plan.ts';
import { notesOf, readersOfGroup, readersOfTopic } from './notes.ts';

const component = (items: string, name = 'k') =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n  type: pubsub.kafka\n  version: v1\n  metadata:\n  - name: brokers\n    value: b:9092\n  - name: authType\n    value: none\n${items}`;
const item = (name: string, value: string) => `  - name: ${name}\n    value: "${value}"\n`;
const subscription = (routes: string, pubsub = 'k') =>
  `apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: s\nspec:\n  pubsubname: ${pubsub}\n  topic: orders\n  routes: ${routes}\n`;
const RUN = 'version: 1\napps:\n- appID: a\n- appID: b\n';
const plan = (...texts: string[]) =>
  planForecast(
    texts.map((text, i) => ({ path: `f${i}.yaml`, text })),
    {},
  );
const facts = (group: string, state: Partial<GroupFacts>): Facts => ({
  topics: new Map(),
  groups: new Map([
    [
      group,
      {
        commits: new Map(),
        hasCommits: false,
        state: 'Stable',
        members: [],
        coordinator: 1,
        assignor: null,
        type: 'classic',
        protocolType: 'consumer',
        ...state,
      },
    ],
  ]),
});
const member = { memberId: 'm', clientId: 'app-1', host: '10.0.0.5', assignment: [] };
const shown = (notes: ReturnType<typeof notesOf>) => notes.map((note) => [note.rule, note.app, note.topic]);

describe('notesOf', () => {
  it('tells apps that share a group on one topic, and only those', () => {
    const literal = plan(component(item('consumerGroup', 'g')), subscription('{default: /o}'), RUN);
    expect(notesOf(literal, facts('x', {})).map((note) => [note.rule, note.app, note.message])).toEqual([
      [
        'F-20',
        'a',
        'Several apps or components read this topic in one group: each receives only its share (F-20). Also: k (b).',
      ],
      [
        'F-20',
        'b',
        'Several apps or components read this topic in one group: each receives only its share (F-20). Also: k (a).',
      ],
    ]);
    expect(notesOf(plan(component(''), subscription('{default: /o}'), RUN), facts('x', {}))).toEqual([]);
  });

  it('tells what renames the topic and what has no route', () => {
    expect(
      shown(notesOf(plan(component(item('clientID', '{namespace}')), subscription('{}'), RUN), facts('x', {}))),
    ).toEqual([
      ['F-15', 'a', 'orders'],
      ['F-23', 'a', 'orders'],
      ['F-15', 'b', 'orders'],
      ['F-23', 'b', 'orders'],
    ]);
  });

  it('tells who is in the group, another assignor, and commits that will expire', () => {
    const one = plan(component(item('consumerGroup', 'g')), subscription('{default: /o}'));
    const of = (state: Partial<GroupFacts>) => notesOf(one, facts('g', state));
    expect(of({ members: [member], assignor: 'range' })[0]).toMatchObject({
      rule: 'F-14',
      message:
        'The group is running: partitions go to whichever member they are assigned to (F-14). Members: app-1 (10.0.0.5).',
    });
    expect(of({ members: [member], assignor: 'roundrobin' })[0]).toMatchObject({
      rule: 'F-18',
      message: expect.stringContaining('Its members use roundrobin, this component range.'),
    });
    expect(of({ members: [member], assignor: 'uniform', type: 'consumer' })[0]?.rule).toBe('F-14');
    expect(of({ members: [member], type: 'share' })[0]).toMatchObject({
      rule: 'F-18',
      message: expect.stringContaining('(F-18). It is a share group.'),
    });
    expect(of({ members: [member], protocolType: 'connect', assignor: 'compatible' })[0]?.message).toContain(
      'Its members speak the protocol connect.',
    );
    // Whoever was in it: its kind stays.
    expect(of({ type: 'streams', state: 'Empty' })[0]?.rule).toBe('F-18');
    expect(shown(of({ hasCommits: true }))).toEqual([['F-21', null, null]]);
    expect(of({})).toEqual([]);
  });

  it('tells of partitions that are read without a commit, with newest only', () => {
    const of = (commit: number | null, offset: string, logStart = 0) => {
      const files = plan(
        component(item('consumerGroup', 'g') + item('initialOffset', offset)),
        subscription('{default: /o}'),
      );
      const reading = { ...member, assignment: [{ topic: 'orders', partitions: [0] }] };
      const commits = new Map([['orders', new Map(commit === null ? [] : [[0, commit]])]]);
      const partitions = [0, 1].map((partition) => ({
        ...{ partition, logStart, highWatermark: 9, leader: 1, replicas: [1], isr: [1] },
      }));
      const { groups } = facts('g', { members: [reading], assignor: 'range', commits });
      const notes = notesOf(files, { topics: new Map([['orders', { partitions }]]), groups });
      return notes.filter((note) => note.rule === 'F-11').map((note) => note.message);
    };
    expect(of(null, 'newest')).toEqual([
      'P0 is being read, but nothing was committed there yet: should its first message keep failing, the next start with newest skips it and everything behind it (F-11).',
    ]);
    expect([of(4, 'newest'), of(null, 'oldest'), of(null, 'newest', 9)]).toEqual([[], [], []]);
  });

  it('tells what daprd waits for, where a partition without a commit loses what arrives meanwhile', () => {
    const of = (run: string, ...items: string[]) =>
      notesOf(plan(component(items.join('') + item('consumerGroup', 'g')), subscription('{default: /o}'), run), {
        topics: new Map([['orders', { partitions: [0, 1].map((partition) => ({ partition, leader: 1, replicas: [1], isr: [1], logStart: 0, highWatermark: 9 })) }]]), // prettier-ignore
        groups: facts('g', { commits: new Map([['orders', new Map([[0, 3]])]]), hasCommits: true }).groups,
      })
        .filter((note) => note.rule === 'F-22')
        .map((note) => note.message);
    const run = (more: string) => `version: 1\napps:\n- appID: a\n${more}`;
    const title =
      'While the app is unhealthy or does not listen, nothing is read; with newest, partitions without a commit lose what arrives meanwhile (F-22).';
    expect(of(run('  appPort: 5001\n'))).toEqual([`${title} daprd of a waits for port 5001. Without a commit: P1.`]);
    expect(of(run('  appPort: 5001\n  enableAppHealthCheck: true\n'))).toEqual([
      `${title} daprd of a waits for port 5001 and asks for its health. Without a commit: P1.`,
    ]);
    expect(of(run('  enableAppHealthCheck: true\n'))).toEqual([
      `${title} daprd of a asks for its health. Without a commit: P1.`,
    ]);
    expect(of(run(''))).toEqual([]);
    expect(of(run('  appPort: 5001\n'), item('initialOffset', 'oldest'))).toEqual([]);
  });

  it('finds readers by group and by topic', () => {
    const one = plan(component(item('consumerGroup', 'g')), component('', 'l'), subscription('{default: /o}'), RUN);
    expect(readersOfGroup(one, 'g').map((reader) => reader.app)).toEqual(['a', 'b']);
    expect(readersOfTopic(one, 'orders').map((reader) => reader.component.name)).toEqual(['k', 'k']);
    expect(readersOfTopic(one, 'nothing')).toEqual([]);
  });
});
