import * as l10n from '@vscode/l10n';

/** What a key of pubsub.kafka means and what happens when its value is wrong. */
export interface KeyHelp {
  meaning: string;
  /** What daprd does with a wrong value, or with a wrong spelling of the key. */
  wrong?: string;
}

/** By the exact name of the key. Built when asked, so that it speaks the user's language. */
export function kafkaHelp(): Record<string, KeyHelp> {
  return {
    ...start(),
    ...connection(),
    ...login(),
    ...delivery(),
    ...fetching(),
    ...producing(),
    ...registry(),
    ...runtime(),
  };
}

const stops = (): string => l10n.t('Anything else stops daprd.');
const badDuration = (): string => l10n.t('A text that is no duration stops daprd.');

const start = (): Record<string, KeyHelp> => ({
  initialOffset: {
    meaning: l10n.t(
      'Where a partition begins for which the group has no usable committed offset: newest (Kafka: latest) or oldest (Kafka: earliest). A partition with a valid commit resumes there, whatever is set here.',
    ),
    wrong: l10n.t('earliest, latest and anything else stop daprd; another spelling of the key is ignored.'),
  },
  consumerGroup: {
    meaning: l10n.t(
      'The Kafka consumer group. Without it consumerID is used, else the app id. {uuid}, {podName}, {namespace} and {appID} are replaced.',
    ),
    wrong: l10n.t('Blanks are kept: " orders" is another group than "orders".'),
  },
  consumerID: {
    meaning: l10n.t('The consumer group when consumerGroup is empty; nothing else for Kafka.'),
    wrong: l10n.t('consumerId, consumerid and other spellings stop daprd.'),
  },
  clientConnectionTopicMetadataRefreshInterval: {
    meaning: l10n.t(
      'How often topics and partitions are looked up. A new partition is noticed after up to two intervals (15.6 minutes measured with the default).',
    ),
    wrong: badDuration(),
  },
});

const connection = (): Record<string, KeyHelp> => ({
  brokers: {
    meaning: l10n.t('Addresses host:port, separated by commas without blanks; one that answers is enough.'),
    wrong: l10n.t('Empty stops daprd, and so does a list of which no broker answers within about a second.'),
  },
  clientID: { meaning: l10n.t('The name under which the app appears in a list of the group’s members.') },
  version: {
    meaning: l10n.t(
      'The newest protocol of Kafka that is used, three numbers such as 2.8.0; not the version of the brokers.',
    ),
    wrong: stops(),
  },
  disableTls: { meaning: l10n.t('Connect without TLS. TLS is on for every authType except exactly none.') },
  skipVerify: { meaning: l10n.t('Accept any certificate of a broker.') },
  caCert: {
    meaning: l10n.t('PEM certificate of the authority that signed the brokers’ certificates.'),
    wrong: stops(),
  },
  clientCert: { meaning: l10n.t('PEM certificate of this client, for authType mtls.'), wrong: stops() },
  clientKey: { meaning: l10n.t('PEM key of this client, not encrypted, for authType mtls.'), wrong: stops() },
  clientConnectionKeepAliveInterval: {
    meaning: l10n.t('How long a connection to a broker is kept alive; 0: the system decides.'),
    wrong: badDuration(),
  },
  dialTimeout: { meaning: l10n.t('How long a connection attempt may take.'), wrong: badDuration() },
  readTimeout: { meaning: l10n.t('How long to wait for an answer of a broker.'), wrong: badDuration() },
  writeTimeout: { meaning: l10n.t('How long sending to a broker may take.'), wrong: badDuration() },
  metadataTimeout: {
    meaning: l10n.t('How long a metadata request may take with all its retries; 0: no limit.'),
    wrong: badDuration(),
  },
});

const login = (): Record<string, KeyHelp> => ({
  authType: {
    meaning: l10n.t('How to log in: none, password, oidc, oidc_private_key_jwt, mtls, certificate or awsiam.'),
    wrong: l10n.t('Missing, empty or another word stops daprd; None with a capital letter keeps TLS on.'),
  },
  authRequired: { meaning: l10n.t('Deprecated; only read when authType is empty.') },
  saslUsername: { meaning: l10n.t('User name, for authType password.') },
  saslPassword: { meaning: l10n.t('Password, for authType password; better from a secret.') },
  saslMechanism: {
    meaning: l10n.t('SHA-256, SHA-512 or PLAIN.'),
    wrong: l10n.t('SCRAM-SHA-512, sha-512 and every other word mean PLAIN, without a message.'),
  },
  oidcTokenEndpoint: { meaning: l10n.t('Address that gives out tokens.') },
  oidcClientID: { meaning: l10n.t('Client id at the token endpoint.') },
  oidcClientSecret: { meaning: l10n.t('Client secret at the token endpoint; better from a secret.') },
  oidcClientAssertionCert: { meaning: l10n.t('PEM certificate that signs the client assertion.') },
  oidcClientAssertionKey: { meaning: l10n.t('PEM key (RSA only) that signs the client assertion.') },
  oidcResource: { meaning: l10n.t('The resource a token is asked for.') },
  oidcAudience: { meaning: l10n.t('The audience of the client assertion.') },
  oidcKid: { meaning: l10n.t('The key id in the client assertion’s header.') },
  oidcScopes: { meaning: l10n.t('Scopes of the token, separated by commas without blanks.') },
  oidcExtensions: {
    meaning: l10n.t('A JSON object of texts that goes with the token.'),
    wrong: l10n.t('Another form, also {}, stops daprd.'),
  },
  region: {
    meaning: l10n.t('The AWS region of the MSK cluster.'),
    wrong: l10n.t('Missing stops daprd with authType awsiam.'),
  },
  accessKey: { meaning: l10n.t('AWS access key; empty: the usual places of AWS credentials.') },
  secretKey: { meaning: l10n.t('AWS secret key.') },
  sessionToken: { meaning: l10n.t('AWS session token of temporary credentials.') },
  assumeRoleArn: { meaning: l10n.t('IAM role that has the right to use the cluster.') },
  sessionName: { meaning: l10n.t('Name of the role’s session.') },
  trustAnchorArn: { meaning: l10n.t('Trust anchor, for IAM Roles Anywhere.') },
  trustProfileArn: { meaning: l10n.t('Trust profile, for IAM Roles Anywhere.') },
});

const delivery = (): Record<string, KeyHelp> => ({
  consumeRetryEnabled: {
    meaning: l10n.t(
      'Retry a message that failed until it succeeds: the partition waits behind it. Off: a failed message is skipped when the next one succeeds.',
    ),
    wrong: l10n.t('Every word but y, yes, true, t, on and 1 counts as false.'),
  },
  consumeRetryInterval: {
    meaning: l10n.t(
      'The pause before the group is joined again after a session ended; not the delay between retries of a message (that is backOffDuration). A bare number counts milliseconds.',
    ),
    wrong: badDuration(),
  },
  backOffPolicy: { meaning: l10n.t('constant or exponential delays between retries of a message.'), wrong: stops() },
  backOffDuration: {
    meaning: l10n.t('The delay between retries of a message. A bare number counts milliseconds.'),
    wrong: badDuration(),
  },
  backOffInitialInterval: { meaning: l10n.t('First delay of the exponential policy.'), wrong: badDuration() },
  backOffMaxInterval: { meaning: l10n.t('Longest delay of the exponential policy.'), wrong: badDuration() },
  backOffMaxElapsedTime: {
    meaning: l10n.t(
      'After this time the exponential policy gives a message up; it is skipped when the next one succeeds.',
    ),
    wrong: badDuration(),
  },
  backOffMaxRetries: {
    meaning: l10n.t('After so many retries a message is given up and skipped when the next one succeeds; -1: never.'),
    wrong: stops(),
  },
  backOffMultiplier: { meaning: l10n.t('How much longer each delay of the exponential policy is.'), wrong: stops() },
  backOffRandomizationFactor: {
    meaning: l10n.t('How much the delays of the exponential policy vary.'),
    wrong: stops(),
  },
  heartbeatInterval: {
    meaning: l10n.t('How often a member tells the group that it lives. A bare number counts seconds.'),
    wrong: l10n.t('It must be shorter than sessionTimeout, or daprd stops.'),
  },
  sessionTimeout: {
    meaning: l10n.t(
      'How long a member may be silent before its partitions go to others. A bare number counts seconds.',
    ),
    wrong: l10n.t('Outside the brokers’ range (6s to 30m by default) no join succeeds and nothing is delivered.'),
  },
  consumerGroupRebalanceStrategy: {
    meaning: l10n.t('How partitions are shared among members: range, sticky or roundrobin. All members need the same.'),
    wrong: l10n.t('Another word means range, with a warning.'),
  },
  escapeHeaders: {
    meaning: l10n.t('URL-escape header values for the app; needed when they hold characters that HTTP refuses.'),
  },
  excludeHeaderMetaRegex: {
    meaning: l10n.t('Headers whose name matches do not reach the app.'),
    wrong: l10n.t('A text that is no regular expression of Go makes daprd panic.'),
  },
});

const fetching = (): Record<string, KeyHelp> => ({
  channelBufferSize: { meaning: l10n.t('Messages read ahead per partition.'), wrong: stops() },
  consumerFetchMin: { meaning: l10n.t('Bytes a broker waits for before it answers a fetch.'), wrong: stops() },
  consumerFetchDefault: { meaning: l10n.t('Bytes asked for in one fetch.'), wrong: stops() },
});

const producing = (): Record<string, KeyHelp> => ({
  maxMessageBytes: {
    meaning: l10n.t('Largest message that may be published; receiving is not limited by it.'),
    wrong: stops(),
  },
  compression: {
    meaning: l10n.t('How published messages are compressed: none, gzip, snappy, lz4 or zstd.'),
    wrong: l10n.t('Another word or other letter case stops daprd; zstd needs version 2.1.0.'),
  },
  producerRequiredAcks: {
    meaning: l10n.t('Which replicas must have a published message: all, local (the leader) or none.'),
    wrong: stops(),
  },
  producerRetryMax: { meaning: l10n.t('How often publishing is tried again.'), wrong: stops() },
});

const registry = (): Record<string, KeyHelp> => ({
  schemaRegistryURL: {
    meaning: l10n.t('Address of the schema registry, for subscriptions with valueSchemaType avro.'),
  },
  schemaRegistryAPIKey: { meaning: l10n.t('User name at the schema registry.') },
  schemaRegistryAPISecret: { meaning: l10n.t('Password at the schema registry; better from a secret.') },
  schemaCachingEnabled: { meaning: l10n.t('Keep schemas that were looked up once.') },
  schemaLatestVersionCacheTTL: { meaning: l10n.t('How long the newest version of a schema is kept.') },
  useAvroJSON: { meaning: l10n.t('Hand Avro values to the app in Avro’s own JSON form.') },
});

const runtime = (): Record<string, KeyHelp> => ({
  allowedTopics: { meaning: l10n.t('The only topics apps may use; empty: all.') },
  protectedTopics: { meaning: l10n.t('Topics only for apps that publishingScopes or subscriptionScopes name.') },
  publishingScopes: {
    meaning: l10n.t('Which app may publish to what: app1=t1,t2;app2= ; an app that is not listed may use everything.'),
  },
  subscriptionScopes: {
    meaning: l10n.t(
      'Which app may subscribe to what: app1=t1,t2;app2= ; an app that is not listed may use everything.',
    ),
  },
  topics: { meaning: l10n.t('Topics that an input binding reads, separated by commas.') },
  publishTopic: { meaning: l10n.t('The topic that an output binding writes to.') },
  direction: { meaning: l10n.t('input, output or both; without it daprd asks the app.') },
});
