// Every rule of the forecast, F-00 to F-25, met on a real broker: what the replay page and its dry run say, with the rule's id.
import { expect, inject, it } from 'vitest';
import { ReplayModel } from '../../src/core/forecast/replay.ts';
import { RULE_PROOFS } from '../../src/core/forecast/ruleProof.ts';
import { morePlaces, tryDelivery } from '../../src/core/forecast/tryDelivery.ts';
import { readRanges } from '../../src/core/kafka/read/readRanges.ts';
import type { ReplayDelivery, ReplayForecast } from '../../src/shared/replayPage.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

const { client, tool } = await openCluster();
const broker = inject('kafka').bootstrap.split(',')[0] ?? '';

/** One component with one Subscription, and a run file. */
interface Files {
  topic: string;
  items?: Record<string, string>;
  routes?: string;
  /** Lines of the app in the run file. */
  app?: string;
  apps?: string;
}

const filesOf = ({ topic, items = {}, routes = '{default: /in}', app = '', apps = '' }: Files) => [
  {
    path: 'shop.yaml',
    text: `apiVersion: dapr.io/v1alpha1
kind: Component
metadata: {name: shop}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
${Object.entries({ brokers: broker, authType: 'none', consumerGroup: `${topic}-g`, ...items })
  .map(([name, value]) => `  - {name: ${name}, value: "${value}"}\n`)
  .join('')}---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata: {name: s}
spec:
  pubsubname: shop
  topic: ${topic}
  routes: ${routes}
`,
  },
  { path: 'dapr.yaml', text: `version: 1\napps:\n- appID: app\n${app}${apps}` },
];

const OF = { component: 'shop', app: 'app' };

async function page(files: Files): Promise<{ now: ReplayForecast; problems: string[] }> {
  return new ReplayModel(filesOf(files)).replay(client, OF, {});
}

/** `P0 F-02 sentence` of each partition. */
async function partitions(files: Files): Promise<string[]> {
  const { now } = await page(files);
  return now.topics.flatMap((topic) =>
    topic.partitions.map(({ partition, rule, sentence, ruleTitle }) => {
      // In the hover: what it says in general.
      expect(ruleTitle.length).toBeGreaterThan(20);
      return `P${partition} ${rule} ${sentence}`;
    }),
  );
}

async function dryRun(files: Files): Promise<ReplayDelivery> {
  const model = new ReplayModel(filesOf(files));
  await model.replay(client, OF, {});
  const source = { connection: client.connection, read: readRanges };
  return tryDelivery(source, model.delivery(OF, {}, files.topic)!, () => undefined, AbortSignal.timeout(20_000));
}

const rows = ({ rows }: ReplayDelivery) => rows.map(({ count, text, rule }) => `${count} ${text} ${rule ?? ''}`.trim());
const write = (topic: string, ...values: string[]) =>
  tool.produce(
    topic,
    values.map((value) => ({ partition: 0, value })),
  );
async function topic(name: string, records = 4, numberOf = 1): Promise<string> {
  await tool.create(name, numberOf);
  await write(name, ...Array.from({ length: records }, (_, i) => `{"n":${i}}`));
  return name;
}
const OLDEST = { initialOffset: 'oldest' };

const CASES: Record<string, () => Promise<void>> = {
  'F-00': async () => {
    const name = await topic('fr-00');
    expect(await partitions({ topic: name, items: { initialOffset: 'latest' } })).toEqual([
      'P0 F-00 The component does not start: nothing is delivered, and the group’s offsets stay as they are.',
    ]);
  },
  'F-01': async () => {
    const name = await topic('fr-01');
    await tool.commit('fr-01-g', name, { 0: 1 });
    expect(await partitions({ topic: name })).toEqual([
      'P0 F-01 Committed 1: resumes there, 3 will be delivered; initialOffset has no effect here.',
    ]);
  },
  'F-02': async () => {
    const name = await topic('fr-02');
    expect(await partitions({ topic: name })).toEqual([
      'P0 F-02 Never committed, newest: starts at 4; 4 never received.',
    ]);
  },
  'F-03': async () => {
    const name = await topic('fr-03', 4, 2);
    await tool.produce(name, [{ partition: 1, value: '{}' }]);
    await tool.commit('fr-03-g', name, { 0: 4 });
    expect((await partitions({ topic: name }))[1]).toBe(
      'P1 F-03 The group has no commit for this partition, newest: starts at 1; 1 never received.',
    );
  },
  'F-04': async () => {
    const name = await topic('fr-04');
    expect(await partitions({ topic: name, items: OLDEST })).toEqual([
      'P0 F-04 Never committed, oldest: starts at 0; everything Kafka still keeps, 4, will be delivered.',
    ]);
  },
  'F-05a': async () => {
    const name = await topic('fr-05a');
    await tool.run('delete-records', name, 0, 3);
    await tool.commit('fr-05a-g', name, { 0: 1 });
    expect((await partitions({ topic: name }))[0]).toMatch(/^P0 F-05a Committed 1, .* 2 already deleted by Kafka/);
  },
  'F-05b': async () => {
    const name = await topic('fr-05b');
    await tool.run('delete-records', name, 0, 3);
    await tool.commit('fr-05b-g', name, { 0: 1 });
    expect((await partitions({ topic: name, items: OLDEST }))[0]).toMatch(
      /^P0 F-05b Committed 1, .* 2 already deleted by Kafka; oldest continues at 3\.$/,
    );
  },
  'F-06a': async () => {
    const name = await topic('fr-06a');
    await tool.commit('fr-06a-g', name, { 0: 40 });
    expect((await partitions({ topic: name }))[0]).toMatch(/^P0 F-06a Committed 40 lies above the end of the log/);
  },
  'F-06b': async () => {
    const name = await topic('fr-06b');
    await tool.commit('fr-06b-g', name, { 0: 40 });
    expect((await partitions({ topic: name, items: OLDEST }))[0]).toMatch(
      /^P0 F-06b Committed 40 lies above the end of the log .* everything, 4, is received twice/,
    );
  },
  'F-07': async () => grown('fr-07', {}, /^P1 F-07 New partition that no member reads yet: with newest/),
  'F-08': async () => grown('fr-08', OLDEST, /^P1 F-08 New partition that no member reads yet: delayed/),
  'F-09': async () => {
    const name = await topic('fr-09', 0);
    expect(await partitions({ topic: name })).toEqual(['P0 F-09 The partition is empty: nothing to deliver.']);
  },
  'F-10': async () => {
    const name = await topic('fr-10');
    await tool.commit('fr-10-g', name, { 0: 4 });
    expect(await partitions({ topic: name })).toEqual(['P0 F-10 Committed 4, the end of the log: caught up.']);
  },
  'F-11': async () => {
    const name = await topic('fr-11');
    await tool.join({ kind: 'classic', group: 'fr-11-g', clientId: 'm', topics: [name], settings: { read: 'false' } });
    expect((await page({ topic: name })).now.notes).toContain(
      'fr-11: P0 is being read, but nothing was committed there yet: should its first message keep failing, the next start with newest skips it and everything behind it (F-11).',
    );
    await tool.leave('fr-11-g');
  },
  'F-12': async () => {
    const name = await topic('fr-12', 0);
    await write(name, '{"n":0}', 'no json', '{"n":2}');
    await tool.commit('fr-12-g', name, { 0: 1 });
    expect(rows(await dryRun({ topic: name }))).toEqual([
      '2 offset 1 of partition 0 blocks it: not JSON. 1 message behind it F-12',
    ]);
  },
  'F-13': async () => {
    const name = await topic('fr-13', 0);
    await write(name, '{"n":0}', 'no json', '{"n":2}', 'no json', '[3]');
    const files = { topic: name, items: { ...OLDEST, consumeRetryEnabled: 'false' } };
    expect(rows(await dryRun(files))).toEqual([
      '1 given up at the end of partition 0, where no later commit covers it: comes again at the next start: not JSON F-13',
      '1 given up at the end of partition 0, where no later commit covers it: comes again at the next start: JSON, but not an object F-13',
      '1 given up after the attempts, and lost once a later message is committed: not JSON',
      '2 reach /in',
    ]);
  },
  'F-14': async () => {
    const name = await topic('fr-14');
    await tool.join({ kind: 'classic', group: 'fr-14-g', clientId: 'm', topics: [name], settings: { read: 'false' } });
    const { now } = await page({ topic: name });
    expect(now.standing).toBe(
      'The group is running with 1 member: a start now shares the partitions with them (F-14).',
    );
    expect(now.members.map(({ clientId, partitions }) => [clientId, partitions])).toEqual([
      ['m', [{ topic: name, partitions: [0] }]],
    ]);
    await tool.leave('fr-14-g');
  },
  'F-15': async () => {
    await topic('defaultfr-15');
    expect((await page({ topic: 'fr-15', items: { clientID: '{namespace}' } })).now.notes).toContain(
      'fr-15: {namespace} renames the topic on the broker to <namespace><topic>; what others write to the plain topic is never received (F-15).',
    );
  },
  'F-16': async () => {
    const name = await topic('fr-16', 0);
    await write(name, '{"n":0,"expiration":"2020-01-01T00:00:00Z"}', '{"n":1}');
    expect(rows(await dryRun({ topic: name, items: OLDEST }))).toEqual([
      '1 acknowledged and lost: its time to live has passed F-16',
      '1 reach /in',
    ]);
  },
  'F-17': async () => {
    const name = await topic('fr-17');
    expect(await partitions({ topic: name, items: { consumerGroup: '{uuid}' } })).toEqual([
      'P0 F-17 The group gets a new name at every start: starts at 4; 4 never received.',
    ]);
  },
  'F-18': async () => {
    const name = await topic('fr-18');
    const settings = {
      read: 'false',
      'partition.assignment.strategy': 'org.apache.kafka.clients.consumer.RoundRobinAssignor',
    };
    await tool.join({ kind: 'classic', group: 'fr-18-g', clientId: 'm', topics: [name], settings });
    const { now, problems } = await page({ topic: name });
    const refused =
      'Kafka refuses the join (another assignor or protocol, or sessionTimeout), and nothing is delivered (F-18).';
    expect(problems).toEqual([`Group fr-18-g: ${refused} Its members use roundrobin, this component range.`]);
    expect(await partitions({ topic: name })).toEqual([
      'P0 F-18 Kafka refuses the join: nothing is delivered, and the group’s offsets stay as they are.',
    ]);
    expect(now.standing).toBe(
      'The group is running with 1 member, and Kafka does not let this component join them (F-18).',
    );
    await tool.join({ kind: 'share', group: 'fr-18-share', clientId: 'm', topics: [name] });
    expect((await page({ topic: name, items: { consumerGroup: 'fr-18-share' } })).problems).toEqual([
      `Group fr-18-share: ${refused} It is a share group.`,
    ]);
    await tool.leave('fr-18-share');
    // The group stays one for sharing when nobody is in it any more.
    expect((await page({ topic: name, items: { consumerGroup: 'fr-18-share' } })).problems).toHaveLength(1);
    await expect(
      tool.join({ kind: 'classic', group: 'fr-18-share', clientId: 'c', topics: [name], settings: { read: 'false' } }),
    ).rejects.toThrow(/protocol/i);
    await tool.leave('fr-18-g');
    // Nobody is in the way now, but the brokers have bounds of their own (6 s to 30 min by default).
    expect(await partitions({ topic: name })).toEqual([expect.stringMatching(/^P0 F-02 /)]);
    const asked = { topic: name, items: { sessionTimeout: '5s' } };
    expect(await partitions(asked)).toEqual([expect.stringMatching(/^P0 F-18 /)]);
    expect((await page(asked)).problems).toEqual([
      `Group fr-18-g: ${refused} sessionTimeout is 5s, and the brokers allow 6s to 30m (group.min.session.timeout.ms, group.max.session.timeout.ms).`,
    ]);
    const short = { read: 'false', 'session.timeout.ms': '5000', 'heartbeat.interval.ms': '1000' };
    await expect(
      tool.join({ kind: 'classic', group: 'fr-18-short', clientId: 'm', topics: [name], settings: short }),
    ).rejects.toThrow(/session timeout/i);
  },
  'F-19': async () => {
    const { problems } = await page({ topic: 'fr-19' });
    expect(problems).toEqual([
      'Topic fr-19 does not exist. The brokers create no topics: nothing is delivered for any topic of this component until it exists (F-19).',
    ]);
  },
  'F-20': async () => {
    const name = await topic('fr-20');
    expect((await page({ topic: name, apps: '- appID: other\n- appID: third\n' })).now.notes).toEqual([
      'fr-20: Several apps or components read this topic in one group: each receives only its share (F-20). Also: shop (other), shop (third).',
    ]);
  },
  'F-21': async () => {
    const name = await topic('fr-21');
    await tool.commit('fr-21-g', name, { 0: 4 });
    expect((await page({ topic: name })).now.notes).toEqual([
      'Nobody reads in this group: Kafka forgets its commits some time after the last member left (offsets.retention.minutes, default 7 days) (F-21).',
    ]);
  },
  'F-22': async () => {
    const name = await topic('fr-22', 4, 2);
    await tool.commit('fr-22-g', name, { 0: 4 });
    expect((await page({ topic: name, app: '  appPort: 5001\n  enableAppHealthCheck: true\n' })).now.notes).toContain(
      'fr-22: While the app is unhealthy or does not listen, nothing is read; with newest, partitions without a commit lose what arrives meanwhile (F-22). daprd of app waits for port 5001 and asks for its health. Without a commit: P1.',
    );
  },
  'F-23': async () => {
    const name = await topic('fr-23');
    const files = { topic: name, items: OLDEST, routes: '{}' };
    expect((await page(files)).now.notes).toContain(
      'fr-23: The subscription has no matching route: messages are acknowledged and delivered to nobody (F-23).',
    );
    expect(rows(await dryRun(files))).toEqual(['4 acknowledged and lost: no route matches F-23']);
  },
  'F-24': async () => {
    await tool.create('fr-24', 1);
    const records = (...values: string[]) => JSON.stringify(values.map((value) => ({ partition: 0, value })));
    await write('fr-24', '{"n":0}');
    await tool.run('transact', 'fr-24', 'fr-24-tx', 'abort', records('{"n":1}', '{"n":2}'));
    await tool.run('transact', 'fr-24', 'fr-24-tx', 'commit', records('{"n":3}'));
    const aborted = await dryRun({ topic: 'fr-24', items: OLDEST });
    expect([aborted.records, rows(aborted)]).toEqual([4, ['4 reach /in']]);
    expect(aborted.notes).toEqual([
      'Dapr reads uncommitted: 2 messages of aborted transactions and 0 of open ones are among them (F-24).',
    ]);
    await tool.run('seed', 'open-transaction', 'fr-24-open');
    const open = await dryRun({ topic: 'fr-24-open', items: OLDEST, routes: '{default: /in}' });
    expect(open.notes).toEqual([
      'Dapr reads uncommitted: 0 messages of aborted transactions and 10 of open ones are among them (F-24).',
    ]);
  },
  'F-25': async () => {
    const files = { topic: await topic('fr-25'), items: { ...OLDEST, version: '0.10.2.0' } };
    expect(await partitions(files)).toEqual([
      'P0 F-25 Kafka refuses what Dapr asks: nothing is delivered, and the group’s offsets stay as they are.',
    ]);
    expect((await page(files)).problems).toEqual([
      'shop: The brokers no longer serve what the component’s version makes Dapr ask: it joins its group, takes its share of the partitions and receives nothing, without an error in its log (F-25). version is 0.10.2.0: Dapr asks with Fetch version 3, and the brokers serve it from version 4 on. Set version to 2.0.0 or newer.',
    ]);
    const ways = await new ReplayModel(filesOf(files)).ways(client, OF, { kind: 'everything' });
    expect(ways[0]?.steps[0]?.text).toBe('First mend why nothing is delivered: it stands at the top of this page.');
    expect(rows(await dryRun(files))).toEqual([]);
    const next = { ...files, items: { ...OLDEST, version: '0.11.0.0' } };
    expect(await partitions(next)).toEqual([expect.stringMatching(/^P0 F-04 /)]);
  },
};

async function grown(name: string, items: Record<string, string>, sentence: RegExp): Promise<void> {
  await topic(name);
  const settings = { read: 'false', 'metadata.max.age.ms': '600000' };
  await tool.join({ kind: 'classic', group: `${name}-g`, clientId: 'm', topics: [name], settings });
  await tool.run('add-partitions', name, 2);
  await tool.produce(name, [{ partition: 1, value: '{}' }]);
  expect((await partitions({ topic: name, items }))[1]).toMatch(sentence);
  await tool.leave(`${name}-g`);
}

it.each(Object.keys(RULE_PROOFS))('%s', async (rule) => {
  await CASES[rule]!();
});

it('stops trying a delivery when it is told to', async () => {
  const files = { topic: await topic('fr-stop', 5_000), items: OLDEST };
  const model = new ReplayModel(filesOf(files));
  await model.replay(client, OF, {});
  const stop = new AbortController();
  const told: number[] = [];
  const onRecords = (records: number) => {
    told.push(records);
    stop.abort();
  };
  const source = { connection: client.connection, read: readRanges };
  await expect(tryDelivery(source, model.delivery(OF, {}, files.topic)!, onRecords, stop.signal)).rejects.toThrow(
    /abort|cancel|stop/i,
  );
  expect(told).toEqual([1_000]);
});

it.each<[string, string]>([
  ['one by one', '{pubsubname: shop, topic: T, routes: {default: /in}}'],
  ['in bulk', '{pubsubname: shop, topic: T, routes: {default: /in}, bulkSubscribe: {enabled: true}}'],
])('finds the messages of a fate beyond the first hundred, of all partitions: %s', async (how, spec) => {
  const name = `fr-more-${how.replaceAll(' ', '-')}`;
  await tool.create(name, 3);
  const expired = '{"expiration":"2020-01-01T00:00:00Z"}';
  const records = Array.from({ length: 1_000 }, (_, i) => ({
    partition: i % 3 === 0 ? 0 : 1 + (i % 2),
    value: i % 4 === 0 ? '{}' : expired,
  }));
  await tool.produce(name, records);
  const files = filesOf({ topic: name, items: OLDEST });
  files[0]!.text = files[0]!.text.replace(/spec:\n {2}pubsubname[^]*/, `spec: ${spec.replace('T', name)}\n`);
  const model = new ReplayModel(files);
  await model.replay(client, OF, {});
  const source = { connection: client.connection, read: readRanges };
  const delivery = model.delivery(OF, {}, name)!;
  const signal = AbortSignal.timeout(60_000);
  const { read, rows } = await tryDelivery(source, delivery, () => undefined, signal);
  const row = rows.find(({ kind }) => kind === 'dropped')!;
  expect(row).toMatchObject({ count: 750, more: 'dropped expired' });
  // What is written since is not of what was tried.
  await tool.produce(name, [{ partition: 0, value: expired }]);
  await model.replay(client, OF, {});
  const places = [...row.places];
  const lengths = [places.length];
  for (let more = true; more;) {
    const beyond = { read, fate: row.more!, after: places };
    const next = await morePlaces(source, model.delivery(OF, {}, name)!, beyond, () => undefined, signal);
    expect(next.problems).toEqual([]);
    lengths.push(next.places.length);
    places.push(...next.places);
    more = next.more;
  }
  expect(lengths).toEqual([100, 100, 100, 100, 100, 100, 100, 50]);
  const offsets = [0, 0, 0];
  const written = records.map(({ partition, value }) => ({ partition, offset: offsets[partition]!++, value }));
  const text = (all: { partition: number; offset: number }[]) => all.map((p) => `${p.partition}:${p.offset}`).sort();
  expect(text(places)).toEqual(text(written.filter(({ value }) => value === expired)));
});
