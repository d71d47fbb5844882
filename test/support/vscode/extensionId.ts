/** publisher.name of package.json. */
export const EXTENSION_ID = 'kafka-dapr-explorer.kafka-dapr-explorer';
