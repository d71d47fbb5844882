import { number, text, type CatalogComponent, flag } from './component.ts';

/** JetStream. */
const NATS_URL = text('natsURL', { required: true, example: 'nats://localhost:4222' });

export const jetstream: CatalogComponent = {
  type: 'pubsub.jetstream',
  title: 'JetStream',
  status: 'beta',
  page: 'supported-pubsub/setup-jetstream/',
  fields: [
    text('name', { codeDefault: 'dapr.io - pubsub.jetstream' }),
    text('streamName', { example: 'my-stream' }),
    text('durableName', { example: 'my-durable' }),
    text('queueGroupName', { example: 'my-queue-group' }),
    number('startSequence'),
    number('startTime', { codeDefault: '0' }),
    flag('flowControl'),
    text('ackWait', { example: '30s' }),
    number('maxDeliver'),
    number('maxAckPending'),
    number('replicas'),
    flag('memoryStorage'),
    number('rateLimit'),
    text('heartbeat', { example: '30s' }),
    text('deliverPolicy', {
      allowedValues: ['all', 'last', 'new', 'sequence', 'time'],
      codeDefault: 'all',
      exactCase: true,
    }),
    text('ackPolicy', { codeDefault: 'explicit', allowedValues: ['explicit', 'all', 'none'] }),
    text('domain', { example: 'my-domain' }),
    text('apiPrefix', { example: '$JS.API' }),
    text('concurrency', { codeDefault: 'single' }),
    text('backOff', { example: '[1s, 2s, 4s]' }),
  ],
  authProfiles: [
    {
      title: 'Basic Authentication',
      fields: [NATS_URL],
    },
    {
      title: 'Token Authentication',
      fields: [NATS_URL, text('token', { required: true, example: 'auth-token', sensitive: true })],
    },
    {
      title: 'JWT Authentication',
      fields: [
        NATS_URL,
        text('jwt', { required: true, example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...', sensitive: true }),
        text('seedKey', {
          required: true,
          example: 'SUAELX7XZIRRCNOQKCXQWFN6M3EBKUTBWK6YQKL4QFLKCUQJSEZL7ZCL7KQ',
          sensitive: true,
        }),
      ],
    },
    {
      title: 'TLS Authentication',
      fields: [
        NATS_URL,
        text('tls_client_cert', { required: true, pem: true }),
        text('tls_client_key', { required: true, sensitive: true, pem: true }),
      ],
    },
  ],
  // CC:pubsub/jetstream/metadata.go:97-114; CC:pubsub/jetstream/jetstream.go:152-199,266-279
  replay: {
    codeDefault: 'oldest',
    field: 'deliverPolicy',
    oldestValue: 'all',
    identity: 'durableName; without one a new consumer at each start',
  },
};
