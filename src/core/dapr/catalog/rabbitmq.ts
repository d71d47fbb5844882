import { bool, duration, number, text, type CatalogComponent, flag } from './component.ts';

/** RabbitMQ. */
const CONNECTION_STRING = text('connectionString', {
  required: true,
  example: 'amqp://[username][:password]@host.domain[:port]" "amqps://[username][:password]@host.domain[:port]',
  sensitive: true,
});

export const rabbitmq: CatalogComponent = {
  type: 'pubsub.rabbitmq',
  title: 'RabbitMQ',
  page: 'supported-pubsub/setup-rabbitmq/',
  fields: [
    bool('durable', { codeDefault: 'true', documentedDefault: 'false' }),
    flag('publisherConfirm'),
    number('maxLen'),
    number('maxLenBytes'),
    text('concurrency', { codeDefault: 'parallel', allowedValues: ['parallel', 'single'] }),
    flag('enableDeadLetter'),
    number('prefetchCount', { codeDefault: '0' }),
    text('exchangeKind', { codeDefault: 'fanout', allowedValues: ['fanout', 'topic', 'direct', 'headers'] }),
    number('deliveryMode', { codeDefault: '0' }),
    flag('autoAck'),
    bool('deletedWhenUnused', { codeDefault: 'true' }),
    flag('requeueInFailure'),
    duration('reconnectWaitSeconds', { codeDefault: '3s' }),
    duration('ttlInSeconds'),
    text('clientName', { example: 'my_client_name' }),
    duration('heartBeat', { codeDefault: '10s' }),
    flag('publishMessagePropertiesToMetadata'),
  ],
  authProfiles: [
    {
      title: 'Connection string',
      fields: [CONNECTION_STRING],
    },
    {
      title: 'Authenticate Using RabbitMQ properties',
      fields: [
        text('hostname', { example: 'localhost' }),
        text('protocol', { example: 'amqp' }),
        text('username', { example: 'username' }),
        text('password', { example: 'password', sensitive: true }),
      ],
    },
    {
      title: 'Authenticate Using Connection string and External Sasl and TLS',
      fields: [
        CONNECTION_STRING,
        text('caCert', { required: true, pem: true }),
        text('clientCert', { required: true, sensitive: true, pem: true }),
        text('clientKey', { required: true, sensitive: true, pem: true }),
        flag('saslExternal'),
      ],
    },
  ],
  alsoRead: ['host', 'queueName', 'maxPriority'],
  // CC:pubsub/rabbitmq/rabbitmq.go:331-337,470; CC:pubsub/rabbitmq/metadata.go:97-101
  replay: {
    codeDefault: 'only-while-subscribed',
    field: 'deletedWhenUnused',
    oldestValue: 'false',
    identity: 'queue <consumerID>-<topic>, or queueName of the subscription',
  },
};
