import { describe, expect, it } from 'vitest';
import { createLinter } from '../rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { propertiesText, toClientProperties } from './clientProperties.ts';
import { componentText, toMetadata } from './componentMetadata.ts';

const items = (values: Record<string, string | null>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

describe('a component for a plain client', () => {
  it('takes over what both have and names the rest', () => {
    const { pairs, without } = toClientProperties(
      items({
        brokers: 'b:9092',
        initialOffset: 'oldest',
        sessionTimeout: '20s',
        authType: 'none',
        backOffDuration: '1s',
      }),
      'orders',
    );
    expect(Object.fromEntries(pairs)).toEqual({
      'bootstrap.servers': 'b:9092',
      'group.id': 'orders',
      'auto.offset.reset': 'earliest',
      'session.timeout.ms': '20000',
      'enable.auto.commit': 'false',
      'isolation.level': 'read_uncommitted',
      'security.protocol': 'PLAINTEXT',
    });
    expect(without.map((w) => w.name)).toEqual(['backOffDuration', 'commit']);
  });

  it('never shows a secret, nor what a secret holds', () => {
    const converted = toClientProperties(
      items({
        brokers: null,
        authType: 'password',
        saslUsername: null,
        saslPassword: 'hunter2',
        saslMechanism: 'SHA-512',
        caCert: '-----BEGIN CERTIFICATE-----\nAAA',
        clientKey: 'KEYKEY',
        oidcClientSecret: 'hunter3',
        schemaRegistryAPIKey: 'sr',
        schemaRegistryAPISecret: 'hunter4',
      }),
      null,
    );
    const text = propertiesText(converted);
    expect(text).not.toMatch(/hunter|AAA|KEYKEY/);
    expect(text.split('\n').slice(0, 14)).toEqual([
      'bootstrap.servers=${BROKERS}',
      'group.id=${CONSUMER_GROUP}',
      'auto.offset.reset=latest',
      'enable.auto.commit=false',
      'isolation.level=read_uncommitted',
      'security.protocol=SASL_SSL',
      'sasl.mechanism=SCRAM-SHA-512',
      'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="${SASL_USERNAME}" password="${SASL_PASSWORD}";',
      'ssl.truststore.type=PEM',
      'ssl.truststore.certificates=${CA_CERT}',
      'basic.auth.credentials.source=USER_INFO',
      'basic.auth.user.info=${SCHEMA_REGISTRY_KEY}:${SCHEMA_REGISTRY_SECRET}',
      '',
      '# Without an equivalent:',
    ]);
    // The login by password shows no certificate of its own.
    expect(text).toContain('# clientKey: authType password makes no use of it.\n# oidcClientSecret: ');
  });

  const client = (values: Record<string, string | null>) => toClientProperties(items(values), 'g');
  it.each([
    ['sessionTimeout', '1h30m', 'session.timeout.ms', '5400000'],
    ['sessionTimeout', '30', 'session.timeout.ms', '30000'],
    ['heartbeatInterval', '1.5s', 'heartbeat.interval.ms', '1500'],
    ['clientConnectionTopicMetadataRefreshInterval', '8m', 'metadata.max.age.ms', '480000'],
    ['dialTimeout', '10s', 'socket.connection.setup.timeout.ms', '10000'],
    ['readTimeout', '30s', 'request.timeout.ms', '30000'],
    ['initialOffset', 'OLDEST', 'auto.offset.reset', 'earliest'],
    ['initialOffset', '', 'auto.offset.reset', 'latest'],
    [
      'consumerGroupRebalanceStrategy',
      'cooperative-sticky',
      'partition.assignment.strategy',
      'org.apache.kafka.clients.consumer.RangeAssignor',
    ],
    ['producerRequiredAcks', 'Local', 'acks', '1'],
  ])('%s %s is %s=%s', (name, value, other, expected) => {
    expect(client({ [name]: value }).pairs).toContainEqual([other, expected]);
  });

  it.each([
    ['initialOffset', 'earliest', 'daprd refuses "earliest" here.'],
    ['sessionTimeout', '10 s', 'daprd refuses "10 s" here.'],
    ['compression', 'GZIP', 'daprd refuses "GZIP" here.'],
    ['topics', 'a,b', 'The code of the app names the topics that it subscribes to and writes to.'],
    ['allowedTopics', 'a', 'Rights are Kafka’s ACLs there.'],
    ['consumeRetryInterval', '200ms', 'A plain client joins its group again by itself, when it is polled next.'],
    ['version', '2.0.0', 'A plain client asks the brokers which requests they speak.'],
  ])('%s %s has no equivalent', (name, value, why) => {
    expect(client({ [name]: value }).without).toContainEqual({ name, why });
  });

  it.each([
    [{ authType: 'none' }, 'PLAINTEXT'],
    // TLS stays on for any other spelling.
    [{ authType: 'None' }, 'SSL'],
    [{ authType: 'password', disableTls: 'yes' }, 'SASL_PLAINTEXT'],
    [{ authRequired: 'true', saslPassword: 'p' }, 'SASL_SSL'],
    [{ authRequired: 'true' }, 'SSL'],
    [{ authType: 'certificate' }, 'SSL'],
    [{ authType: 'oidc' }, 'SASL_SSL'],
  ])('%j is %s', (values, protocol) => {
    expect(Object.fromEntries(client(values).pairs)['security.protocol']).toBe(protocol);
  });
});

describe('client properties for a component', () => {
  const properties =
    'bootstrap.servers=b:9093\n# c\ngroup.id = g\nauto.offset.reset=earliest\nsession.timeout.ms=30000\nenable.auto.commit=true\ngroup.instance.id=x\nsecurity.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\\n  username="u" password="hunter2";\nssl.truststore.location=/etc/ca.pem\n';

  it('takes over what both have, leaves secrets to a store and names the rest', () => {
    const { pairs, secrets, without } = toMetadata(properties);
    expect(Object.fromEntries(pairs)).toEqual({
      brokers: 'b:9093',
      consumerGroup: 'g',
      initialOffset: 'oldest',
      sessionTimeout: '30000ms',
      authType: 'password',
      saslUsername: 'u',
      saslMechanism: 'PLAIN',
    });
    expect(secrets).toEqual(['saslPassword', 'caCert']);
    expect(without.map((w) => w.name)).toEqual(['enable.auto.commit', 'group.instance.id', 'ssl.truststore.location']);
    expect(toMetadata('').pairs).toEqual([]);
    expect(toMetadata('auto.offset.reset=none').without[0]?.why).toBe(
      'Dapr knows no "none": it always falls to oldest or newest.',
    );
    expect(toMetadata('# nothing\n').pairs).toEqual([]);
  });

  const text = (lines: string) => Object.fromEntries(toMetadata(lines).pairs);
  it.each([
    ['metadata.broker.list: "b:9092",', { brokers: 'b:9092' }],
    ["'group.id': 'g',", { consumerGroup: 'g' }],
    ['group.id g', { consumerGroup: 'g' }],
    ['spring.kafka.consumer.auto-offset-reset=earliest', { initialOffset: 'oldest' }],
    ['spring.kafka.properties.session.timeout.ms=9000', { sessionTimeout: '9000ms' }],
    ['topic.metadata.refresh.interval.ms=60000', { clientConnectionTopicMetadataRefreshInterval: '60000ms' }],
    ['request.required.acks=-1', { producerRequiredAcks: 'all' }],
    ['message.max.bytes=2000000', { maxMessageBytes: '2000000' }],
    ['client.id=a\nclient.id=b', { clientID: 'b' }],
    ['partition.assignment.strategy=range,roundrobin', { consumerGroupRebalanceStrategy: 'range' }],
    [
      'sasl.username=DOM\\user\nsecurity.protocol=sasl_plaintext',
      { authType: 'password', saslUsername: 'DOM\\user', saslMechanism: 'PLAIN', disableTls: 'true' },
    ],
    ['security.protocol=SSL\nssl.certificate.location=/c\nssl.key.location=/k', { authType: 'mtls' }],
    [
      'security.protocol=SSL\nenable.ssl.certificate.verification=false',
      { authType: 'certificate', skipVerify: 'true' },
    ],
    [
      'security.protocol=SASL_SSL\nsasl.mechanisms=OAUTHBEARER\nsasl.oauthbearer.method=oidc\nsasl.oauthbearer.token.endpoint.url=https://id/token\nsasl.oauthbearer.client.id=me\nsasl.oauthbearer.scope=a b\nsasl.oauthbearer.extensions=logicalCluster=lkc-1,identityPoolId=p',
      {
        authType: 'oidc',
        oidcTokenEndpoint: 'https://id/token',
        oidcClientID: 'me',
        oidcScopes: 'a,b',
        oidcExtensions: '{"logicalCluster":"lkc-1","identityPoolId":"p"}',
      },
    ],
  ])('%j', (lines, expected) => {
    expect(text(lines)).toEqual({ authType: 'none', ...expected });
  });

  it.each([
    ['session.timeout.ms=30s', 'sessionTimeout of Dapr takes no "30s".'],
    ['compression.type=brotli', 'compression of Dapr takes no "brotli".'],
    ['partition.assignment.strategy=CooperativeStickyAssignor', 'Dapr knows range, sticky and roundrobin.'],
    ['auto.offset.reset=by_duration:PT1H', 'Dapr knows no "by_duration:PT1H": it always falls to oldest or newest.'],
    ['group.protocol=consumer', 'Dapr speaks the classic protocol of groups.'],
    ['value.deserializer=x', 'Dapr hands over JSON; rawPayload or valueSchemaType in the Subscription says otherwise.'],
    ['security.protocol=SASL_SSL\nsasl.kerberos.service.name=kafka', /^Dapr knows no GSSAPI: PLAIN, /],
    ['security.protocol=TLS', /^"TLS" is none of PLAINTEXT, SSL, /],
    ['security.protocol=SSL\nssl.key.password=hunter2', /^Dapr opens no encrypted key/],
    [
      'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nssl.key.location=/k',
      /^Dapr shows a certificate of its own with authType mtls only/,
    ],
  ])('%j has no equivalent', (lines, why) => {
    expect(toMetadata(lines).without.map((w) => w.why)).toContainEqual(
      typeof why === 'string' ? why : expect.stringMatching(why),
    );
  });

  it('leaves to a store what something else fills in', () => {
    expect(toMetadata('bootstrap.servers=${BROKERS}\ngroup.id=g')).toMatchObject({
      pairs: [
        ['consumerGroup', 'g'],
        ['authType', 'none'],
      ],
      secrets: ['brokers'],
    });
  });

  it('writes a file that daprd loads, without the password', () => {
    const text = componentText('kafka-pubsub', toMetadata(properties));
    expect(text).not.toContain('hunter2');
    const linter = createLinter(DEFAULT_LINT_OPTIONS);
    linter.set('c.yaml', text);
    expect(linter.findings('c.yaml').filter((finding) => finding.severity === 'error')).toEqual([]);
    expect(text).toContain(
      '  - name: saslPassword\n    secretKeyRef:\n      name: kafka-secrets\n      key: saslPassword\n',
    );
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      'every setting that both have',
      {
        brokers: 'b:9092,c:9092',
        consumerGroup: 'g',
        clientID: 'me',
        initialOffset: 'oldest',
        heartbeatInterval: '3000ms',
        sessionTimeout: '20000ms',
        clientConnectionTopicMetadataRefreshInterval: '480000ms',
        dialTimeout: '30000ms',
        readTimeout: '30000ms',
        consumerFetchMin: '1',
        consumerFetchDefault: '1048576',
        maxMessageBytes: '2097152',
        compression: 'zstd',
        producerRequiredAcks: 'local',
        producerRetryMax: '7',
        schemaRegistryURL: 'http://registry:8081',
        consumerGroupRebalanceStrategy: 'sticky',
        authType: 'none',
      },
      [],
    ],
    [
      'a password, and a user whose name needs care',
      {
        brokers: 'b',
        consumerGroup: 'g',
        initialOffset: 'newest',
        authType: 'password',
        saslUsername: 'DOM\\u "x"; y=1',
        saslMechanism: 'SHA-256',
        disableTls: 'true',
      },
      ['saslPassword'],
    ],
    [
      'certificates',
      { brokers: 'b', consumerGroup: 'g', initialOffset: 'newest', authType: 'mtls' },
      ['caCert', 'clientCert', 'clientKey'],
    ],
    [
      'tokens',
      {
        brokers: 'b',
        consumerGroup: 'g',
        initialOffset: 'newest',
        authType: 'oidc',
        oidcTokenEndpoint: 'https://id/t',
        oidcClientID: 'me',
        oidcScopes: 'a,b',
        oidcExtensions: '{"logicalCluster":"lkc-1"}',
      },
      ['oidcClientSecret', 'caCert'],
    ],
  ])('comes back the same from both: %s', (_what, values, secrets) => {
    const here = items({ ...values, ...Object.fromEntries(secrets.map((name) => [name, null])) });
    const { pairs, without, ...back } = toMetadata(propertiesText(toClientProperties(here, 'g')));
    expect(Object.fromEntries(pairs)).toEqual(values);
    expect([...back.secrets].sort()).toEqual([...secrets].sort());
    expect(without.map(({ name }) => name)).toEqual(['enable.auto.commit']);
  });
});
