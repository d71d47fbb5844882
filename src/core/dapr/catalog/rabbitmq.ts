import type { CatalogComponent } from './component.ts';

/** RabbitMQ. */
export const rabbitmq: CatalogComponent = {
  type: 'pubsub.rabbitmq',
  title: 'RabbitMQ',
  status: 'stable',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-rabbitmq/',
  fields: [
    { name: 'durable', type: 'bool', default: 'true', documentedDefault: 'false' },
    { name: 'publisherConfirm', type: 'bool', default: 'false' },
    { name: 'maxLen', type: 'number' },
    { name: 'maxLenBytes', type: 'number' },
    { name: 'concurrency', type: 'string', default: 'parallel', allowedValues: ['parallel', 'single'] },
    { name: 'enableDeadLetter', type: 'bool', default: 'false' },
    { name: 'prefetchCount', type: 'number', default: '0' },
    {
      name: 'exchangeKind',
      type: 'string',
      default: 'fanout',
      allowedValues: ['fanout', 'topic', 'direct', 'headers'],
    },
    { name: 'deliveryMode', type: 'number', default: '0' },
    { name: 'autoAck', type: 'bool', default: 'false' },
    { name: 'deletedWhenUnused', type: 'bool', default: 'true' },
    { name: 'requeueInFailure', type: 'bool', default: 'false' },
    { name: 'reconnectWaitSeconds', type: 'duration', default: '3s' },
    { name: 'ttlInSeconds', type: 'duration' },
    { name: 'clientName', type: 'string', example: 'my_client_name' },
    { name: 'heartBeat', type: 'duration', default: '10s' },
    { name: 'publishMessagePropertiesToMetadata', type: 'bool', default: 'false' },
  ],
  authProfiles: [
    {
      id: 'connection-string',
      title: 'Connection string',
      fields: [
        {
          name: 'connectionString',
          type: 'string',
          required: true,
          example: 'amqp://[username][:password]@host.domain[:port]" "amqps://[username][:password]@host.domain[:port]',
          sensitive: true,
        },
      ],
    },
    {
      id: 'authenticate-using-rabbitmq-properties',
      title: 'Authenticate Using RabbitMQ properties',
      fields: [
        { name: 'hostname', type: 'string', example: 'localhost' },
        { name: 'protocol', type: 'string', example: 'amqp' },
        { name: 'username', type: 'string', example: 'username' },
        { name: 'password', type: 'string', example: 'password', sensitive: true },
      ],
    },
    {
      id: 'authenticate-using-connection-string-and-external-sasl-and-tls',
      title: 'Authenticate Using Connection string and External Sasl and TLS',
      fields: [
        {
          name: 'connectionString',
          type: 'string',
          required: true,
          example: 'amqp://[username][:password]@host.domain[:port]" "amqps://[username][:password]@host.domain[:port]',
          sensitive: true,
        },
        { name: 'caCert', type: 'string', required: true, pem: true },
        { name: 'clientCert', type: 'string', required: true, sensitive: true, pem: true },
        { name: 'clientKey', type: 'string', required: true, sensitive: true, pem: true },
        { name: 'saslExternal', type: 'bool', default: 'false' },
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
