import { describe, expect, it } from 'vitest';
import { RULES } from '../dapr/rules/all.ts';
import { createLinter } from '../dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../dapr/lintOptions.ts';
import type { Facts, GroupFacts } from './facts.ts';
import { componentForecast } from './forecast.ts';
import type { TopicHistory } from './history.ts';
import {
  lineOf,
  NOTHING_SAMPLED,
  readersFor,
  tableOf,
  topicLineOf,
  type LiveReader,
  type Sampled,
} from './liveReader.ts';
import { liveRules } from './liveRules.ts';

const component = (group: string, more = '') => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata: {name: pubsub}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - {name: brokers, value: "kafka:9092"}
  - {name: authType, value: none}
  - {name: consumerGroup, value: "${group}"}
${more}scopes: [shop]
`;
const SUBSCRIPTION = `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata: {name: orders}
spec: {pubsubname: pubsub, topic: orders, routes: {default: /orders}}
`;

/** [log start, high watermark, commit] of each partition; null: not known, 'none': never committed. */
type Partition = [number | null, number | null, number | 'none' | null];

function factsOf(partitions: Partition[], groups: Record<string, Partial<GroupFacts>> = {}, error?: string): Facts {
  const group = (more: Partial<GroupFacts>): GroupFacts => ({
    commits: new Map([['orders', new Map(partitions.map(([, , committed], p) => [p, committed] as const))]]),
    hasCommits: partitions.some(([, , committed]) => typeof committed === 'number'),
    state: 'Empty',
    members: [],
    assignor: null,
    type: 'classic',
    protocolType: 'consumer',
    ...more,
  });
  const topic = {
    partitions: partitions.map(([logStart, highWatermark], partition) => ({
      partition,
      leader: 1,
      replicas: [1],
      isr: [1],
      logStart,
      highWatermark,
    })),
    ...(error === undefined ? {} : { error }),
  };
  return {
    topics: new Map([['orders', topic]]),
    groups: new Map(Object.entries({ shop: {}, ...groups }).map(([id, more]) => [id, group(more)])),
  };
}

interface Asked {
  text?: string;
  facts: Facts | null;
  predecessor?: string;
  subscription?: string;
  sampled?: Partial<Sampled>;
}

function ask({ text = component('shop'), facts, predecessor, subscription = SUBSCRIPTION, sampled }: Asked) {
  const live = (planned: LiveReader['planned']): LiveReader | null =>
    facts && {
      ...NOTHING_SAMPLED,
      ...sampled,
      planned,
      cluster: 'local',
      facts,
      forecast: componentForecast(planned, facts),
    };
  const plan = (reader: LiveReader['planned']['reader']) => ({
    reader,
    file: 'pubsub.yaml',
    line: 1,
    notLoaded: false,
    ...(predecessor === undefined ? {} : { predecessor }),
  });
  const linter = createLinter(
    DEFAULT_LINT_OPTIONS,
    liveRules(RULES, (reader) => live(plan(reader))),
  );
  linter.set('pubsub.yaml', text);
  linter.set('orders.yaml', subscription);
  const found = readersFor(linter.workspace, { mode: 'self-hosted' })[0];
  if (!found) throw new Error('no reader');
  const finding = (rule: string) =>
    [...linter.findings('pubsub.yaml'), ...linter.findings('orders.yaml')].find((f) => f.rule === rule);
  return {
    finding,
    message: (rule: string) => finding(rule)?.message,
    live: live(plan(found)),
    topic: found.topics[0],
  };
}

const GENERAL = /Starts at newest \(Kafka: latest\)/;

describe('K-01 beside a cluster', () => {
  const cases: [string, Asked, string][] = [
    [
      'never committed',
      { facts: factsOf([[0, 12_000, 'none'], [100, 530, 'none']]) }, // prettier-ignore
      'orders holds 12,430 messages; group shop has never committed: with newest it receives none of them.',
    ],
    [
      'one partition without a commit',
      { facts: factsOf([[0, 4120, 'none'], [0, 4253, 2100]]) }, // prettier-ignore
      'orders holds 8,373 messages; with newest group shop never receives 4,120 of them: it has no commit to resume at on P0.',
    ],
    [
      'deleted past the commit',
      { facts: factsOf([[310, 4467, 100]]) },
      'orders holds 4,157 messages; with newest group shop never receives 4,157 of them: it has no commit to resume at on P0. 210 were already deleted by Kafka.',
    ],
    [
      'recreated below the commit',
      { facts: factsOf([[0, 40, 100]]) },
      'orders holds 40 messages; with newest group shop never receives 40 of them: it has no commit to resume at on P0.',
    ],
    [
      'an empty partition without a commit',
      { facts: factsOf([[0, 4, 2], [0, 0, 'none']]) }, // prettier-ignore
      'orders: group shop has no commit on P1, which is empty now: what arrives there before the group first starts is not received.',
    ],
    [
      'an empty topic',
      { facts: factsOf([[0, 0, 'none']]) },
      'orders is empty now: what arrives before group shop first starts is not received.',
    ],
    [
      'a partition that nobody can tell about',
      { facts: factsOf([[0, 10, 'none'], [null, null, 'none']]) }, // prettier-ignore
      'orders holds 10 messages; group shop has never committed: with newest it receives none of them. Not known: P1.',
    ],
    [
      'a new group at every start',
      { text: component('shop-{uuid}'), facts: factsOf([[0, 10, 'none']]) },
      'orders holds 10 messages, and the group is a new one at every start: with newest none of that is received.',
    ],
    [
      'a topic that is not there',
      { facts: factsOf([], {}, 'Topic orders does not exist.') },
      'Topic orders does not exist. What is written to it before the first start is not received.',
    ],
  ];
  it.each(cases)('%s', (_name, asked, sentence) => {
    const message = ask(asked).message('K-01');
    expect(message?.slice(0, sentence.length + 1)).toBe(`${sentence} `);
    expect(message).toMatch(GENERAL);
  });

  it('counts from the commits of the group that went before', () => {
    const facts = factsOf([[0, 12_430, 'none']], {
      'orders-old': { commits: new Map([['orders', new Map([[0, 12_300]])]]) },
    });
    const { message, live } = ask({ facts, predecessor: 'orders-old' });
    expect(message('K-01')).toContain(
      'orders holds 12,430 messages: 12,300 already handled by orders-old, 130 handled by nobody, 0 twice.',
    );
    expect(live && lineOf(live)).toBe('12,300 already handled by orders-old, 130 handled by nobody, 0 twice');
  });

  it('is silent where every partition has a commit that is resumed', () => {
    expect(ask({ facts: factsOf([[0, 10, 10], [5, 20, 7]]) }).message('K-01')).toBeUndefined(); // prettier-ignore
  });

  it('says what it always says where nothing is known', () => {
    for (const facts of [null, factsOf([[0, 10, null]]), factsOf([[null, null, 'none']]), factsOf([])])
      expect(ask({ facts }).message('K-01')).toMatch(/^Starts at newest/);
  });

  it('stays off where a comment says that newest is intended', () => {
    const intended = '  # kafka-dapr-disable-next-line K-01 intended\n  metadata:';
    const text = component('shop').replace('  metadata:', intended);
    expect(ask({ text, facts: factsOf([[0, 10, 'none']]) }).message('K-01')).toBeUndefined();
  });
});

describe('K-04 beside a cluster', () => {
  const member = { memberId: 'm', clientId: 'm', host: '', assignment: [{ topic: 'orders', partitions: [0] }] };
  const grown = factsOf([[0, 10, 10], [0, 7, 'none']], { shop: { members: [member], state: 'Stable' } }); // prettier-ignore

  it('tells of a partition that the running group does not read yet', () => {
    expect(ask({ facts: grown }).message('K-04')).toMatch(
      /^P1 of orders was added, and no member of group shop reads it yet: .*; 7 messages are there already and are never received\.$/,
    );
  });

  it('has nothing to say with oldest', () => {
    const text = component('shop', '  - {name: initialOffset, value: oldest}\n');
    expect(ask({ text, facts: grown }).message('K-04')).toBeUndefined();
  });
});

describe('one line and a table', () => {
  const lines: [Partition[], string, boolean][] = [
    [[[0, 8277, 'none'], [0, 4253, 2100]], '8,277 never received · 2,153 will be delivered', true], // prettier-ignore
    [[[0, 10, 10]], 'resumes, nothing missed', false],
    [[[0, 0, 'none']], 'empty now', false],
    [[[100, 200, 50]], '100 never received · 50 already deleted by Kafka', true],
    [[[0, 10, 10], [null, null, 'none']], '1 of 2 partitions not known', true], // prettier-ignore
  ];
  it.each(lines)('%j: %s', (partitions, text, warns) => {
    const { live } = ask({ facts: factsOf(partitions) });
    expect(live && topicLineOf(live, 'orders')).toEqual({ text, warns });
  });

  it('names the topics of a component', () => {
    const { live } = ask({ facts: factsOf([[0, 8277, 'none']]) });
    expect(live && lineOf(live)).toBe('8,277 messages of orders will never be received');
  });

  it('says that the members let nobody with another assignor join', () => {
    const members = [{ memberId: 'm', clientId: 'c', host: '', assignment: [] }];
    const { live } = ask({
      facts: factsOf([[0, 10, 4]], { shop: { state: 'Stable', members, assignor: 'roundrobin' } }),
    });
    expect(live && topicLineOf(live, 'orders')).toEqual({
      text: 'Kafka refuses the join (F-18): nothing is delivered',
      warns: true,
    });
    expect(tableOf(live!).split('\n\n')[0]).toContain('Its members use roundrobin, this component range');
  });

  it('says that the brokers no longer serve what the version of the component makes Dapr ask', () => {
    const broker = { minSessionTimeout: null, maxSessionTimeout: null, createsTopics: null };
    const { live } = ask({
      text: component('shop', '  - name: version\n    value: "0.10.2.0"\n'),
      facts: { ...factsOf([[0, 10, 4]]), broker: { ...broker, lowestVersions: new Map([[1, 4]]) } },
    });
    expect(live && topicLineOf(live, 'orders')).toEqual({
      text: 'version is too old for these brokers (F-25): nothing is delivered',
      warns: true,
    });
    const [why, , table] = tableOf(live!).split('\n\n');
    expect(why).toContain('Dapr asks with Fetch version 3, and the brokers serve it from version 4 on');
    expect(table?.split('\n').at(-1)).toMatch(/^P0 \| 0 \| 10 \| 4 \| – \| 0 \| 6 \| Kafka refuses what Dapr asks/);
  });

  it('says first where daprd stops at another component', () => {
    const { live } = ask({ facts: factsOf([[0, 10, 10]]) });
    if (!live) throw new Error('nothing is known');
    const { reader } = live.planned;
    const other = {
      ...reader.component,
      name: 'state',
      document: { ...reader.component.document, file: 'state.yaml' },
    };
    const stopped = { ...live, planned: { ...live.planned, stop: { component: other, rule: 'K-03', line: 9 } } };
    expect(lineOf(stopped)).toBe('daprd stops before, at state (K-03): nothing is delivered · resumes, nothing missed');
    expect(topicLineOf(stopped, 'orders')).toEqual({
      text: 'daprd stops before, at state (K-03): nothing is delivered · resumes, nothing missed',
      warns: true,
    });
    expect(tableOf(stopped).split('\n')[0]?.replaceAll('\\', '')).toBe(
      'pubsub: daprd of shop stops before it reads anything, at state (state.yaml:9, K-03).',
    );
  });

  it('shows each partition with its rule, and names of others as text', () => {
    const text = component('[x](command:evil)|');
    const facts = factsOf([[0, 4120, 'none'], [310, 4467, 'none']], { '[x](command:evil)|': {} }); // prettier-ignore
    const { live } = ask({ text, facts });
    const table = live ? tableOf(live).split('\n') : [];
    expect(table[0]).toBe(
      '**local** · \\[x\\](command:evil)\\| · nobody reading'.replace('](', ']\\(').replace('evil)', 'evil\\)'),
    );
    expect(table.slice(2)).toEqual([
      '**orders** | log start | high watermark | committed | starts at | delivered | never received | why',
      '--- | ---: | ---: | ---: | ---: | ---: | ---: | ---',
      'P0 | 0 | 4,120 | – | 4,120 | 0 | 4,120 | Never committed, newest: starts at 4,120; 4,120 never received.',
      'P1 | 310 | 4,467 | – | 4,467 | 0 | 4,157 | Never committed, newest: starts at 4,467; 4,157 never received.',
    ]);
  });
});

describe('sampled records', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const record = (offset: number, value: string, headers: [string, Uint8Array][] = []) => ({
    partition: 0,
    offset,
    value: bytes(value),
    headers,
  });
  const of = (...records: ReturnType<typeof record>[]): Partial<Sampled> => ({
    samples: new Map([['orders', { records, offsets: records.length, found: records.length }]]),
  });
  const facts = factsOf([[0, 10, 10]]);
  const BLOCK = `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: orders
spec:
  pubsubname: pubsub
  topic: orders
  routes:
    default: /orders
`;

  it('K-30: the partition will block at a record that is no JSON object, and rawPayload lets it through', () => {
    const sampled = of(record(3, '{}'), record(4, 'no JSON'));
    const found = ask({ facts, sampled, subscription: BLOCK }).finding('K-30');
    expect(found?.message).toBe(
      'This partition will block: offset 4 of partition 0: not JSON. Set rawPayload: "true" in the Subscription’s metadata, or a deadLetterTopic.',
    );
    const [edit] = found?.fixes[0]?.edits ?? [];
    const fixed = BLOCK.slice(0, edit?.range.start) + (edit?.newText ?? '') + BLOCK.slice(edit?.range.end);
    expect(fixed).toBe(BLOCK.replace('  topic: orders\n', '  topic: orders\n  metadata:\n    rawPayload: "true"\n'));
    expect(ask({ facts, sampled, subscription: fixed }).finding('K-30')).toBeUndefined();
    expect(ask({ facts, sampled: of(record(3, '{}')), subscription: BLOCK }).finding('K-30')).toBeUndefined();
  });

  it('K-31: a header that HTTP refuses, unless it is escaped or excluded', () => {
    const sampled = {
      ...of(record(5, '{}', [['note', bytes('a\nb')]])),
      compileRegex: (pattern: string) => (text: string) => new RegExp(pattern).test(text),
    };
    const found = ask({ facts, sampled }).finding('K-31');
    expect(found?.message).toMatch(/^HTTP delivery fails and is retried for ever: offset 5 of partition 0: /);
    expect(found?.fixes[0]?.edits[0]?.newText).toContain('name: escapeHeaders');
    for (const item of ['{name: escapeHeaders, value: "true"}', '{name: excludeHeaderMetaRegex, value: "^note$"}'])
      expect(ask({ text: component('shop', `  - ${item}\n`), facts, sampled }).finding('K-31')).toBeUndefined();
  });

  it('K-65: a trace that is no text stops daprd', () => {
    const sampled = of(record(6, '{"traceid": 1}'));
    expect(ask({ facts, sampled }).message('K-65')).toMatch(
      /^daprd panics and stops at every start: offset 6 of partition 0: .*trace.*\. Upgrade to 1\.18\.3\.$/,
    );
  });

  it('S-11: a dead letter topic that is not there, where brokers create none', () => {
    const subscription = `${BLOCK}  deadLetterTopic: orders-dlq\n`;
    const gone = {
      ...facts,
      topics: new Map([...facts.topics, ['orders-dlq', { partitions: [], error: 'x', missing: true as const }]]),
    };
    const asked = (createsTopics: boolean | null, error?: string): Facts => ({
      ...gone,
      broker: {
        minSessionTimeout: null,
        maxSessionTimeout: null,
        lowestVersions: null,
        createsTopics,
        ...(error ? { error } : {}),
      },
    });
    expect(ask({ facts: asked(false), subscription }).message('S-11')).toMatch(
      /^The dead letter topic orders-dlq does not exist on local, and its brokers create no topics: /,
    );
    expect(ask({ facts: asked(true), subscription }).message('S-11')).toBeUndefined();
    expect(
      ask({ facts: asked(null, 'You may not describe the settings of broker 1.'), subscription }).message('S-11'),
    ).toMatch(
      /Whether its brokers create topics is not known \(You may not describe the settings of broker 1\.\): where they do not/,
    );
    expect(ask({ facts: gone, subscription }).message('S-11')).toBeUndefined();
    expect(ask({ facts: { ...asked(false), topics: facts.topics }, subscription }).message('S-11')).toBeUndefined();
  });

  it('says why no record could be looked at', () => {
    const unread = new Map([['orders', 'No leader']]);
    const { live, message } = ask({ facts, sampled: { unread } });
    expect(message('K-30')).toBe('Whether its records would block a partition could not be looked at: No leader');
    expect(live && tableOf(live).split('\n').at(-1)).toBe('No record of it could be looked at: No leader');
  });

  it('tells that offsets are not messages where a sample found holes', () => {
    const samples = new Map([['orders', { records: [], offsets: 40, found: 10 }]]);
    expect(ask({ facts: factsOf([[0, 1000, 'none']]), sampled: { samples } }).message('K-01')).toContain(
      'These are offsets: of 40 that were sampled, 10 hold a message (compaction or transactions), so there are about 250.',
    );
  });
});

describe('how long the app may be away, beside the file', () => {
  const DAY = 86_400_000;
  const history = (retentionMs: number): TopicHistory => ({
    at: 100 * DAY,
    times: new Map(),
    bytes: new Map(),
    limits: { cleanupPolicy: 'delete', retentionMs, retentionBytes: -1, offsetsRetentionMinutes: 10_080 },
    problems: [],
  });
  const read = (retentionMs: number) =>
    ask({ facts: factsOf([[0, 40, 40]]), sampled: { history: new Map([['orders', history(retentionMs)]]) } }).live!;

  it('is told where it is short', () => {
    expect(lineOf(read(DAY / 2))).toBe('resumes, nothing missed · may be away for 12 h only');
    expect(topicLineOf(read(DAY / 2), 'orders')).toEqual({
      text: 'resumes, nothing missed · may be away for 12 h only',
      warns: true,
    });
    expect(tableOf(read(DAY / 2))).toContain('The app may be away for 12 h');
  });

  it('is not where it is long, nor where it is not known', () => {
    expect(lineOf(read(2 * DAY))).toBe('resumes, nothing missed');
    expect(topicLineOf(read(2 * DAY), 'orders')?.warns).toBe(false);
    expect(lineOf(ask({ facts: factsOf([[0, 40, 40]]) }).live!)).toBe('resumes, nothing missed');
  });
});
