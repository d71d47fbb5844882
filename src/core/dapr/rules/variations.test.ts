// Further files in the spirit of the recorded ones (test/fixtures/dapr-scenarios.json), and what the text of daprd's
// code makes of each: does it stop, leave the document out, or run with it?
import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../workspace.ts';
import { lintWorkspace } from './lint.ts';

type Verdict = 'stops' | 'not loaded' | 'runs';

function verdictOf(text: string, options: Partial<LintOptions> = {}): Verdict {
  const findings = [...lintWorkspace([{ path: 'c.yaml', text }], { ...DEFAULT_LINT_OPTIONS, ...options }).values()];
  const seen = new Set(findings.flat().map((finding) => finding.consequence));
  return seen.has('daprd-stops') ? 'stops' : seen.has('not-loaded') ? 'not loaded' : 'runs';
}

/** `name: value` lines become items, with brokers and authType unless they are among them. */
function withItems(lines: string, type = 'pubsub.kafka', before = ''): string {
  const own = lines === '' ? [] : lines.split('\n');
  const has = (name: string) => own.some((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  const all = [
    ...(has('brokers') ? [] : ['brokers: "127.0.0.1:9092"']),
    ...(has('authType') || has('authRequired') ? [] : ['authType: "none"']),
    ...own,
  ];
  const items = all.map((line) => {
    const at = line.indexOf(': ');
    const value = line.slice(at + 2).replaceAll('⏎', '\n');
    return `  - name: ${line.slice(0, at)}\n    ${value.startsWith('!') ? value.slice(1) : `value: ${value}`}\n`;
  });
  return `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: kpub\n${before}spec:\n  type: ${type}\n  version: v1\n  metadata:\n${items.join('')}`;
}

const PEM = (label: string, body: string) =>
  `|⏎      -----BEGIN ${label}-----⏎      ${body}⏎      -----END ${label}-----`;

const ITEMS: [lines: string, verdict: Verdict][] = [
  // initialOffset: exact key, two words in any case, nothing trimmed
  ['initialOffset: "OLDEST"', 'runs'],
  ['initialOffset: earliest', 'stops'],
  ['initialOffset: "latest"', 'stops'],
  ['initialOffset: 0', 'stops'],
  ['initialOffset: "2024-01-01T00:00:00Z"', 'stops'],
  ['initialOffset: "\\tnewest"', 'stops'],
  ['initialOffset: ~', 'runs'],
  ['initialOffset: ""', 'runs'],
  ['initialOffset: yes', 'stops'],
  ['initialOffset: |⏎      oldest', 'stops'],
  ['initialOffset: >-⏎      oldest', 'runs'],
  ['initialOffset: {oldest: }', 'stops'],
  ['InitialOffset: earliest', 'runs'],
  ['initial_offset: earliest', 'runs'],
  ['initialOffset: !values: oldest', 'runs'],
  // keys that differ by case only
  ['brokers: "a:1"\nBrokers: "b:1"', 'stops'],
  ['authType: none\nauthtype: none', 'stops'],
  ['foo: a\nFoo: b', 'stops'],
  ['ConsumerID: x', 'stops'],
  ['CONSUMERID: x\nconsumerGroup: g', 'stops'],
  ['consumerID: x\nconsumerID: y', 'runs'],
  // brokers: split at commas, dialled as they are
  ['brokers: ","', 'stops'],
  ['brokers: " "', 'stops'],
  ['brokers: "localhost"', 'stops'],
  ['brokers: " localhost:9092"', 'stops'],
  ['brokers: "localhost:9092 "', 'stops'],
  ['brokers: "a:9092;b:9092"', 'stops'],
  ['brokers: "SASL_SSL://a:9092"', 'stops'],
  ['brokers: "a:99999"', 'stops'],
  ['brokers: "localhost,127.0.0.1:9092"', 'runs'],
  ['brokers: "[::1]:9092"', 'runs'],
  ['brokers: ":9092"', 'runs'],
  ['brokers: "kafka-0.kafka:9092,kafka-1.kafka:9092,"', 'runs'],
  ['brokers: "${BROKERS}"', 'stops'],
  ['brokers: "<your-broker>:9092"', 'stops'],
  ['brokers: "127.0.0.1:9092,${OTHER}:9092"', 'runs'],
  ['brokers: [a:9092]', 'stops'],
  // authType: any case, no spaces
  ['authType: "NONE"\ndisableTls: "on"', 'runs'],
  ['authType: "none "', 'stops'],
  ['authType: sasl', 'stops'],
  ['authType: true', 'stops'],
  ['authType: Mtls', 'stops'],
  ['authType: PASSWORD\nsaslUsername: u\nsaslPassword: p', 'runs'],
  ['authType: password\nSASLUSERNAME: u\nsaslpassword: p', 'runs'],
  ['authType: password\nsaslUsername: u\nsaslPassword: ""', 'stops'],
  ['authType: oidc\noidcTokenEndpoint: "https://i/t"\noidcClientSecret: s', 'stops'],
  [
    'authType: oidc\noidcTokenEndpoint: "https://i/t"\noidcClientID: i\noidcClientSecret: s\noidcExtensions: "{a: 1}"',
    'stops',
  ],
  [
    'authType: oidc\noidcTokenEndpoint: "https://i/t"\noidcClientID: i\noidcClientSecret: s\noidcExtensions: \'{"a": 1}\'',
    'stops',
  ],
  [
    'authType: oidc\noidcTokenEndpoint: "https://i/t"\noidcClientID: i\noidcClientSecret: s\noidcExtensions: \'{"a": "1"}\'',
    'runs',
  ],
  ['authType: oidc_private_key_jwt\noidcTokenEndpoint: "https://i/t"\noidcClientID: i', 'stops'],
  ['authType: awsiam\nRegion: us-east-1', 'stops'],
  ['authType: awsiam\nawsRegion: us-east-1', 'runs'],
  ['authRequired: "false"', 'runs'],
  ['authRequired: "0"', 'runs'],
  ['authRequired: "off"', 'stops'],
  ['authRequired: "true"', 'stops'],
  ['authRequired: "no"\nauthType: none', 'runs'],
  // certificates
  ['authType: certificate\ncaCert: junk', 'stops'],
  ['authType: none\ncaCert: junk', 'stops'],
  [`authType: none\ncaCert: ${PEM('CERTIFICATE', 'AAAA')}`, 'runs'],
  [`authType: certificate\ncaCert: ${PEM('CERTIFICATE', 'AAAA')}`, 'stops'],
  [`authType: certificate\ndisableTls: "true"\ncaCert: ${PEM('CERTIFICATE', 'AAAA')}`, 'runs'],
  [`authType: certificate\ncaCert: ${PEM('CERTIFICATE', '...')}`, 'stops'],
  [
    `authType: mtls\nskipVerify: "true"\nclientCert: ${PEM('CERTIFICATE', 'AAAA')}\nclientKey: ${PEM('PRIVATE KEY', 'AAAA')}`,
    'stops',
  ],
  ['authType: mtls\nskipVerify: "true"', 'stops'],
  // booleans are never an error
  ['disableTls: maybe', 'runs'],
  ['skipVerify: "T"', 'runs'],
  ['escapeHeaders: " yes "', 'runs'],
  ['consumeRetryEnabled: 2', 'runs'],
  // durations
  ['sessionTimeout: 1d', 'stops'],
  ['sessionTimeout: 10 s', 'stops'],
  ['sessionTimeout: 10S', 'stops'],
  ['sessionTimeout: 10', 'runs'],
  ['sessionTimeout: 10.5', 'stops'],
  ['sessionTimeout: 3', 'stops'],
  ['sessionTimeout: 4s', 'runs'],
  ['sessionTimeout: 3s\nheartbeatInterval: 1s', 'runs'],
  ['sessionTimeout: null', 'stops'],
  ['heartbeatInterval: 9999ms', 'runs'],
  ['heartbeatInterval: 500us', 'stops'],
  ['heartbeatInterval: -3s', 'stops'],
  ['SessionTimeout: 2s', 'stops'],
  ['heartbeatInterval: 10', 'stops'],
  ['consumeRetryInterval: 1,5s', 'stops'],
  ['consumeRetryInterval: -5s', 'runs'],
  ['consumeRetryInterval: "+5"', 'stops'],
  ['consumeRetryInterval: "4294967296"', 'stops'],
  ['consumeRetryInterval: ""', 'runs'],
  ['ConsumeRetryInterval: "-1"', 'runs'],
  ['clientConnectionTopicMetadataRefreshInterval: "0"', 'runs'],
  ['clientConnectionTopicMetadataRefreshInterval: 8min', 'stops'],
  ['schemaLatestVersionCacheTTL: 5 minutes', 'stops'],
  ['metadataTimeout: junk', 'runs'],
  // retries: decoded by the exact prefix
  ['backOffPolicy: Constant', 'runs'],
  ['backOffPolicy: none', 'stops'],
  ['backOffPolicy: "${POLICY}"', 'stops'],
  ['backOffDuration: ""', 'stops'],
  ['backOffDuration: 5', 'runs'],
  ['backOffDuration: 5sec', 'stops'],
  ['backOffMaxRetries: "0x5"', 'stops'],
  ['backOffMaxRetries: "-1"', 'runs'],
  ['backOffMultiplier: "1,5"', 'stops'],
  ['backOffMultiplier: " 1.5"', 'stops'],
  ['backOffMultiplier: 1.5', 'runs'],
  ['backOffRandomizationFactor: half', 'stops'],
  ['BackOffPolicy: none', 'runs'],
  // version
  ['version: 2', 'stops'],
  ['version: 2.0', 'stops'],
  ['version: "3"', 'stops'],
  ['version: "2.0.0.0"', 'stops'],
  ['version: "0.11.0"', 'stops'],
  ['version: "0.11.0.2"', 'runs'],
  ['version: "0.10.0.1"', 'stops'],
  ['version: "01.2.3"', 'stops'],
  ['version: ""', 'runs'],
  ['Version: "2.8"', 'stops'],
  ['version: |⏎      2.8.0', 'stops'],
  // numbers
  ['maxMessageBytes: 1MB', 'stops'],
  ['maxMessageBytes: "0x100000"', 'runs'],
  ['maxMessageBytes: 1_000_000', 'runs'],
  ['maxMessageBytes: -1', 'runs'],
  ['maxMessageBytes: "99999999999999999999"', 'stops'],
  ['maxMessageBytes: 1e6', 'runs'],
  ['MaxMessageBytes: many', 'stops'],
  ['channelBufferSize: "0x10"', 'stops'],
  ['channelBufferSize: 0x10', 'runs'],
  ['channelBufferSize: " 5"', 'stops'],
  ['channelBufferSize: "99999999999999999999"', 'stops'],
  ['consumerFetchMin: -1', 'stops'],
  ['consumerFetchDefault: "0"', 'stops'],
  ['consumerFetchDefault: "3000000000"', 'stops'],
  ['ConsumerFetchDefault: "0"', 'runs'],
  // words
  ['compression: Snappy', 'stops'],
  ['compression: zstd', 'stops'],
  ['compression: zstd\nversion: "2.1.0"', 'runs'],
  ['compression: brotli', 'stops'],
  ['compression: ""', 'runs'],
  ['Compression: GZIP', 'stops'],
  ['consumerGroupRebalanceStrategy: cooperative', 'runs'],
  ['producerRequiredAcks: wait', 'runs'],
  ['saslMechanism: whatever', 'runs'],
  ['excludeHeaderMetaRegex: "(?=x)"', 'stops'],
  ['excludeHeaderMetaRegex: "["', 'stops'],
  ['excludeHeaderMetaRegex: "^x-.*$"', 'runs'],
  ['excludeHeaderMetaRegex: "^*"', 'runs'],
  ['excludeHeaderMetaRegex: "*x"', 'stops'],
  ["excludeHeaderMetaRegex: 'a\\C'", 'stops'],
  ["excludeHeaderMetaRegex: '(?<name>x)\\d'", 'runs'],
  ['excludeheadermetaregex: "(?!x)"', 'stops'],
  // templates and places of values
  ['consumerGroup: "{podName}"', 'stops'],
  ['clientID: "x-{podName}"', 'stops'],
  ['consumerGroup: "{PodName}"', 'runs'],
  ['consumerGroup: {podName}', 'runs'],
  ['consumerGroup: {appID}-x', 'not loaded'],
  ['consumerGroup: {{appID}}', 'not loaded'],
  ['consumerGroup: .inf', 'not loaded'],
  ['consumerGroup: "@x"', 'runs'],
  ['consumerGroup: @x', 'not loaded'],
  ['consumerGroup: a: b', 'not loaded'],
  ['consumerGroup: *unknown', 'not loaded'],
  ['brokers: !valueFrom: {secretKeyRef: {name: s}}', 'stops'],
  ['brokers: !secretKeyRef: s', 'not loaded'],
  ['brokers: !secretKeyRef: {key: s}', 'stops'],
  ['brokers: !secretKeyRef: {name: s, key: k}', 'stops'],
  ['consumerGroup: !secretKeyRef: {name: s, key: k}', 'runs'],
  ['saslPassword: !secretKeyRef: {name: s, key: k}', 'runs'],
  ['authType: password\nsaslUsername: u\nsaslPassword: !secretKeyRef: {name: s, key: k}', 'stops'],
  ['authType: mtls\nclientCert: !secretKeyRef: {name: c}\nclientKey: !secretKeyRef: {name: k}', 'stops'],
  ['heartbeatInterval: !secretKeyRef: {name: s}', 'stops'],
  ['initialOffset: !envRef: DAPR_OFFSET', 'runs'],
  ['brokers: !envRef: DAPR_BROKERS', 'stops'],
  ['consumerGroup: !envRef: {name: G}', 'not loaded'],
];

describe('what daprd would do with one field', () => {
  it.each(ITEMS)('%s: %s', (lines, verdict) => {
    expect(verdictOf(withItems(lines))).toBe(verdict);
  });

  it('a binding shares the struct, the retries too, but has no consumerID of the runtime', () => {
    const binding = (lines: string) => verdictOf(withItems(`topics: t\nconsumerGroup: g\n${lines}`, 'bindings.kafka'));
    expect(binding('initialOffset: earliest')).toBe('stops');
    expect(binding('sessionTimeout: 2s')).toBe('stops');
    expect(binding('backOffPolicy: linear')).toBe('stops');
    expect(binding('consumerId: x')).toBe('runs');
    expect(binding('consumerId: x\nconsumerID: y')).toBe('stops');
    expect(binding('version: "2.8"')).toBe('stops');
    expect(binding('clientID: "{podName}"')).toBe('stops');
    expect(binding('direction: "input, output"')).toBe('runs');
  });

  it('a variable that is known not to be set leaves its field empty', () => {
    const options = { environment: { GROUP: 'g' } };
    expect(verdictOf(withItems('brokers: !envRef: NOPE'), options)).toBe('stops');
    expect(verdictOf(withItems('consumerGroup: !envRef: NOPE'), options)).toBe('runs');
    expect(verdictOf(withItems('sessionTimeout: !envRef: NOPE'), options)).toBe('stops');
    expect(verdictOf(withItems('brokers: !envRef: NOPE'))).toBe('runs');
  });

  it('the namespace parts two of one name only where daprd has one', () => {
    const two = `${withItems('', 'pubsub.kafka', '  namespace: a\n')}---\n${withItems('', 'pubsub.kafka', '  namespace: b\n')}`;
    expect(verdictOf(two)).toBe('runs');
    expect(verdictOf(two, { environment: { NAMESPACE: 'a' } })).toBe('runs');
    expect(verdictOf(two, { environment: {} })).toBe('stops');
  });
});

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
  ['ignoreErrors over a wrong category', replaced('type: pubsub.kafka', 'ignoreErrors: true\n  type: kafka'), 'stops'],
  ['scopes as text', `${good}scopes: app1\n`, 'not loaded'],
  ['scopes of maps', `${good}scopes:\n- appID: app1\n`, 'not loaded'],
  ['scopes of numbers', `${good}scopes: [1]\n`, 'runs'],
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
