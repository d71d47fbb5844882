import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ForecastCluster } from './facts.ts';
import { failures, forecast } from './forecast.ts';

const GOOD = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: pubsub
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "kafka:9092"
  - name: authType
    value: none
  - name: consumerGroup
    value: "shop-{namespace}"
  - name: initialOffset
    value: oldest
scopes: [shop]
---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata: {name: orders}
spec: {pubsubname: pubsub, topic: orders, routes: {default: /orders}, deadLetterTopic: "orders-dlq"}
---
version: 1
apps:
- appID: shop
  appDirPath: .
`;
const JUNK = [
  '{',
  '}',
  '[',
  ']',
  ': ',
  '\n- ',
  '&a ',
  '*a',
  '!!binary ',
  '|',
  '>-',
  '---\n',
  '\t',
  '"',
  "'",
  '{{ x }}',
  '<<: *a\n',
  '\u0000',
  '\uFEFF',
  '{uuid}',
  '__proto__: 1\n',
  '# ',
];

/** A good file with something else in its place here and there, or anything at all. */
const hostile = fc.oneof(
  fc
    .array(
      fc.tuple(fc.nat(GOOD.length), fc.nat(40), fc.oneof(fc.constantFrom(...JUNK), fc.string({ unit: 'binary' }))),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((edits) => edits.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), GOOD)),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** Has every topic that it is asked for, with numbers of all kinds, and no group. */
const cluster: ForecastCluster = {
  topics: (names = []) =>
    Promise.resolve(
      names.map((name) => ({
        name,
        internal: false,
        partitions: [0, 1].map((partition) => ({ partition, leader: 1, replicas: [1], isr: [1] })),
      })),
    ),
  offsets: (topics) =>
    Promise.resolve(
      topics.map((topic) => ({
        ...topic,
        partitions: topic.partitions.map((p) =>
          p.partition === 0 ? { ...p, logStart: 5, highWatermark: 12 } : { ...p, logStart: null, highWatermark: null },
        ),
      })),
    ),
  describe: () => Promise.reject(new Error('nobody answers')),
  brokerVersions: () => Promise.resolve(new Map()),
  brokerSettings: () => Promise.reject(new Error('You may not describe the settings of broker 1.')),
  describeGroups: (ids = []) =>
    Promise.resolve(
      ids.map((group) => ({
        group,
        type: 'classic' as const,
        state: 'Dead',
        protocolType: '',
        coordinator: 1,
        assignor: null,
        members: [],
        offsets: [],
        error: 'no such group',
      })),
    ),
};

it('gives problem lines for files of any kind, never an exception', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 3 }), hostile, async (texts, base) => {
      const files = texts.map((text, i) => ({ path: `f${i}.yaml`, text }));
      const lines = new Map(files.map(({ path, text }) => [path, text.split('\n').length]));
      const options = { baseFiles: [{ path: 'f0.yaml', text: base }] };
      const result = await forecast({ files, cluster, options });
      for (const { file, line, message } of result.problems) {
        expect(message).not.toBe('');
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.get(file) ?? 0);
      }
      // Either something is forecast, or a line says why not.
      expect(result.components.length + result.problems.length).toBeGreaterThan(0);
      for (const component of result.components)
        for (const topic of component.topics)
          for (const p of topic.partitions)
            if (p.first !== null) expect([p.first, p.backlog]).toEqual([p.first, 12 - p.first]);
      expect(failures(result, ['skipped', 'gone', 'replayed'])).toBeInstanceOf(Array);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    }),
    { numRuns: 300 },
  );
}, 60_000);
