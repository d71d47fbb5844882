import { expect, test } from 'vitest';
import { helpTexts } from '../../../scripts/helpTexts.mjs';
import { Workspace } from '../../core/dapr/workspace.ts';
import { suggestionsAt } from './suggestions.ts';

const kafka = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: kafka-pubsub
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - name: brokers
      value: localhost:9092
    - name: authType
      value: none
`;

const workspace = new Workspace();
workspace.set('c.yaml', kafka);
workspace.set('dapr.yaml', 'version: 1\napps:\n  - appID: orders-api\n    appDirPath: x\n');
workspace.set(
  'secrets.yaml',
  kafka.replace('kafka-pubsub', 'vault').replace('pubsub.kafka', 'secretstores.hashicorp.vault'),
);
const names = { topics: ['orders'], groups: ['shop'] };

function at(text: string) {
  return suggestionsAt(text.replace('|', ''), text.indexOf('|'), workspace, names, helpTexts('.')).list;
}

test('metadata names: only those missing, none of another way to log in', () => {
  const labels = at(`${kafka}    - name: |`).map((s) => s.label);
  expect(labels).toContain('consumerGroup');
  expect(labels).not.toContain('brokers');
  expect(labels).not.toContain('saslPassword');
});

test('a new item brings name and value, a secret its reference', () => {
  const items = at(`${kafka.replace('value: none', 'value: password')}    - |`);
  expect(items[0]?.label.startsWith('sasl')).toBe(true);
  expect(items.find((s) => s.label === 'initialOffset')?.insert).toBe(
    'name: initialOffset\n      value: ${1|newest,oldest|}',
  );
  expect(items.find((s) => s.label === 'saslPassword')?.insert).toContain('secretKeyRef:');
});

test('values: the allowed ones, groups of the cluster, templates', () => {
  expect(at(`${kafka}    - name: initialOffset\n      value: |`).map((s) => s.label)).toEqual(['newest', 'oldest']);
  expect(at(`${kafka}    - name: consumerGroup\n      value: |`).map((s) => s.label)).toEqual([
    'shop',
    '"{appID}"',
    '"{namespace}"',
    '"{podName}"',
    '"{uuid}"',
    'group1',
  ]);
});

test('values: booleans, durations, component types', () => {
  const labels = (text: string) => at(text).map((s) => s.label);
  expect(labels(`${kafka}    - name: consumeRetryEnabled\n      value: |`)).toEqual(['true', 'false']);
  expect(labels(`${kafka}    - name: backOffDuration\n      value: |`)).toEqual(['5s', '1s']);
  expect(labels(kafka.replace('type: pubsub.kafka', 'type: |'))).toEqual(
    expect.arrayContaining(['pubsub.kafka', 'bindings.kafka', 'pubsub.pulsar', 'secretstores.kubernetes']),
  );
});

test('names across files', () => {
  const subscription = 'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nspec:\n';
  expect(at(`${subscription}  pubsubname: |`).map((s) => s.label)).toEqual(['kafka-pubsub']);
  expect(at(`${subscription}  topic: |`).map((s) => s.label)).toEqual(['orders']);
  expect(at(`${subscription}  deadLetterTopic: |`).map((s) => s.label)).toEqual(['orders']);
  expect(at(`${kafka}auth:\n  secretStore: |`).map((s) => s.label)).toEqual(['vault']);
  expect(at(`${kafka}scopes:\n  - |`).map((s) => s.label)).toEqual(['orders-api']);
});

test('what a Subscription may say for itself', () => {
  const metadata = 'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nspec:\n  metadata:\n';
  expect(at(`${metadata}    rawPayload: |`).map((s) => s.label)).toEqual(['"true"', '"false"']);
  expect(at(`${metadata}    valueSchemaType: |`).map((s) => s.label)).toEqual(['avro', 'none']);
});

test('nothing in a YAML that is not of Dapr', () => {
  expect(at('apiVersion: apps/v1\nkind: |\n')).toEqual([]);
});
