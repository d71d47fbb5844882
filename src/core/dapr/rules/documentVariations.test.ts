import { describe, expect, it } from 'vitest';
import { verdictOf, type Verdict, withItems } from './variations.fixture.ts';

const good = withItems('');
const replaced = (from: string, to: string) => {
  expect(good).toContain(from);
  return good.replace(from, to);
};

const DOCUMENTS: [what: string, text: string, verdict: Verdict][] = [
  ['as it should be', good, 'runs'],
  [
    'as JSON',
    JSON.stringify({
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'k' },
      spec: {
        type: 'pubsub.kafka',
        metadata: [
          { name: 'brokers', value: 'a:1' },
          { name: 'authType', value: 'none' },
        ],
      },
    }),
    'runs',
  ],
  ['with Windows line ends', good.replaceAll('\n', '\r\n'), 'runs'],
  ['an apiVersion without dapr.io', replaced('dapr.io/v1alpha1', 'v1alpha1'), 'not loaded'],
  ['an apiVersion of Kubernetes', replaced('dapr.io/v1alpha1', 'v1'), 'not loaded'],
  ['a newer apiVersion', replaced('dapr.io/v1alpha1', 'dapr.io/v1beta1'), 'not loaded'],
  ['an apiVersion in capitals', replaced('dapr.io/v1alpha1', 'Dapr.io/v1alpha1'), 'not loaded'],
  ['an apiVersion with a blank', replaced('dapr.io/v1alpha1', '"dapr.io/v1alpha1 "'), 'not loaded'],
  ['kind in the plural', replaced('kind: Component', 'kind: Components'), 'not loaded'],
  ['another kind', replaced('kind: Component', 'kind: PubSub'), 'not loaded'],
  ['no name', replaced('  name: kpub\n', '  labels: {}\n'), 'not loaded'],
  ['a null name', replaced('name: kpub', 'name:'), 'not loaded'],
  ['a name of two dots', replaced('name: kpub', 'name: ".."'), 'not loaded'],
  ['a name with a slash', replaced('name: kpub', 'name: team/kpub'), 'not loaded'],
  ['a name with dots and capitals', replaced('name: kpub', 'name: My.Pub'), 'runs'],
  ['a list as name', replaced('name: kpub', 'name: [kpub]'), 'not loaded'],
  ['metadata as text', replaced('metadata:\n  name: kpub', 'metadata: kpub'), 'not loaded'],
  ['labels as a list', replaced('  name: kpub', '  name: kpub\n  labels: [a]'), 'not loaded'],
  ['numbers as labels', replaced('  name: kpub', '  name: kpub\n  labels: {a: 1, b: true}'), 'runs'],
  [
    'a creationTimestamp that is no time',
    replaced('  name: kpub', '  name: kpub\n  creationTimestamp: 2024-01-01'),
    'not loaded',
  ],
  [
    'a creationTimestamp of Kubernetes',
    replaced('  name: kpub', '  name: kpub\n  creationTimestamp: 2024-01-01T00:00:00Z'),
    'runs',
  ],
  ['no creationTimestamp yet', replaced('  name: kpub', '  name: kpub\n  creationTimestamp: null'), 'runs'],
  ['a generation in quotes', replaced('  name: kpub', '  name: kpub\n  generation: "1"'), 'not loaded'],
  ['a generation of 2^63', replaced('  name: kpub', '  name: kpub\n  generation: 9223372036854775808'), 'not loaded'],
  ['finalizers as text', replaced('  name: kpub', '  name: kpub\n  finalizers: a'), 'not loaded'],
  ['an owner that is text', replaced('  name: kpub', '  name: kpub\n  ownerReferences: [a]'), 'not loaded'],
  ['a list as NAME beside name', replaced('  name: kpub', '  name: kpub\n  NAME: [a]'), 'not loaded'],
  ['a list as SPEC beside spec', `${good}SPEC: [a]\n`, 'not loaded'],
  ['a kind that every object has', replaced('kind: Component', 'kind: constructor'), 'not loaded'],
  ['nameresolution', replaced('type: pubsub.kafka', 'type: nameresolution.mdns'), 'stops'],
  ['a lock store nobody knows', replaced('type: pubsub.kafka', 'type: lock.zookeeper'), 'stops'],
  ['spec as a list', 'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: k}\nspec: [a]\n', 'not loaded'],
  ['no spec', 'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: k}\n', 'stops'],
  ['a type with a blank', replaced('type: pubsub.kafka', 'type: "pubsub.kafka "'), 'stops'],
  ['a type in capitals', replaced('type: pubsub.kafka', 'type: pubsub.KAFKA'), 'runs'],
  ['a category in capitals', replaced('type: pubsub.kafka', 'type: Pubsub.kafka'), 'stops'],
  ['a category with a hyphen', replaced('type: pubsub.kafka', 'type: pub-sub.kafka'), 'stops'],
  ['a type of another spelling', replaced('type: pubsub.kafka', 'type: pubsub.apache-kafka'), 'stops'],
  ['a list as type', replaced('type: pubsub.kafka', 'type: [pubsub.kafka]'), 'not loaded'],
  ['version v2', replaced('version: v1', 'version: v2'), 'stops'],
  ['version 1.0', replaced('version: v1', 'version: 1.0'), 'stops'],
  ['version true', replaced('version: v1', 'version: true'), 'stops'],
  ['version null', replaced('version: v1', 'version: ~'), 'runs'],
  ['version with a blank', replaced('version: v1', 'version: "v1 "'), 'stops'],
  ['version v1alpha1', replaced('version: v1', 'version: v1alpha1'), 'stops'],
  ['initTimeout 0', replaced('version: v1', 'initTimeout: 0'), 'stops'],
  ['initTimeout -5s', replaced('version: v1', 'initTimeout: -5s'), 'stops'],
  ['initTimeout 1ns', replaced('version: v1', 'initTimeout: 1ns'), 'stops'],
  ['initTimeout 30', replaced('version: v1', 'initTimeout: 30'), 'runs'],
  ['initTimeout as a map', replaced('version: v1', 'initTimeout: {seconds: 5}'), 'not loaded'],
  ['ignoreErrors yes', replaced('version: v1', 'ignoreErrors: yes'), 'runs'],
  ['ignoreErrors 1', replaced('version: v1', 'ignoreErrors: 1'), 'not loaded'],
  [
    'ignoreErrors over a bad value',
    withItems('version: "2.8"').replace('version: v1', 'ignoreErrors: true'),
    'not loaded',
  ],
  [
    'ignoreErrors over a panic',
    withItems('excludeHeaderMetaRegex: "["').replace('version: v1', 'ignoreErrors: true'),
    'stops',
  ],
  [
    'ignoreErrors over a wrong category',
    replaced('type: pubsub.kafka', 'ignoreErrors: true\n  type: kafka'),
    'not loaded',
  ],
  ['scopes as text', `${good}scopes: app1\n`, 'not loaded'],
  ['scopes of maps', `${good}scopes:\n- appID: app1\n`, 'not loaded'],
  ['scopes of numbers', `${good}scopes: [1]\n`, 'not loaded'],
  ['scopes null', `${good}scopes:\n`, 'runs'],
  [
    'metadata items as a map',
    replaced(
      '  - name: brokers\n    value: "127.0.0.1:9092"\n  - name: authType\n    value: "none"\n',
      '    brokers: "a:1"\n',
    ),
    'not loaded',
  ],
  ['an item that is a list', replaced('  - name: authType', '  - [a]\n  - name: authType'), 'not loaded'],
  ['auth as text', `${good}auth: store\n`, 'not loaded'],
  [
    'a secret store that is not there',
    `${withItems('saslPassword: !secretKeyRef: {name: s}')}auth: {secretStore: vault}\n`,
    'not loaded',
  ],
  ['tabs', replaced('  metadata:\n', '\tmetadata:\n'), 'not loaded'],
  ['a brace of Helm', replaced('name: kpub', 'name: {{ .Values.name'), 'not loaded'],
  ['two of one name', `${good}---\n${good}`, 'stops'],
  ['two of one name, another type', `${good}---\n${good.replace('pubsub.kafka', 'state.in-memory')}`, 'stops'],
  ['two names', `${good}---\n${good.replace('kpub', 'other')}`, 'runs'],
  ['a broken one above', `apiVersion: dapr.io/v1alpha1\nkind: Component\n\tx: y\n---\n${good}`, 'not loaded'],
  ['a good one above a bad one', `${good}---\n${withItems('initialOffset: end').replace('kpub', 'other')}`, 'stops'],
  ['a bad one of another kind', `apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: x\n---\n${good}`, 'runs'],
  ['dashes at the end', `${good}---`, 'runs'],
  ['dashes and a comment at the end, without a line break', `${good}--- # end`, 'not loaded'],
  ['dashes and a comment at the end', `${good}--- # end\n`, 'runs'],
  [
    'an unindented certificate',
    withItems('authType: certificate\ncaCert: |⏎-----BEGIN CERTIFICATE-----⏎AAAA⏎-----END CERTIFICATE-----'),
    'stops',
  ],
  [
    'anchors and merge keys',
    replaced(
      '  - name: authType\n    value: "none"',
      '  - &a\n    name: authType\n    value: none\n  - <<: *a\n    name: clientID',
    ),
    'runs',
  ],
  [
    'a broken expression in a Subscription',
    `${good}---\napiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata: {name: s}\nspec:\n  pubsubname: kpub\n  topic: t\n  routes:\n    rules: [{match: "event.type == ", path: /x}]\n    default: /d\n`,
    'stops',
  ],
  ...(['2147483647', '-1', '1e3', '2147483648', '"5"', '1.5'] as const).map((count): [string, string, Verdict] => [
    `a bulk of ${count}`,
    `${good}---\napiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata: {name: s}\nspec:\n  pubsubname: kpub\n  topic: t\n  routes: {default: /d}\n  bulkSubscribe: {enabled: true, maxMessagesCount: ${count}}\n`,
    ['2147483648', '"5"', '1.5'].includes(count) ? 'not loaded' : 'runs',
  ]),
  [
    'Pulsar at a word of Kafka',
    'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: p}\nspec:\n  type: pubsub.pulsar\n  metadata:\n  - {name: host, value: "h:6650"}\n  - {name: subscribeInitialPosition, value: oldest}\n',
    'stops',
  ],
  [
    'JetStream in capitals',
    'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: p}\nspec:\n  type: pubsub.jetstream\n  metadata:\n  - {name: natsURL, value: "nats://h:4222"}\n  - {name: deliverPolicy, value: All}\n',
    'stops',
  ],
];

describe('what daprd would do with a document', () => {
  it.each(DOCUMENTS)('%s', (_what, text, verdict) => {
    expect(verdictOf(text)).toBe(verdict);
  });
});
