import { bool, text, type CatalogComponent, flag } from './component.ts';

/** KubeMQ. */
export const kubemq: CatalogComponent = {
  type: 'pubsub.kubemq',
  title: 'KubeMQ',
  status: 'beta',
  page: 'supported-pubsub/setup-kubemq/',
  fields: [
    text('address', { required: true, example: 'localhost:50000' }),
    text('clientID', { example: 'dapr-client' }),
    text('group', { example: 'my-group' }),
    bool('store', { codeDefault: 'true' }),
    flag('disableReDelivery'),
  ],
  authProfiles: [
    {
      title: 'Token Authentication',
      fields: [text('authToken', { required: true, example: 'auth-token', sensitive: true })],
    },
  ],
  // CC:pubsub/kubemq/kubemq_eventstore.go:156-169
  replay: { codeDefault: 'newest', identity: 'clientID (random if empty) and group' },
};
