import { bool, number, text, type CatalogComponent } from './component.ts';

/** JetStream. */
export const jetstream: CatalogComponent = {
  type: 'pubsub.jetstream',
  title: 'JetStream',
  status: 'beta',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-jetstream/',
  fields: [
    text('name', { default: 'dapr.io - pubsub.jetstream' }),
    text('streamName', { example: 'my-stream' }),
    text('durableName', { example: 'my-durable' }),
    text('queueGroupName', { example: 'my-queue-group' }),
    number('startSequence'),
    number('startTime', { default: '0' }),
    bool('flowControl', { default: 'false' }),
    text('ackWait', { example: '30s' }),
    number('maxDeliver'),
    number('maxAckPending'),
    number('replicas'),
    bool('memoryStorage', { default: 'false' }),
    number('rateLimit'),
    text('heartbeat', { example: '30s' }),
    text('deliverPolicy', {
      allowedValues: ['all', 'last', 'new', 'sequence', 'time'],
      default: 'all',
      exactCase: true,
    }),
    text('ackPolicy', { default: 'explicit', allowedValues: ['explicit', 'all', 'none'] }),
    text('domain', { example: 'my-domain' }),
    text('apiPrefix', { example: '$JS.API' }),
    text('concurrency', { default: 'single' }),
    text('backOff', { example: '[1s, 2s, 4s]' }),
  ],
  authProfiles: [
    {
      id: 'basic-authentication',
      title: 'Basic Authentication',
      fields: [text('natsURL', { required: true, example: 'nats://localhost:4222' })],
    },
    {
      id: 'token-authentication',
      title: 'Token Authentication',
      fields: [
        text('natsURL', { required: true, example: 'nats://localhost:4222' }),
        text('token', { required: true, example: 'auth-token', sensitive: true }),
      ],
    },
    {
      id: 'jwt-authentication',
      title: 'JWT Authentication',
      fields: [
        text('natsURL', { required: true, example: 'nats://localhost:4222' }),
        text('jwt', { required: true, example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...', sensitive: true }),
        text('seedKey', {
          required: true,
          example: 'SUAELX7XZIRRCNOQKCXQWFN6M3EBKUTBWK6YQKL4QFLKCUQJSEZL7ZCL7KQ',
          sensitive: true,
        }),
      ],
    },
    {
      id: 'tls-authentication',
      title: 'TLS Authentication',
      fields: [
        text('natsURL', { required: true, example: 'nats://localhost:4222' }),
        text('tls_client_cert', { required: true, pem: true }),
        text('tls_client_key', { required: true, sensitive: true, pem: true }),
      ],
    },
  ],
  // CC:pubsub/jetstream/metadata.go:97-114; CC:pubsub/jetstream/jetstream.go:152-199,266-279
  replay: {
    default: 'oldest',
    field: 'deliverPolicy',
    oldestValue: 'all',
    identity: 'durableName; without one a new consumer at each start',
  },
};
