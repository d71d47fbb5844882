import { ROLE, rolesAnywhere, SECRET_KEY } from './awsExamples.ts';
import { bool, duration, number, text, type AuthProfile, type CatalogField, flag } from './component.ts';

/**
 * One Go struct (`KafkaMetadata`) serves `pubsub.kafka` and `bindings.kafka`: CC:common/component/kafka/metadata.go:88-167.
 * Defaults are those of the code.
 */
export const KAFKA_FIELDS: readonly CatalogField[] = [
  text('brokers', { required: true, example: 'localhost:9092' }),
  text('consumerGroup', { example: 'group1' }),
  text('clientID', { codeDefault: 'sarama', example: '{appID}' }),
  text('initialOffset', {
    codeDefault: 'newest',
    allowedValues: ['newest', 'oldest'],
    example: 'oldest',
    exactCase: true,
    since: '1.4.0',
  }),
  number('maxMessageBytes', { codeDefault: '1048576', example: '2048', documentedDefault: '1024' }),
  duration('consumeRetryInterval', { codeDefault: '100ms', example: '200ms', integerUnit: 'ms', since: '1.5.0' }),
  bool('consumeRetryEnabled', { codeDefault: 'true', documentedDefault: 'false', since: '1.8.0' }),
  duration('heartbeatInterval', { codeDefault: '3s', example: '5s', integerUnit: 's', since: '1.14.0' }),
  duration('sessionTimeout', { codeDefault: '10s', example: '20s', integerUnit: 's', since: '1.14.0' }),
  text('version', { codeDefault: '2.0.0', example: '2.8.0', documentedDefault: '2.0.0.0', since: '1.5.0' }),
  flag('skipVerify', { example: 'true' }),
  flag('disableTls', { example: 'true' }),
  number('channelBufferSize', { codeDefault: '256', example: '128', exactCase: true, since: '1.13.0' }),
  number('consumerFetchMin', { codeDefault: '1', example: '4', exactCase: true, since: '1.13.0' }),
  duration('clientConnectionTopicMetadataRefreshInterval', {
    codeDefault: '8m',
    example: '4m',
    documentedDefault: '9m',
    integerUnit: 's',
    since: '1.14.0',
  }),
  duration('clientConnectionKeepAliveInterval', { codeDefault: '0', example: '4m', integerUnit: 's', since: '1.14.0' }),
  duration('dialTimeout', { codeDefault: '30s', example: '10s', integerUnit: 's', since: '1.18.2' }),
  duration('readTimeout', { codeDefault: '30s', example: '10s', integerUnit: 's', since: '1.18.2' }),
  duration('writeTimeout', { codeDefault: '30s', example: '10s', integerUnit: 's', since: '1.18.2' }),
  duration('metadataTimeout', { codeDefault: '0', example: '5s', integerUnit: 's', since: '1.18.2' }),
  text('producerRequiredAcks', {
    codeDefault: 'all',
    example: 'local',
    since: '1.18.2',
    allowedValues: ['all', 'local', 'none'],
  }),
  number('producerRetryMax', { codeDefault: '5', example: '3', since: '1.18.2' }),
  number('consumerFetchDefault', { codeDefault: '1048576', example: '2097152', exactCase: true, since: '1.13.0' }),
  text('schemaRegistryURL', { example: 'http://localhost:8081', since: '1.13.0' }),
  text('schemaRegistryAPIKey', { example: 'XYAXXAZ', sensitive: true, since: '1.13.0' }),
  text('schemaRegistryAPISecret', { example: 'ABCDEFGMEADFF', sensitive: true, since: '1.13.0' }),
  bool('schemaCachingEnabled', { codeDefault: 'true', since: '1.13.0' }),
  duration('schemaLatestVersionCacheTTL', { codeDefault: '5m', integerUnit: 's', since: '1.13.0' }),
  flag('escapeHeaders', { example: 'true' }),
  flag('useAvroJSON', { example: 'true', since: '1.16.0' }),
  text('compression', {
    codeDefault: 'none',
    example: 'gzip',
    allowedValues: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
    since: '1.16.0',
  }),
  text('consumerGroupRebalanceStrategy', {
    codeDefault: 'range',
    allowedValues: ['range', 'sticky', 'roundrobin'],
    example: 'sticky',
    since: '1.16.0',
  }),
  text('excludeHeaderMetaRegex', { example: '^rawPayload|valueSchemaType$', since: '1.16.0' }),
  text('authType', {
    required: true,
    allowedValues: ['none', 'password', 'oidc', 'oidc_private_key_jwt', 'mtls', 'certificate', 'awsiam'],
    example: 'none',
    since: '1.6.0',
  }),
  bool('authRequired', { deprecated: 'authType' }),
  // Allowed with every authType: TLS is on unless authType is exactly `none` or disableTls is true.
  text('caCert', { pem: true }),
];

/** Read by prefix (KIT:config/prefix.go:21-53) and in no metadata.yaml: the delay and the number of tries per message. */
export const KAFKA_BACKOFF_FIELDS: readonly CatalogField[] = [
  text('backOffPolicy', {
    codeDefault: 'constant',
    example: 'exponential',
    exactCase: true,
    allowedValues: ['constant', 'exponential'],
  }),
  duration('backOffDuration', { codeDefault: '5s', example: '1s', exactCase: true, integerUnit: 'ms' }),
  duration('backOffInitialInterval', { codeDefault: '500ms', exactCase: true, integerUnit: 'ms' }),
  number('backOffRandomizationFactor', { codeDefault: '0.5', exactCase: true }),
  number('backOffMultiplier', { codeDefault: '1.5', exactCase: true }),
  duration('backOffMaxInterval', { codeDefault: '60s', exactCase: true, integerUnit: 'ms' }),
  duration('backOffMaxElapsedTime', { codeDefault: '15m', exactCase: true, integerUnit: 'ms' }),
  number('backOffMaxRetries', { codeDefault: '-1', example: '5', exactCase: true }),
];

/** CC:common/component/kafka/metadata.go:271-361: what each `authType` asks for. */
export const KAFKA_AUTH_PROFILES: readonly AuthProfile[] = [
  {
    title: 'No authentication',
    authType: 'none',
    fields: [],
  },
  {
    title: 'SASL user name and password',
    authType: 'password',
    fields: [
      text('saslUsername', { required: true, example: 'myuser' }),
      text('saslPassword', { required: true, example: 'mypassword', sensitive: true }),
      text('saslMechanism', {
        codeDefault: 'PLAIN',
        allowedValues: ['PLAIN', 'SHA-256', 'SHA-512'],
        example: 'SHA-512',
        documentedDefault: 'PLAINTEXT',
        since: '1.9.0',
      }),
    ],
  },
  {
    title: 'OIDC',
    authType: 'oidc',
    fields: [
      text('oidcTokenEndpoint', { required: true, example: 'https://identity.example.com/v1/token' }),
      text('oidcClientID', { required: true, example: 'my-client-id' }),
      text('oidcClientSecret', { required: true, example: 'KeFg23!', sensitive: true }),
      text('oidcScopes', { codeDefault: 'openid', example: 'openid,kafka-prod' }),
      text('oidcExtensions', { example: '{"cluster":"kafka","poolid":"kafkapool"}', since: '1.12.0' }),
    ],
  },
  {
    title: 'OIDC private key JWT',
    authType: 'oidc_private_key_jwt',
    fields: [
      text('oidcTokenEndpoint', { required: true, example: 'https://identity.example.com/v1/token' }),
      text('oidcClientID', { required: true, example: 'my-client-id' }),
      text('oidcClientAssertionCert', { required: true, pem: true }),
      text('oidcClientAssertionKey', { required: true, sensitive: true, pem: true }),
      text('oidcResource', { example: 'api://kafka' }),
      text('oidcAudience', { example: 'http://<idp-host>/realms/local' }),
      text('oidcScopes', { codeDefault: 'openid', example: 'openid,kafka-prod' }),
      text('oidcExtensions', { example: '{"cluster":"kafka","poolid":"kafkapool"}', since: '1.12.0' }),
      text('oidcKid', { example: '1234567890', since: '1.17.0' }),
    ],
  },
  {
    title: 'Mutual TLS',
    authType: 'mtls',
    fields: [
      text('caCert', { required: true, pem: true }),
      text('clientCert', { required: true, pem: true }),
      text('clientKey', { required: true, sensitive: true, pem: true }),
    ],
  },
  {
    title: 'Server certificate only',
    authType: 'certificate',
    fields: [text('caCert', { required: true, pem: true })],
  },
  {
    title: 'AWS IAM',
    authType: 'awsiam',
    fields: [
      text('region', { example: 'us-east-1', exactCase: true, since: '1.15.0' }),
      text('accessKey', { example: 'AKIAIOSFODNN7EXAMPLE', sensitive: true, exactCase: true, since: '1.15.0' }),
      text('secretKey', { example: SECRET_KEY, sensitive: true, exactCase: true, since: '1.15.0' }),
      text('sessionToken', { example: 'TOKEN', sensitive: true, exactCase: true, since: '1.15.0' }),
      text('assumeRoleArn', { example: ROLE, exactCase: true, since: '1.15.0' }),
      text('sessionName', {
        codeDefault: 'DaprDefaultSession',
        example: 'MyAppSession',
        exactCase: true,
        since: '1.15.0',
      }),
      text('trustAnchorArn', {
        example: rolesAnywhere('trust-anchor'),
        exactCase: true,
      }),
      text('trustProfileArn', {
        example: rolesAnywhere('profile'),
        exactCase: true,
      }),
      text('awsRegion', { example: 'us-east-1', deprecated: 'region', exactCase: true }),
      text('awsAccessKey', {
        example: 'AKIAIOSFODNN7EXAMPLE',
        sensitive: true,
        deprecated: 'accessKey',
        exactCase: true,
      }),
      text('awsSecretKey', {
        example: SECRET_KEY,
        sensitive: true,
        deprecated: 'secretKey',
        exactCase: true,
      }),
      text('awsSessionToken', { example: 'TOKEN', sensitive: true, deprecated: 'sessionToken', exactCase: true }),
      text('awsIamRoleArn', {
        example: ROLE,
        deprecated: 'assumeRoleArn',
        exactCase: true,
      }),
      text('awsStsSessionName', {
        codeDefault: 'DaprDefaultSession',
        example: 'MyAppSession',
        deprecated: 'sessionName',
        exactCase: true,
      }),
    ],
  },
];
