import type { CatalogComponent } from './component.ts';

/** JetStream. */
export const jetstream: CatalogComponent = {
  type: 'pubsub.jetstream',
  title: 'JetStream',
  status: 'beta',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-jetstream/',
  fields: [
    { name: 'name', type: 'string', default: 'dapr.io - pubsub.jetstream' },
    { name: 'streamName', type: 'string', example: 'my-stream' },
    { name: 'durableName', type: 'string', example: 'my-durable' },
    { name: 'queueGroupName', type: 'string', example: 'my-queue-group' },
    { name: 'startSequence', type: 'number' },
    { name: 'startTime', type: 'number', default: '0' },
    { name: 'flowControl', type: 'bool', default: 'false' },
    { name: 'ackWait', type: 'string', example: '30s' },
    { name: 'maxDeliver', type: 'number' },
    { name: 'maxAckPending', type: 'number' },
    { name: 'replicas', type: 'number' },
    { name: 'memoryStorage', type: 'bool', default: 'false' },
    { name: 'rateLimit', type: 'number' },
    { name: 'heartbeat', type: 'string', example: '30s' },
    {
      name: 'deliverPolicy',
      type: 'string',
      allowedValues: ['all', 'last', 'new', 'sequence', 'time'],
      default: 'all',
      exactCase: true,
    },
    { name: 'ackPolicy', type: 'string', default: 'explicit', allowedValues: ['explicit', 'all', 'none'] },
    { name: 'domain', type: 'string', example: 'my-domain' },
    { name: 'apiPrefix', type: 'string', example: '$JS.API' },
    { name: 'concurrency', type: 'string', default: 'single' },
    { name: 'backOff', type: 'string', example: '[1s, 2s, 4s]' },
  ],
  authProfiles: [
    {
      id: 'basic-authentication',
      title: 'Basic Authentication',
      fields: [{ name: 'natsURL', type: 'string', required: true, example: 'nats://localhost:4222' }],
    },
    {
      id: 'token-authentication',
      title: 'Token Authentication',
      fields: [
        { name: 'natsURL', type: 'string', required: true, example: 'nats://localhost:4222' },
        { name: 'token', type: 'string', required: true, example: 'auth-token', sensitive: true },
      ],
    },
    {
      id: 'jwt-authentication',
      title: 'JWT Authentication',
      fields: [
        { name: 'natsURL', type: 'string', required: true, example: 'nats://localhost:4222' },
        {
          name: 'jwt',
          type: 'string',
          required: true,
          example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...',
          sensitive: true,
        },
        {
          name: 'seedKey',
          type: 'string',
          required: true,
          example: 'SUAELX7XZIRRCNOQKCXQWFN6M3EBKUTBWK6YQKL4QFLKCUQJSEZL7ZCL7KQ',
          sensitive: true,
        },
      ],
    },
    {
      id: 'tls-authentication',
      title: 'TLS Authentication',
      fields: [
        { name: 'natsURL', type: 'string', required: true, example: 'nats://localhost:4222' },
        { name: 'tls_client_cert', type: 'string', required: true, pem: true },
        { name: 'tls_client_key', type: 'string', required: true, sensitive: true, pem: true },
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
