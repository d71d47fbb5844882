import { DEFAULT_LINT_OPTIONS } from '../dapr/lintOptions.ts';
import { RULES } from '../dapr/rules/all.ts';
import { createLinter } from '../dapr/rules/lint.ts';
import type { Facts, GroupFacts } from './facts.ts';
import { componentForecast } from './forecast.ts';
import { NOTHING_SAMPLED, readersFor, type LiveReader, type Sampled } from './liveReader.ts';
import { liveRules } from './liveRules.ts';

export const component = (group: string, more = '') => `apiVersion: dapr.io/v1alpha1
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
export type Partition = [number | null, number | null, number | 'none' | null];

export function factsOf(
  partitions: Partition[],
  groups: Record<string, Partial<GroupFacts>> = {},
  error?: string,
): Facts {
  const group = (more: Partial<GroupFacts>): GroupFacts => ({
    commits: new Map([['orders', new Map(partitions.map(([, , committed], p) => [p, committed] as const))]]),
    hasCommits: partitions.some(([, , committed]) => typeof committed === 'number'),
    state: 'Empty',
    members: [],
    coordinator: 1,
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

export interface Asked {
  text?: string;
  facts: Facts | null;
  predecessor?: string;
  subscription?: string;
  sampled?: Partial<Sampled>;
}

export function ask({ text = component('shop'), facts, predecessor, subscription = SUBSCRIPTION, sampled }: Asked) {
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
