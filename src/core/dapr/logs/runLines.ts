import * as l10n from '@vscode/l10n';
import { group, type Explanation } from './explanation.ts';

/** What they say while they connect, join and deliver; the first that matches is it. */
export const RUN_LINES: readonly Explanation[] = [
  {
    pattern: /no such key: (\w+)/,
    rule: 'S-10',
    explain: (m) => ({
      cause: l10n.t(
        'A route rule reads {0}, which the message does not have: the partition is blocked.',
        `event.${group(m)}`,
      ),
      fix: l10n.t('Write has({0}) && before it.', `event.${group(m)}`),
    }),
  },
  {
    pattern: /error parsing schema type/,
    rule: 'K-33',
    explain: () => ({
      cause: l10n.t('valueSchemaType of a Subscription is neither avro nor none: it never starts.'),
      fix: l10n.t('Write avro or none.'),
    }),
  },
  {
    pattern: /schema registry details not set/,
    rule: 'K-33',
    explain: () => ({
      cause: l10n.t('valueSchemaType is avro, but the component has no schemaRegistryURL: every message fails.'),
      fix: l10n.t('Add schemaRegistryURL.'),
    }),
  },
  {
    pattern: /rawPayload value must be a valid boolean/,
    rule: 'K-32',
    explain: () => ({
      cause: l10n.t('rawPayload of a Subscription is not true or false: every message fails.'),
      fix: l10n.t('Write "true".'),
    }),
  },
  {
    pattern: /error deserializing cloud event/,
    rule: 'K-30',
    explain: () => ({
      cause: l10n.t(
        'A record is no JSON object: it is retried for ever and blocks its partition (a dead letter topic takes it).',
      ),
      fix: l10n.t('Set rawPayload: "true" in the Subscription’s metadata, or a deadLetterTopic.'),
    }),
  },
  {
    pattern: /invalid header field value/,
    rule: 'K-31',
    explain: () => ({
      cause: l10n.t('A header of the record holds characters that HTTP refuses: it is retried for ever.'),
      fix: l10n.t('Set escapeHeaders: "true" or exclude the header with excludeHeaderMetaRegex.'),
    }),
  },
  {
    pattern: /interface conversion: interface \{\} is .*, not string/,
    rule: 'K-65',
    explain: () => ({
      cause: l10n.t(
        'A record has a traceid or traceparent that is not text: daprd up to 1.18.2 panics on it at every start.',
      ),
      fix: l10n.t('Upgrade to 1.18.3, or move the group past this record.'),
    }),
  },
  {
    pattern: /subscription to topic '([^']*)' on pubsub '[^']*' is not allowed/,
    rule: 'S-05',
    explain: (m) => ({
      cause: l10n.t('allowedTopics, protectedTopics or subscriptionScopes refuse topic {0} to this app.', group(m)),
      fix: l10n.t('Add the topic or the app there.'),
    }),
  },
  {
    pattern: /has an empty routes\. removing from subscriptions list/,
    rule: 'S-01',
    explain: () => ({
      cause: l10n.t('A subscription made in code has no route: it is removed.'),
      fix: l10n.t('Return a route for it from /dapr/subscribe.'),
    }),
  },
  {
    pattern: /App channel is not initialized/,
    explain: () => ({
      cause: l10n.t('daprd does not know where the app listens: Subscriptions are not started.'),
      fix: l10n.t('Start it with --app-port.'),
    }),
  },
  {
    pattern: /session timeout is outside the allowed range/,
    rule: 'K-61',
    explain: () => ({
      cause: l10n.t('The brokers refuse sessionTimeout: nothing is delivered.'),
      fix: l10n.t('Use a value between 6s and 30m (the brokers’ default range).'),
    }),
  },
  {
    pattern: /group protocol type is incompatible|inconsistent group protocol/i,
    explain: () => ({
      cause: l10n.t(
        'Members of the group use another rebalance strategy: Kafka refuses the join, and nothing is delivered (F-18).',
      ),
      fix: l10n.t('Use the same consumerGroupRebalanceStrategy everywhere, or another group.'),
    }),
  },
  {
    pattern: /provided group id was empty/i,
    rule: 'K-64',
    explain: () => ({
      cause: l10n.t('The binding has no group: nothing is delivered.'),
      fix: l10n.t('Add consumerGroup.'),
    }),
  },
  {
    pattern: /invalid topic|attempted to perform an operation on an invalid topic/i,
    rule: 'S-08',
    explain: () => ({
      cause: l10n.t('Kafka refuses the name of a topic: all topics of this component stop.'),
      fix: l10n.t('Correct the topic of the Subscription.'),
    }),
  },
  {
    pattern: /topic or partition that does not exist/i,
    explain: () => ({
      cause: l10n.t(
        'A topic does not exist and the broker does not create it: all topics of this component wait until it exists (F-19).',
      ),
      fix: l10n.t('Create the topic or correct its name.'),
    }),
  },
  {
    pattern: /SASL Authentication failed|invalid credentials/i,
    explain: () => ({
      cause: l10n.t('The broker refuses user name, password or mechanism.'),
      fix: l10n.t('Check saslUsername, saslPassword and saslMechanism (SHA-256, SHA-512, else PLAIN).'),
      rule: 'K-29',
    }),
  },
  {
    pattern: /run out of available brokers to talk to: EOF/,
    rule: 'K-58',
    explain: () => ({
      cause: l10n.t(
        'The broker hung up: mostly TLS against a plaintext listener, or Event Hubs without version 1.0.0.',
      ),
      fix: l10n.t('Set disableTls: "true" for a plaintext listener, or version: "1.0.0" for Event Hubs.'),
    }),
  },
  {
    pattern: /x509: |certificate signed by unknown authority|tls: failed to verify certificate/,
    explain: () => ({
      cause: l10n.t('The broker’s certificate is not trusted.'),
      fix: l10n.t('Set caCert to the authority that signed it.'),
    }),
  },
  {
    pattern: /lookup  ?(\S*).*no such host/,
    rule: 'K-16',
    explain: () => ({
      cause: l10n.t('A broker’s name does not resolve; blanks after a comma count as part of the name.'),
      fix: l10n.t('Check brokers, and remove blanks around commas.'),
    }),
  },
  {
    pattern: /run out of available brokers|connection refused|i\/o timeout/,
    explain: () => ({
      cause: l10n.t('No broker of the list answers.'),
      fix: l10n.t('Check brokers, and whether they can be reached from where daprd runs.'),
    }),
  },
  {
    pattern: /Too many failed attempts at processing Kafka message/,
    rule: 'K-21',
    explain: () => ({
      cause: l10n.t('The message was given up and is skipped for good when the next one succeeds.'),
      fix: l10n.t('Set a deadLetterTopic to keep such messages.'),
    }),
  },
  {
    pattern: /Error processing Kafka message/,
    rule: 'K-20',
    explain: () => ({
      cause: l10n.t('The app’s handler failed; with retries on (the default) the partition waits behind this message.'),
      fix: l10n.t('Correct the handler, or set a deadLetterTopic.'),
    }),
  },
  {
    pattern: /dropping expired pub\/sub event/,
    explain: () => ({
      cause: l10n.t('The message’s time to live has passed: it is acknowledged without being delivered (F-16).'),
      fix: l10n.t('Publish without ttlInSeconds, or with a longer one.'),
    }),
  },
  {
    pattern: /failed unmarshalling app response for bulk subscribe/,
    explain: () => ({
      cause: l10n.t('The app answered a batch without a status for each entry: the whole batch is retried.'),
      fix: l10n.t('Answer with statuses: [{entryId, status}] for every entry.'),
    }),
  },
  {
    pattern: /tried to use a consumer group that was closed/,
    explain: () => ({
      cause: l10n.t('A fault of daprd 1.11.0 to 1.12.2 with several topics on one component.'),
      fix: l10n.t('Upgrade daprd.'),
    }),
  },
  {
    pattern: /value is too short/,
    rule: 'K-33',
    explain: () => ({
      cause: l10n.t(
        'A record is shorter than the header of an Avro value: it is retried for ever, and no dead letter topic takes it.',
      ),
      fix: l10n.t('Remove valueSchemaType from the Subscription, or let the producer write Avro with a registry.'),
    }),
  },
  {
    pattern: /partitionNumber (?:metadata value|must be non-negative)/,
    explain: () => ({
      cause: l10n.t('The app publishes with a partitionNumber that is no number from 0 on.'),
      fix: l10n.t('Correct the metadata of the publish request; partitionKey chooses a partition by key.'),
    }),
  },
  {
    pattern: /use of closed network connection/,
    rule: 'K-66',
    explain: () => ({
      cause: l10n.t('A fault of daprd 1.18.0 to 1.18.2 with gRPC apps: the delivery is tried again.'),
      fix: l10n.t('Upgrade daprd.'),
    }),
  },
  {
    pattern: /not authorized to access (?:this )?(group|topic)/i,
    explain: (m) =>
      group(m).toLowerCase() === 'group'
        ? {
            cause: l10n.t('Kafka does not let this user join the consumer group.'),
            fix: l10n.t('Grant {0} on the group, by its name or a prefix.', 'READ'),
          }
        : {
            cause: l10n.t('Kafka does not let this user read or write the topic.'),
            fix: l10n.t('Grant {0} on the topic.', 'READ, DESCRIBE, WRITE'),
          },
  },
  {
    pattern: /offset is outside the range/,
    explain: () => ({
      cause: l10n.t(
        'Kafka has deleted what comes next for the group, or the topic was made anew: initialOffset decides.',
      ),
      fix: l10n.t('See what is missed on the replay page of the component.'),
    }),
  },
  {
    pattern: /non-retriable error returned from app/,
    rule: 'S-07',
    explain: () => ({
      cause: l10n.t('The app has no such path (404): the message is dropped and committed.'),
      fix: l10n.t('Correct the path of the Subscription, or serve it in the app.'),
    }),
  },
  {
    pattern: /DROP status returned from app/,
    explain: () => ({
      cause: l10n.t(
        'The app answered DROP: the message is committed, after a copy to the dead letter topic if there is one.',
      ),
      fix: l10n.t('Answer RETRY where the message shall come again.'),
    }),
  },
  {
    pattern: /(?:retriable error|unexpected status code) returned from app/,
    rule: 'K-20',
    explain: () => ({
      cause: l10n.t('The app failed on a message: it is retried and its partition waits behind it.'),
      fix: l10n.t('Read the app’s own log; a deadLetterTopic takes such a message out of the way.'),
    }),
  },
];
