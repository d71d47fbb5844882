import { expect, test, vi } from 'vitest';
import type { ClusterClient } from '../../core/kafka/clusterClient.ts';
import { countHandover } from './countHandover.ts';

/** The notifications that wait, each with its button "Cancel". */
const waits = vi.hoisted(() => [] as { title: string; cancel: () => void }[]);
const picks = vi.hoisted(() => [] as string[]);
vi.mock('vscode', () => ({
  ProgressLocation: { Notification: 15 },
  window: {
    withProgress: ({ title }: { title: string }, run: (progress: unknown, token: unknown) => Promise<unknown>) =>
      run(undefined, {
        onCancellationRequested: (listener: () => void) => void waits.push({ title, cancel: listener }),
      }),
    showQuickPick: (items: string[]) => Promise.resolve(items.find((item) => item === picks[0]) && picks.shift()),
  },
}));

const component = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata: { name: shop-pubsub }
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - { name: brokers, value: 'b:9092' }
    - { name: authType, value: none }
    - { name: consumerGroup, value: new-shop }
---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata: { name: orders }
spec: { pubsubname: shop-pubsub, topic: orders, routes: { default: /orders } }
`;

/** What waits for an answer, by the request, with the signal that can end it. */
function start(answering: Partial<Pick<ClusterClient, 'groups'>> = {}) {
  waits.length = 0;
  const asked: { what: string; signal: AbortSignal | undefined }[] = [];
  const shown: string[] = [];
  const silent =
    (what: string, at: number) =>
    (...args: unknown[]) => {
      asked.push({ what, signal: (args[at] as { signal?: AbortSignal } | undefined)?.signal });
      return new Promise<never>(() => undefined);
    };
  const cluster = {
    describe: silent('describe', 0),
    topics: silent('topics', 1),
    offsets: silent('offsets', 1),
    describeGroups: silent('describeGroups', 1),
    groups: silent('groups', 0),
    brokerSettings: silent('brokerSettings', 1),
    brokerVersions: silent('brokerVersions', 0),
    ...answering,
  };
  const counted = countHandover('shop-pubsub', {
    files: [{ path: 'components/pubsub.yaml', text: component }],
    runtime: {},
    profiles: () => [{ id: 'shop', name: 'shop', bootstrap: ['b:9092'] }],
    client: () => Promise.resolve(cluster),
    show: (name) => Promise.resolve(void shown.push(name)),
  });
  return { asked, shown, counted };
}

test('a list of groups that does not come can be given up: its request ends', async () => {
  picks.push('A consumer group…');
  const { asked, shown, counted } = start();
  await vi.waitUntil(() => asked.length > 0);
  expect(asked.map(({ what }) => what)).toEqual(['groups']);
  expect(waits.at(-1)?.title).toBe('Asking for the groups of the cluster…');
  waits.at(-1)?.cancel();
  await counted;
  expect(asked[0]?.signal?.aborted).toBe(true);
  expect(shown).toEqual([]);
});

test('so can the count itself: all that was asked ends, and no page is shown', async () => {
  picks.push('A consumer group…', 'old-shop');
  const { asked, shown, counted } = start({
    groups: () => Promise.resolve({ groups: [{ group: 'old-shop' } as never], errors: [] }),
  });
  await vi.waitUntil(() => asked.length > 0);
  expect(waits.at(-1)?.title).toBe('Counting the handover from old-shop…');
  waits.at(-1)?.cancel();
  await counted;
  expect(asked.map(({ signal }) => signal?.aborted)).toEqual(asked.map(() => true));
  expect(shown).toEqual([]);
});
