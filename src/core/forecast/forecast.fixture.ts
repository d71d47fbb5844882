import type { ClusterDescription, Group, Topic, TopicWithOffsets } from '../kafka/clusterClient.ts';
import type { Setting } from '../kafka/topics/settings.ts';
import { forecast, type ForecastCluster, type ForecastInput } from './forecast.ts';

export const component = (items: Record<string, string> = {}, name = 'kafka-pubsub') =>
  [
    'apiVersion: dapr.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  type: pubsub.kafka',
    '  version: v1',
    '  metadata:',
    ...Object.entries({ brokers: 'localhost:9092', authType: 'none', ...items }).flatMap(([k, v]) => [
      `  - name: ${k}`,
      `    value: "${v}"`,
    ]),
    '',
  ].join('\n');
export const subscription = (topic: string, pubsub = 'kafka-pubsub') =>
  `apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: s-${topic}\nspec:\n  pubsubname: ${pubsub}\n  topic: ${topic}\n  routes:\n    default: /${topic}\n`;

/** Topics as [logStart, highWatermark] per partition; commits per group and topic. Counts what it is asked. */
export class FakeCluster implements ForecastCluster {
  requests: string[] = [];
  settings: Record<string, string> = {};
  /** The lowest version of Fetch that each broker serves. */
  lowestFetch: Record<number, number> = { 1: 4 };
  leaderOf = (_partition: number): number => 1;
  readonly logs: Record<string, [number, number][]>;
  readonly commits: Record<string, Record<string, (number | null)[]>>;
  readonly members: Record<string, Group['members']>;
  constructor(logs: FakeCluster['logs'], commits: FakeCluster['commits'] = {}, members: FakeCluster['members'] = {}) {
    this.logs = logs;
    this.commits = commits;
    this.members = members;
  }
  topics(names: readonly string[] = []): Promise<Topic[]> {
    this.requests.push(`topics ${names.join(',')}`);
    return Promise.resolve(
      names.map((name) => ({
        name,
        internal: false,
        partitions: (this.logs[name] ?? []).map((_, partition) => ({
          partition,
          leader: this.leaderOf(partition),
          replicas: [1],
          isr: [1],
        })),
        ...(this.logs[name] === undefined ? { error: 'does not exist.', missing: true } : {}),
      })),
    );
  }
  offsets(topics: readonly Topic[]): Promise<TopicWithOffsets[]> {
    this.requests.push(`offsets ${topics.map((t) => t.name).join(',')}`);
    return Promise.resolve(
      topics.map((t) => ({
        ...t,
        partitions: t.partitions.map((p) => ({
          ...p,
          logStart: this.logs[t.name]?.[p.partition]?.[0] ?? null,
          highWatermark: this.logs[t.name]?.[p.partition]?.[1] ?? null,
        })),
      })),
    );
  }
  describe(): Promise<ClusterDescription> {
    return Promise.reject(new Error('nobody answers'));
  }
  brokerSettings(id: number): Promise<Setting[]> {
    this.requests.push(`settings ${id}`);
    const rest = { readOnly: true, source: 'default', sensitive: false, documentation: null } as const;
    return Promise.resolve(Object.entries(this.settings).map(([name, value]) => ({ name, value, ...rest })));
  }
  brokerVersions(id: number) {
    const min = this.lowestFetch[id];
    if (min === undefined) return Promise.reject(new Error(`broker ${id} is away`));
    return Promise.resolve(new Map([[1, { min, max: 17 }]]));
  }
  describeGroups(ids: readonly string[] = []): Promise<Group[]> {
    this.requests.push(`groups ${ids.join(',')}`);
    return Promise.resolve(
      ids.map((group) => {
        const commits = this.commits[group];
        return {
          group,
          type: 'classic' as const,
          state: commits === undefined ? 'Dead' : 'Empty',
          protocolType: 'consumer',
          coordinator: 1,
          assignor: null,
          members: this.members[group] ?? [],
          offsets: Object.entries(commits ?? {}).flatMap(([topic, list]) =>
            list.map((committed, partition) => ({
              topic,
              partition,
              committed,
              logStart: null,
              highWatermark: null,
              lag: null,
              gone: null,
              ahead: null,
            })),
          ),
          ...(commits === undefined ? { error: 'does not exist' } : {}),
        };
      }),
    );
  }
}

/** Group orders-api, which has committed on the last of three partitions only. */
export const orders = () =>
  new FakeCluster(
    {
      orders: [
        [0, 4120],
        [310, 4467],
        [0, 4253],
      ],
    },
    { 'orders-api': { orders: [null, null, 2100] } },
  );

export const run = (files: string[], cluster: ForecastCluster | null, options: ForecastInput['options'] = {}) =>
  forecast({ files: files.map((text, i) => ({ path: `f${i}.yaml`, text })), cluster, options });
