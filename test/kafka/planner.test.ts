// The planner before states of a real cluster: what a way promises is what its buttons come to. A reset is planned as the
// button would plan it, and an edit is tried as the page tries it.
import { expect, inject, it } from 'vitest';
import type { ReplayWay, ReplayWish } from '../../src/shared/replayPage.ts';
import { ReplayModel } from '../../src/core/forecast/replay.ts';
import { ChangeRefused } from '../../src/core/kafka/changes/gate.ts';
import { planReset } from '../../src/core/kafka/changes/resetPlan.ts';
import { createClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { KafkaError } from '../../src/core/kafka/transport/kafkaError.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

const { bootstrap } = inject('kafka');
const { client, tool } = await openCluster();
const FIRST = 1_700_000_000_000;
const of = { component: 'k', app: 'app' };

/** A component that reads the topic in `group`; without a group, a binding that names none. */
function model(topic: string, group: string | null, initialOffset: 'newest' | 'oldest' = 'newest'): ReplayModel {
  const items = { initialOffset, ...(group === null ? { topics: topic } : { consumerGroup: group }) };
  const text = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: k
spec:
  type: ${group === null ? 'bindings' : 'pubsub'}.kafka
  version: v1
  metadata:
  - name: brokers
    value: "${bootstrap}"
  - name: authType
    value: none
${Object.entries(items)
  .map(([name, value]) => `  - name: ${name}\n    value: "${value}"\n`)
  .join('')}scopes:
- app
---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: s
spec:
  pubsubname: k
  topic: ${topic}
  routes:
    default: /r
`;
  return new ReplayModel([{ path: 'k.yaml', text }]);
}

/** A partition of `end` messages, one a second, deleted up to `logStart`. */
async function log(topic: string, end: number, logStart = 0): Promise<void> {
  await tool.create(topic, 1);
  if (end > 0)
    await tool.produce(
      topic,
      Array.from({ length: end }, (_, i) => ({ partition: 0, timestamp: FIRST + i * 1000, value: `{"n":${i}}` })),
    );
  if (logStart > 0) await tool.run('delete-records', topic, 0, logStart);
}

const WISHES: ReplayWish[] = [
  { kind: 'everything' },
  { kind: 'only-new' },
  { kind: 'since', timestamp: FIRST - 1 },
  { kind: 'since', timestamp: FIRST + 7_000 },
  { kind: 'since', timestamp: Date.now() + 86_400_000 },
  { kind: 'from-offset', offset: 5 },
  { kind: 'from-offset', offset: 1_000_000 },
  { kind: 'second-reader' },
];

/** All ways to all wishes, after it was seen that each delivers what it promises. */
async function walk(files: ReplayModel): Promise<Map<ReplayWish, ReplayWay[]>> {
  await files.replay(client, of, {});
  await files.learnHistory(client, of, {});
  const found = new Map<ReplayWish, ReplayWay[]>();
  for (const wish of WISHES) {
    const ways = await files.ways(client, of, wish);
    found.set(wish, ways);
    for (const way of ways) {
      const actions = way.steps.flatMap((step) => step.actions);
      const reset = actions.find((action) => action.kind === 'reset');
      const tried = actions.find((action) => action.kind === 'try');
      if (reset) {
        const planned = planReset(
          client,
          reset.group,
          reset.topics.map((topic) => ({ topic })),
          reset.to,
        );
        if (way.steps.some(({ text }) => text.startsWith('Stop every instance')))
          await expect(planned).rejects.toBeInstanceOf(ChangeRefused);
        else {
          const { changes } = await planned;
          expect([wish, way.delivered]).toEqual([
            wish,
            changes.reduce((sum, { lagAfter }) => sum + (lagAfter ?? 0), 0),
          ]);
        }
      } else if (tried) {
        const { then } = await files.replay(client, of, tried.whatIf);
        expect([wish, way.delivered]).toEqual([wish, then?.summary.backlog]);
      }
      const edit = actions.find((action) => action.kind === 'edit');
      if (edit) {
        const { before, after } = files.edited(of, edit.edit);
        expect(after).not.toBe(before);
        for (const value of Object.values(edit.edit)) expect(after).toContain(value);
      }
    }
  }
  return found;
}
const titles = (found: Map<ReplayWish, ReplayWay[]>, kind: ReplayWish['kind']) =>
  [...found].find(([wish]) => wish.kind === kind)?.[1].map(({ title }) => title);
const saying = (found: Map<ReplayWish, ReplayWay[]>) => [
  ...new Set([...found.values()].flat().flatMap(({ steps, costs }) => [...steps.map(({ text }) => text), ...costs])),
];

it('goes back in a log that has lost its beginning, and says what cannot come', async () => {
  await log('pl-cut', 20, 8);
  await tool.commit('pl-cut-g', 'pl-cut', { 0: 15 });
  const found = await walk(model('pl-cut', 'pl-cut-g'));
  const said = saying(found);
  expect(said).toContain('Kafka has deleted offset 5: on P0 the app starts at the log start.');
  expect(said).toContain('There is no offset 1000000 yet: of P0 the app receives only what is written from now on.');
  expect(said).toContain('No message of P0 is that new: the app receives only what is written from now on.');
  expect(said).toContain('P0: Kafka keeps only what is newer. What it has deleted of that time on does not come back.');
  expect(titles(found, 'everything')?.[0]).toBe('A new group that starts at oldest');
});

it('needs no change where retention has overtaken the group and the file says oldest', async () => {
  await log('pl-over', 20, 8);
  await tool.commit('pl-over-g', 'pl-over', { 0: 3 });
  const found = await walk(model('pl-over', 'pl-over-g', 'oldest'));
  expect(titles(found, 'everything')).toEqual([
    'Nothing to change',
    'Read here, without a group',
    'A plain Kafka client',
  ]);
  expect([...found.values()][0]?.[0]).toMatchObject({ delivered: 12, twice: 0 });
});

it('a commit above the end, an empty topic, a log of which nothing is left', async () => {
  await log('pl-above', 10);
  await tool.commit('pl-above-g', 'pl-above', { 0: 90 });
  expect(titles(await walk(model('pl-above', 'pl-above-g')), 'only-new')?.[0]).toBe('Reset the group’s offsets');
  await log('pl-empty', 0);
  expect(titles(await walk(model('pl-empty', 'pl-empty-g')), 'from-offset')?.[0]).toBe('Start at oldest');
  await log('pl-none', 6, 6);
  await tool.commit('pl-none-g', 'pl-none', { 0: 6 });
  const left = await walk(model('pl-none', 'pl-none-g', 'oldest'));
  expect(titles(left, 'everything')?.[0]).toBe('Nothing to change');
});

it('a group of a new name at each start, and a binding that names none', async () => {
  await log('pl-fresh', 10);
  const fresh = await walk(model('pl-fresh', 'pl-{uuid}'));
  expect(titles(fresh, 'everything')).toEqual([
    'Start at oldest',
    'Read here, without a group',
    'A plain Kafka client',
  ]);
  expect(titles(fresh, 'only-new')?.[0]).toBe('Nothing to change');
  const nameless = await walk(model('pl-fresh', null));
  expect(saying(nameless).filter((text) => text.startsWith('First mend'))).toEqual([]);
  expect(saying(nameless)).toContain('Set consumerGroup: "app-v2", initialOffset: "oldest" in the component.');
});

it('a topic that does not exist promises nothing and is not reset', async () => {
  await log('pl-there', 3);
  await tool.commit('pl-gone-g', 'pl-there', { 0: 3 });
  const found = await walk(model('pl-gone', 'pl-gone-g'));
  expect(titles(found, 'since')).toEqual(['A plain Kafka client']);
  const [everything] = [...found.values()][0] ?? [];
  expect(everything).toMatchObject({ delivered: null, twice: null });
  expect(everything?.steps[0]?.text).toBe('First mend why nothing is delivered: it stands at the top of this page.');
});

it('a group that is being read: it is stopped before its reset, which Kafka refuses until then', async () => {
  await log('pl-busy', 10);
  await tool.commit('pl-busy-g', 'pl-busy', { 0: 4 });
  await tool.join({
    ...{ kind: 'classic', group: 'pl-busy-g', clientId: 'busy', topics: ['pl-busy'] },
    settings: { read: 'false' },
  });
  await expect
    .poll(async () => (await client.describeGroups(['pl-busy-g']))[0]?.members.length, { timeout: 20_000 })
    .toBe(1);
  const found = await walk(model('pl-busy', 'pl-busy-g'));
  expect(saying(found)).toContain('Stop every instance of the app: Kafka refuses while the group has members.');
  await tool.leave('pl-busy-g');
});

it('says what is wrong where nobody answers any more', async () => {
  await log('pl-away', 1);
  const other = createClusterClient(await connectCluster({ id: 'o', name: 'o', bootstrap: bootstrap.split(',') }, {}));
  const files = model('pl-away', 'pl-away-g');
  await files.replay(other, of, {});
  await other.close();
  await expect(files.ways(other, of, { kind: 'everything' })).rejects.toBeInstanceOf(KafkaError);
});
