import { describe, expect, it } from 'vitest';
import { COMPONENTS, authProfiles, componentOf, fieldOf, fieldsOf, isKnownField, nearestField } from './catalog.ts';
import { editDistance } from './nearest.ts';

describe('the catalog', () => {
  it('knows the 15 pub/sub components and the Kafka binding', () => {
    expect(COMPONENTS.map((c) => c.type).sort()).toEqual([
      'bindings.kafka',
      'pubsub.aws.snssqs',
      'pubsub.azure.eventhubs',
      'pubsub.azure.servicebus.queues',
      'pubsub.azure.servicebus.topics',
      'pubsub.gcp.pubsub',
      'pubsub.in-memory',
      'pubsub.jetstream',
      'pubsub.kafka',
      'pubsub.kubemq',
      'pubsub.mqtt3',
      'pubsub.pulsar',
      'pubsub.rabbitmq',
      'pubsub.redis',
      'pubsub.rocketmq',
      'pubsub.solace.amqp',
    ]);
  });

  it('finds a type in any letter case and by its older name', () => {
    expect(componentOf('pubsub.Kafka')?.type).toBe('pubsub.kafka');
    expect(componentOf('pubsub.mqtt')?.type).toBe('pubsub.mqtt3');
    expect(componentOf('pubsub.nothing')).toBeUndefined();
  });

  it('holds the defaults of the code where documentation differs', () => {
    const differing = fieldsOf('pubsub.kafka').filter((f) => f.documentedDefault !== undefined);
    expect(differing.map((f) => [f.name, f.codeDefault, f.documentedDefault])).toEqual([
      ['maxMessageBytes', '1048576', '1024'],
      ['consumeRetryEnabled', 'true', 'false'],
      ['version', '2.0.0', '2.0.0.0'],
      ['clientConnectionTopicMetadataRefreshInterval', '8m', '9m'],
      ['saslMechanism', 'PLAIN', 'PLAINTEXT'],
    ]);
    expect(fieldOf('bindings.kafka', 'consumeRetryEnabled')?.codeDefault).toBe('false');
  });

  it('lists each field once, with the runtime ones only on pub/sub', () => {
    for (const component of COMPONENTS) {
      const names = fieldsOf(component.type).map((f) => f.name);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(isKnownField('pubsub.redis', 'allowedTopics')).toBe(true);
    expect(isKnownField('bindings.kafka', 'allowedTopics')).toBe(false);
    expect(isKnownField('bindings.kafka', 'topics')).toBe(true);
    expect(isKnownField('pubsub.kafka', 'topics')).toBe(false);
    expect(isKnownField('pubsub.pulsar', 'orders.jsonschema')).toBe(true);
  });

  it('requires per auth type what the code requires', () => {
    const required = Object.fromEntries(
      authProfiles('pubsub.kafka').map((p) => [p.authType, p.fields.filter((f) => f.required).map((f) => f.name)]),
    );
    expect(required).toEqual({
      none: [],
      password: ['saslUsername', 'saslPassword'],
      oidc: ['oidcTokenEndpoint', 'oidcClientID', 'oidcClientSecret'],
      oidc_private_key_jwt: ['oidcTokenEndpoint', 'oidcClientID', 'oidcClientAssertionCert', 'oidcClientAssertionKey'],
      // mtls without caCert panics, unless skipVerify.
      mtls: ['caCert', 'clientCert', 'clientKey'],
      certificate: ['caCert'],
      awsiam: [],
    });
  });

  it.each([
    ['consumerRetryInterval', 'consumeRetryInterval'],
    ['rebalanceStrategy', 'consumerGroupRebalanceStrategy'],
    ['backOffDelay', 'backOffDuration'],
    ['maxRetries', 'backOffMaxRetries'],
    ['intialOffset', 'initialOffset'],
    ['InitialOffset', 'initialOffset'],
    ['nothingLikeIt', undefined],
  ])('takes %s for %s', (name, expected) => {
    expect(nearestField('pubsub.kafka', name)).toBe(expected);
  });

  it('measures edits and gives up at the limit', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('kitten', 'sitting', 2)).toBe(2);
    expect(editDistance('', 'abc')).toBe(3);
  });
});
