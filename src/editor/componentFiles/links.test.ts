import { expect, test } from 'vitest';
import { Workspace } from '../../core/dapr/workspace.ts';
import { definitionsOf, nameAt, referencesOf } from './links.ts';
import { placeAt } from './places.ts';

const component = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: kafka-pubsub
spec:
  type: pubsub.kafka
  version: v1
scopes:
  - orders-api
`;
const subscription = `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: s
spec:
  pubsubname: "kafka-pubsub"
  topic: orders
`;
const run = `version: 1
apps:
  - appID: orders-api
    appDirPath: ./x
`;

const secret = component
  .replace('name: kafka-pubsub', 'name: pay')
  .replace('scopes:', 'auth: { secretStore: vault }\nscopes:');
const vault = component.replace('name: kafka-pubsub', 'name: vault').replace('pubsub.kafka', 'secretstores.local.env');
const resiliency = `apiVersion: dapr.io/v1alpha1
kind: Resiliency
metadata: { name: r }
spec:
  targets:
    components:
      pay: { inbound: { retry: few } }
scopes: [billing-app]
`;

const texts: Record<string, string> = {
  'c.yaml': component,
  's.yaml': subscription,
  'dapr.yaml': run,
  'secret.yaml': secret.replace('  - orders-api\n', '  - billing\n'),
  'vault.yaml': vault.replace('  - orders-api\n', '  - billing\n'),
  'r.yaml': resiliency,
};
const workspace = new Workspace();
for (const [file, text] of Object.entries(texts)) workspace.set(file, text);

function follow(file: string, needle: string) {
  const place = placeAt(workspace.documents(file), (texts[file] ?? '').indexOf(needle) + 1);
  const name = place && nameAt(place);
  const shown = (targets: ReturnType<typeof definitionsOf>) =>
    targets.map((t) => `${t.file}: ${(texts[t.file] ?? '').slice(t.range.start, t.range.end)}`);
  return (
    name && { definitions: shown(definitionsOf(name, workspace)), references: shown(referencesOf(name, workspace)) }
  );
}

test('a subscription leads to its component and back', () => {
  const both = { definitions: ['c.yaml: kafka-pubsub'], references: ['s.yaml: "kafka-pubsub"'] };
  expect(follow('s.yaml', 'kafka-pubsub')).toEqual(both);
  expect(follow('c.yaml', 'kafka-pubsub')).toEqual(both);
});

test('a scope leads to its app', () => {
  expect(follow('c.yaml', 'orders-api')).toEqual({
    definitions: ['dapr.yaml: orders-api'],
    references: ['c.yaml: orders-api'],
  });
});

test('a secret store and the target of a Resiliency lead to their component', () => {
  const store = { definitions: ['vault.yaml: vault'], references: ['secret.yaml: vault'] };
  expect(follow('secret.yaml', 'vault')).toEqual(store);
  expect(follow('vault.yaml', 'vault')).toEqual(store);
  const target = { definitions: ['secret.yaml: pay'], references: ['r.yaml: pay'] };
  expect(follow('r.yaml', 'pay')).toEqual(target);
  expect(follow('secret.yaml', 'pay')).toEqual(target);
});

test('the scopes of other resources are references of their app, too', () => {
  expect(follow('r.yaml', 'billing-app')).toEqual({ definitions: [], references: ['r.yaml: billing-app'] });
});

test('other texts lead nowhere', () => {
  expect(follow('s.yaml', 'orders')).toBeNull();
});
