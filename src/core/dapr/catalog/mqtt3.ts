import { number, text, type CatalogComponent, flag } from './component.ts';

/** MQTT3. */
export const mqtt3: CatalogComponent = {
  type: 'pubsub.mqtt3',
  aliases: ['pubsub.mqtt'],
  title: 'MQTT3',
  page: 'supported-pubsub/setup-mqtt3/',
  fields: [flag('retain'), flag('cleanSession'), number('qos', { codeDefault: '1', allowedValues: ['0', '1', '2'] })],
  authProfiles: [
    {
      title: 'Connection string',
      fields: [
        text('url', { required: true, example: 'tcp://[username][:password]@host.domain[:port]', sensitive: true }),
        text('caCert', { pem: true }),
        text('clientCert', { pem: true }),
        text('clientKey', { sensitive: true, pem: true }),
      ],
    },
  ],
  // CC:pubsub/mqtt3/metadata.go:43-54; CC:pubsub/mqtt3/mqtt.go:188-196,301-310
  replay: {
    codeDefault: 'only-while-subscribed',
    field: 'cleanSession',
    oldestValue: 'false',
    identity: 'client id = consumerID',
  },
};
