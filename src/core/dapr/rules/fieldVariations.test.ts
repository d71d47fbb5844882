import { describe, expect, it } from 'vitest';
import { verdictOf, type Verdict, withItems } from './variations.fixture.ts';

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
  ['backOffPolicy: junk\nbackOffPolicy: constant', 'runs'],
  ['backOffPolicy: constant\nbackOffPolicy: junk', 'stops'],
  ['sessionTimeout: junk\nsessionTimeout: 10s', 'runs'],
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
  ['excludeHeaderMetaRegex: "[z-a]"', 'stops'],
  ['excludeHeaderMetaRegex: "[[:letter:]]"', 'stops'],
  ['excludeHeaderMetaRegex: "[[:alpha:]-]"', 'runs'],
  ["excludeHeaderMetaRegex: '\\p{Greek}+[\\p{Lu}\\d-]'", 'runs'],
  ["excludeHeaderMetaRegex: '\\p{Klingon}'", 'stops'],
  ["excludeHeaderMetaRegex: '[\\A]'", 'stops'],
  ["excludeHeaderMetaRegex: '\\x4G'", 'stops'],
  ["excludeHeaderMetaRegex: '\\12\\x{1F600}'", 'runs'],
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
