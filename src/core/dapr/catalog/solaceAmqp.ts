import { bool, text, type CatalogComponent } from './component.ts';

/** Solace-AMQP. */
export const solaceAmqp: CatalogComponent = {
  type: 'pubsub.solace.amqp',
  title: 'Solace-AMQP',
  status: 'beta',
  page: 'supported-pubsub/setup-solace-amqp/',
  fields: [
    text('url', { required: true, example: 'amqp://host.domain[:port]', sensitive: true }),
    text('caCert', { pem: true }),
    text('clientCert', { pem: true }),
    text('clientKey', { sensitive: true, pem: true }),
    text('topicAddressPrefix', { codeDefault: 'topic://' }),
    text('queueAddressPrefix', { codeDefault: 'queue://' }),
  ],
  authProfiles: [
    {
      title: 'Solace authentication',
      fields: [
        text('username', { required: true, example: 'default' }),
        text('password', { required: true, example: 'default', sensitive: true }),
      ],
    },
    {
      title: 'No authentication',
      fields: [bool('anonymous', { required: true })],
    },
  ],
  // CC:pubsub/solace/amqp/amqp.go:146-159
  replay: {
    codeDefault: 'only-while-subscribed',
    identity: 'the address; queue:<name> keeps messages, a topic does not',
  },
};
