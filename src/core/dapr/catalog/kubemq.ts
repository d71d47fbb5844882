import type { CatalogComponent } from './component.ts';

/** KubeMQ. */
export const kubemq: CatalogComponent = {
  type: 'pubsub.kubemq',
  title: 'KubeMQ',
  status: 'beta',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-kubemq/',
  fields: [
    { name: 'address', type: 'string', required: true, example: 'localhost:50000' },
    { name: 'clientID', type: 'string', example: 'dapr-client' },
    { name: 'group', type: 'string', example: 'my-group' },
    { name: 'store', type: 'bool', default: 'true' },
    { name: 'disableReDelivery', type: 'bool', default: 'false' },
  ],
  authProfiles: [
    {
      id: 'token-authentication',
      title: 'Token Authentication',
      fields: [{ name: 'authToken', type: 'string', required: true, example: 'auth-token', sensitive: true }],
    },
  ],
  // CC:pubsub/kubemq/kubemq_eventstore.go:156-169
  replay: { default: 'newest', identity: 'clientID (random if empty) and group' },
};
