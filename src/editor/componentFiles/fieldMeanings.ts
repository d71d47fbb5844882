import * as l10n from '@vscode/l10n';

/** What a field of the Kafka components means to whoever waits for messages, in a sentence or two; undefined: the facts of the catalog say enough. */
export function kafkaMeaning(name: string): string | undefined {
  switch (name) {
    case 'brokers':
      return l10n.t(
        'Addresses to connect to first, split at commas without trimming: a blank becomes part of a name. One that answers is enough.',
      );
    case 'consumerGroup':
      return l10n.t(
        'The Kafka consumer group. Without it `consumerID` is taken, and without that the app id. A new name is a group without committed offsets: `initialOffset` decides again.',
      );
    case 'consumerID':
      return l10n.t(
        'The group when `consumerGroup` is not set. Must be spelled exactly so: in another case daprd does not start.',
      );
    case 'initialOffset':
      return l10n.t(
        'Where a partition starts **for which this group has no committed offset**. With a committed offset it has no effect: the group resumes there.',
      );
    case 'authType':
      return l10n.t(
        'How to log in. Required. TLS is on for every value except exactly `none` in lower case, or with `disableTls`.',
      );
    case 'saslUsername':
    case 'saslPassword':
      return l10n.t('Needed for authType `password`. Take it from a secret store with `secretKeyRef`.');
    case 'saslMechanism':
      return l10n.t(
        'Exactly `SHA-256` or `SHA-512` for SCRAM. Every other text, also `SCRAM-SHA-512`, silently means PLAIN.',
      );
    case 'caCert':
      return l10n.t(
        'PEM of the CA that signed the brokers. With authType `mtls` daprd crashes without it, unless `skipVerify` is on.',
      );
    case 'clientCert':
    case 'clientKey':
      return l10n.t('PEM of the client certificate and its key; both or none.');
    case 'disableTls':
      return l10n.t('Talks without TLS.');
    case 'skipVerify':
      return l10n.t('Accepts any certificate of a broker: anybody in between can read and change the messages.');
    case 'consumeRetryEnabled':
      return l10n.t(
        'A message whose handler fails is delivered again and again, and blocks its partition until it succeeds. Off: it is skipped and lost.',
      );
    case 'consumeRetryInterval':
      return l10n.t('Pause between two deliveries of a failing message. A bare integer is milliseconds.');
    case 'version':
      return l10n.t(
        'Protocol version that the client speaks. Quote it: unquoted `2.0` becomes `2` and daprd does not start.',
      );
    case 'maxMessageBytes':
      return l10n.t('Largest message that this component publishes, in bytes. Does not limit what it receives.');
    case 'consumerGroupRebalanceStrategy':
      return l10n.t('How partitions are divided among the members of the group. All members must name the same one.');
    case 'sessionTimeout':
    case 'heartbeatInterval':
      return l10n.t(
        'How soon a dead member is noticed: its partitions wait until `sessionTimeout` has passed without a heartbeat.',
      );
    case 'schemaRegistryURL':
      return l10n.t('Schema registry for Avro values.');
    case 'topics':
      return l10n.t('Input binding: the topics to read, split at commas.');
    case 'publishTopic':
      return l10n.t('Output binding: the topic to write to.');
    default:
      return undefined;
  }
}

/** What a field of a Dapr resource outside `spec.metadata` means, by its path of keys. */
export function resourceMeaning(kind: 'component' | 'subscription', path: string): string | undefined {
  switch (`${kind} ${path}`) {
    case 'component metadata.name':
      return l10n.t('The name under which apps and Subscriptions know this component.');
    case 'component scopes':
    case 'subscription scopes':
      return l10n.t('App ids that load this resource; compared letter by letter. Without scopes every app does.');
    case 'component spec.version':
      return l10n.t('Version of the component type, nearly always `v1`. Not the version of the broker.');
    case 'component spec.ignoreErrors':
      return l10n.t('daprd runs without this component when it cannot be initialised, and says so only in its log.');
    case 'component spec.initTimeout':
      return l10n.t('How long daprd waits for the component to be initialised. Default 5s.');
    case 'component auth.secretStore':
      return l10n.t('The secret store that answers `secretKeyRef`. Without it, self-hosted, secrets are empty texts.');
    case 'subscription spec.pubsubname':
      return l10n.t('Name of the pub/sub component, letter by letter.');
    case 'subscription spec.topic':
      return l10n.t('The topic to read.');
    case 'subscription spec.deadLetterTopic':
      return l10n.t('Where a message goes that the app could not handle after all retries of its Resiliency policy.');
    case 'subscription spec.bulkSubscribe':
      return l10n.t('Delivers many messages in one request. One failed entry delivers the whole batch again.');
    case 'subscription spec.route':
    case 'subscription spec.routes.default':
      return l10n.t('Path of the app that gets the messages.');
    case 'subscription spec.metadata':
      return l10n.t('Settings of this subscription only. A consumer group or initialOffset here is ignored.');
    default:
      return undefined;
  }
}
