import { describe, expect, it } from 'vitest';
import type { TopicHistory } from './history.ts';
import { ask, component, factsOf, type Partition } from './liveReader.fixture.ts';
import { lineOf, tableOf, topicLineOf } from './liveReader.ts';

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
    const { live } = ask({
      text: component('shop', '  - name: version\n    value: "0.10.2.0"\n'),
      facts: { ...factsOf([[0, 10, 4]]), served: new Map([[1, new Map([[1, 4]])]]) },
    });
    expect(live && topicLineOf(live, 'orders')).toEqual({
      text: 'version is too old for these brokers (F-25): nothing is delivered',
      warns: true,
    });
    const [why, , table] = tableOf(live!).split('\n\n');
    expect(why).toContain('Dapr asks with Fetch version 3, and the brokers serve it from version 4 on');
    expect(table?.split('\n').at(-1)).toMatch(/^P0 \| 0 \| 10 \| 4 \| – \| 0 \| 6 \| Kafka refuses what Dapr asks/);
  });

  it('says that some of the brokers do not serve it, beside what the others deliver', () => {
    const facts = factsOf([[0, 10, 4], [0, 20, 5]]); // prettier-ignore
    const orders = facts.topics.get('orders')!;
    const partitions = orders.partitions.map((p, i) => ({ ...p, leader: i + 1 }));
    const served = new Map([1, 2].map((id) => [id, new Map([[1, id === 2 ? 4 : 0]])]));
    const { live } = ask({
      text: component('shop', '  - name: version\n    value: "0.10.2.0"\n'),
      facts: { ...facts, topics: new Map([['orders', { ...orders, partitions }]]), served },
    });
    expect(live && topicLineOf(live, 'orders')).toEqual({
      text: 'version is too old for some of these brokers (F-25): nothing is delivered of their partitions · 6 will be delivered',
      warns: true,
    });
    expect(tableOf(live!)).toContain('of the brokers 2 serve it from version 4 on: nothing is delivered');
  });

  it('says first where daprd stops at another component', () => {
    const { live } = ask({ facts: factsOf([[0, 10, 10]]) });
    if (!live) throw new Error('nothing is known');
    const { reader } = live.planned;
    const document = { ...reader.component.document, file: 'state.yaml' };
    const stop = { document, name: 'state', scopes: undefined, rule: 'K-03', line: 9 };
    const stopped = { ...live, planned: { ...live.planned, stop } };
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
