import type { CatalogComponent } from './component.ts';

/** Solace-AMQP. */
export const solaceAmqp: CatalogComponent = {
  type: 'pubsub.solace.amqp',
  title: 'Solace-AMQP',
  status: 'beta',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-solace-amqp/',
  fields: [
    { name: 'url', type: 'string', required: true, example: 'amqp://host.domain[:port]', sensitive: true },
    { name: 'caCert', type: 'string', pem: true },
    { name: 'clientCert', type: 'string', pem: true },
    { name: 'clientKey', type: 'string', sensitive: true, pem: true },
    { name: 'topicAddressPrefix', type: 'string', default: 'topic://' },
    { name: 'queueAddressPrefix', type: 'string', default: 'queue://' },
  ],
  authProfiles: [
    {
      id: 'solace-authentication',
      title: 'Solace authentication',
      fields: [
        { name: 'username', type: 'string', required: true, example: 'default' },
        { name: 'password', type: 'string', required: true, example: 'default', sensitive: true },
      ],
    },
    {
      id: 'no-authentication',
      title: 'No authentication',
      fields: [{ name: 'anonymous', type: 'bool', required: true }],
    },
  ],
  // CC:pubsub/solace/amqp/amqp.go:146-159
  replay: { default: 'only-while-subscribed', identity: 'the address; queue:<name> keeps messages, a topic does not' },
};
