// The halves of the rules that need a cluster, met on a real one: what the file says of records that were looked at, of a
// dead letter topic that is not there, and of a partition that a running group does not read.
import { expect, inject, it } from 'vitest';
import { RULES } from '../../src/core/dapr/rules/all.ts';
import { createLinter } from '../../src/core/dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../../src/core/dapr/lintOptions.ts';
import { gatherFacts } from '../../src/core/forecast/facts.ts';
import { componentForecast } from '../../src/core/forecast/forecast.ts';
import { liveRules } from '../../src/core/forecast/liveRules.ts';
import { readRanges } from '../../src/core/kafka/read/readRanges.ts';
import { ClusterSamples } from '../../src/editor/forecast/clusterSamples.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

const { client, tool } = await openCluster();
const broker = inject('kafka').bootstrap.split(',')[0] ?? '';

interface Files {
  topic: string;
  items?: string;
  /** Lines of the Subscription's spec. */
  more?: string;
  daprVersion?: string;
}

/** The messages of the rules, with the place that each is about. */
async function found({ topic, items = '', more = '', daprVersion }: Files): Promise<Record<string, string>> {
  const files = {
    'c.yaml': `apiVersion: dapr.io/v1alpha1
kind: Component
metadata: {name: shop}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - {name: brokers, value: "${broker}"}
  - {name: authType, value: none}
  - {name: consumerGroup, value: "${topic}-g"}
${items}scopes: [app]
`,
    's.yaml': `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata: {name: s}
spec:
  pubsubname: shop
  topic: ${topic}
  routes: {default: /in}
${more}`,
  };
  const signal = AbortSignal.timeout(20_000);
  const names = [topic, ...(/deadLetterTopic: (\S+)/.exec(more)?.slice(1) ?? [])];
  const facts = await gatherFacts(client, { topics: names, groups: [`${topic}-g`] }, { signal });
  const samples = new ClusterSamples();
  const cluster = {
    client: () => Promise.resolve(client),
    source: () => Promise.resolve({ connection: client.connection, read: readRanges }),
  };
  await samples.look(cluster, facts.topics, names, signal);
  const options = { ...DEFAULT_LINT_OPTIONS, ...(daprVersion === undefined ? {} : { daprVersion }) };
  const rules = liveRules(RULES, (reader) => {
    const planned = { reader, file: 'c.yaml', line: 1, notLoaded: false };
    return { ...samples.known, planned, cluster: 'real', facts, forecast: componentForecast(planned, facts) };
  });
  const linter = createLinter(options, rules);
  for (const [path, text] of Object.entries(files)) linter.set(path, text);
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) =>
      linter
        .findings(path)
        .map(({ rule, message, range }) => [rule, `${text.slice(range.start, range.end)} | ${message}`]),
    ),
  );
}

const write = async (topic: string, ...values: (string | null)[]) => {
  await tool.create(topic, 1);
  await tool.produce(
    topic,
    values.map((value) => ({ partition: 0, value })),
  );
};

it('K-30: a record that is no JSON object will block its partition, or goes to the dead letter topic', async () => {
  await write('lf-30', '{"n":0}', '{"n":1}', 'no json', '{"n":3}');
  expect((await found({ topic: 'lf-30' }))['K-30']).toBe(
    'lf-30 | This partition will block: offset 2 of partition 0: not JSON. Set rawPayload: "true" in the Subscription’s metadata, or a deadLetterTopic.',
  );
  await tool.create('lf-30-dead', 1);
  expect((await found({ topic: 'lf-30', more: '  deadLetterTopic: lf-30-dead\n' }))['K-30']).toBe(
    'lf-30 | Such records go to the dead letter topic: offset 2 of partition 0: not JSON. rawPayload: "true" in the Subscription’s metadata delivers them.',
  );
  expect(
    (await found({ topic: 'lf-30', items: '  - {name: consumeRetryEnabled, value: "false"}\n' }))['K-30'],
  ).toContain('Such records are given up after their attempts, and lost once a later one is committed');
  expect((await found({ topic: 'lf-30', more: '  metadata: {rawPayload: "true"}\n' }))['K-30']).toBeUndefined();
  await write('lf-30-good', '{"n":0}', null);
  expect((await found({ topic: 'lf-30-good' }))['K-30']).toBeUndefined();
});

it('K-31: a header that HTTP refuses', async () => {
  await tool.create('lf-31', 1);
  await tool.produce('lf-31', [{ partition: 0, value: '{}' }, { partition: 0, value: '{}', headers: [['x-bad', 'a\nb']] }]); // prettier-ignore
  expect((await found({ topic: 'lf-31' }))['K-31']).toContain(
    'HTTP delivery fails and is retried for ever: offset 1 of partition 0: a header value that HTTP refuses. Set escapeHeaders: "true".',
  );
  expect(
    (await found({ topic: 'lf-31', items: '  - {name: escapeHeaders, value: "true"}\n' }))['K-31'],
  ).toBeUndefined();
  expect(
    (await found({ topic: 'lf-31', items: '  - {name: excludeHeaderMetaRegex, value: "^x-"}\n' }))['K-31'],
  ).toBeUndefined();
});

it('K-65: a traceid that is no text, for runtimes that panic on it', async () => {
  await write('lf-65', '{"n":0}', '{"traceid":7}');
  expect((await found({ topic: 'lf-65', daprVersion: '1.18.2' }))['K-65']).toBe(
    'lf-65 | daprd panics and stops at every start: offset 1 of partition 0: its traceid or traceparent is not text. Upgrade to 1.18.3.',
  );
  expect((await found({ topic: 'lf-65', daprVersion: '1.18.3' }))['K-65']).toBeUndefined();
});

it('K-04: a partition that was added while the group runs', async () => {
  await write('lf-04', '{"n":0}');
  await tool.commit('lf-04-g', 'lf-04', { 0: 1 });
  const settings = { read: 'false', 'metadata.max.age.ms': '600000' };
  await tool.join({ kind: 'classic', group: 'lf-04-g', clientId: 'm', topics: ['lf-04'], settings });
  expect((await found({ topic: 'lf-04' }))['K-04']).toBeUndefined();
  await tool.run('add-partitions', 'lf-04', 2);
  await tool.produce('lf-04', [{ partition: 1, value: '{}' }, { partition: 1, value: '{}' }]); // prettier-ignore
  expect((await found({ topic: 'lf-04' }))['K-04']).toContain(
    'P1 of lf-04 was added, and no member of group lf-04-g reads it yet: with newest (Kafka: latest) the group starts at its end when it notices (up to two metadata refresh intervals, 16 minutes by default); 2 messages are there already and are never received.',
  );
  await tool.leave('lf-04-g');
});

it('S-11: a dead letter topic that is not there', async () => {
  await write('lf-11', '{"n":0}');
  expect((await found({ topic: 'lf-11', more: '  deadLetterTopic: lf-11-dead\n' }))['S-11']).toBe(
    'lf-11-dead | The dead letter topic lf-11-dead does not exist on real, and its brokers create no topics: the copy fails and the partition blocks at the first message that fails (before 1.15.0 the message is lost). Create it.',
  );
  await tool.create('lf-11-dead', 1);
  expect((await found({ topic: 'lf-11', more: '  deadLetterTopic: lf-11-dead\n' }))['S-11']).toBeUndefined();
});
