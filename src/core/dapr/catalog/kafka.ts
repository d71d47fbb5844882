import type { CatalogComponent } from './component.ts';
import { KAFKA_AUTH_PROFILES, KAFKA_BACKOFF_FIELDS, KAFKA_FIELDS } from './kafkaFields.ts';

/** Apache Kafka pub/sub. */
export const kafka: CatalogComponent = {
  type: 'pubsub.kafka',
  title: 'Apache Kafka',
  page: 'supported-pubsub/setup-apache-kafka/',
  fields: [...KAFKA_FIELDS, ...KAFKA_BACKOFF_FIELDS],
  authProfiles: KAFKA_AUTH_PROFILES,
  replay: {
    codeDefault: 'newest',
    field: 'initialOffset',
    oldestValue: 'oldest',
    identity: 'consumer group = consumerGroup, else consumerID, else the app id',
  },
};
