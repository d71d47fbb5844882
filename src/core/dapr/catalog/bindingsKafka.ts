import { text, type CatalogComponent } from './component.ts';
import { KAFKA_AUTH_PROFILES, KAFKA_BACKOFF_FIELDS, KAFKA_FIELDS } from './kafkaFields.ts';

/** Apache Kafka as input and output binding: the same struct, but nothing puts the app id into an empty group. */
export const bindingsKafka: CatalogComponent = {
  type: 'bindings.kafka',
  title: 'Apache Kafka',
  page: 'supported-bindings/kafka/',
  fields: [
    ...KAFKA_FIELDS.map((field) => (field.name === 'consumeRetryEnabled' ? { ...field, codeDefault: 'false' } : field)),
    ...KAFKA_BACKOFF_FIELDS,
    text('consumerID', { exactCase: true }),
    text('topics', { example: 'orders,payments', role: 'input' }),
    text('publishTopic', { example: 'orders', role: 'output' }),
    text('direction', { allowedValues: ['input', 'output', 'input, output'], example: 'input' }),
  ],
  authProfiles: KAFKA_AUTH_PROFILES,
  replay: {
    codeDefault: 'newest',
    field: 'initialOffset',
    oldestValue: 'oldest',
    identity: 'consumer group = consumerGroup, else consumerID, else empty (nothing is delivered)',
  },
};
