import { describe, expect, it } from 'vitest';
import type { Facts } from './facts.ts';
import { ask, component, factsOf, type Asked } from './liveReader.fixture.ts';
import { lineOf, tableOf, type Sampled } from './liveReader.ts';

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
