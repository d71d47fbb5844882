import { bool, duration, number, text, type CatalogComponent } from './component.ts';

/** RabbitMQ. */
export const rabbitmq: CatalogComponent = {
  type: 'pubsub.rabbitmq',
  title: 'RabbitMQ',
  status: 'stable',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-rabbitmq/',
  fields: [
    bool('durable', { default: 'true', documentedDefault: 'false' }),
    bool('publisherConfirm', { default: 'false' }),
    number('maxLen'),
    number('maxLenBytes'),
    text('concurrency', { default: 'parallel', allowedValues: ['parallel', 'single'] }),
    bool('enableDeadLetter', { default: 'false' }),
    number('prefetchCount', { default: '0' }),
    text('exchangeKind', { default: 'fanout', allowedValues: ['fanout', 'topic', 'direct', 'headers'] }),
    number('deliveryMode', { default: '0' }),
    bool('autoAck', { default: 'false' }),
    bool('deletedWhenUnused', { default: 'true' }),
    bool('requeueInFailure', { default: 'false' }),
    duration('reconnectWaitSeconds', { default: '3s' }),
    duration('ttlInSeconds'),
    text('clientName', { example: 'my_client_name' }),
    duration('heartBeat', { default: '10s' }),
    bool('publishMessagePropertiesToMetadata', { default: 'false' }),
  ],
  authProfiles: [
    {
      id: 'connection-string',
      title: 'Connection string',
      fields: [
        text('connectionString', {
          required: true,
          example: 'amqp://[username][:password]@host.domain[:port]" "amqps://[username][:password]@host.domain[:port]',
          sensitive: true,
        }),
      ],
    },
    {
      id: 'authenticate-using-rabbitmq-properties',
      title: 'Authenticate Using RabbitMQ properties',
      fields: [
        text('hostname', { example: 'localhost' }),
        text('protocol', { example: 'amqp' }),
        text('username', { example: 'username' }),
        text('password', { example: 'password', sensitive: true }),
      ],
    },
    {
      id: 'authenticate-using-connection-string-and-external-sasl-and-tls',
      title: 'Authenticate Using Connection string and External Sasl and TLS',
      fields: [
        text('connectionString', {
          required: true,
          example: 'amqp://[username][:password]@host.domain[:port]" "amqps://[username][:password]@host.domain[:port]',
          sensitive: true,
        }),
        text('caCert', { required: true, pem: true }),
        text('clientCert', { required: true, sensitive: true, pem: true }),
        text('clientKey', { required: true, sensitive: true, pem: true }),
        bool('saslExternal', { default: 'false' }),
      ],
    },
  ],
  alsoRead: ['host', 'queueName', 'maxPriority'],
  // CC:pubsub/rabbitmq/rabbitmq.go:331-337,470; CC:pubsub/rabbitmq/metadata.go:97-101
  replay: {
    default: 'only-while-subscribed',
    field: 'deletedWhenUnused',
    oldestValue: 'false',
    identity: 'queue <consumerID>-<topic>, or queueName of the subscription',
  },
};
