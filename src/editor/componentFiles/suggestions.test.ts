import { expect, test } from 'vitest';
import { helpTexts } from '../../../scripts/helpTexts.mjs';
import { Workspace } from '../../core/dapr/workspace.ts';
import { cursorContext } from './cursorContext.ts';
import { suggestions } from './suggestions.ts';

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
const names = { topics: ['orders'], groups: ['shop'] };

function at(text: string) {
  const offset = text.indexOf('|');
  const context = cursorContext(text.replace('|', ''), offset);
  return context ? suggestions(context, workspace, names, helpTexts('.')) : [];
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

test('names across files', () => {
  const subscription = 'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nspec:\n';
  expect(at(`${subscription}  pubsubname: |`).map((s) => s.label)).toEqual(['kafka-pubsub']);
  expect(at(`${subscription}  topic: |`).map((s) => s.label)).toEqual(['orders']);
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
