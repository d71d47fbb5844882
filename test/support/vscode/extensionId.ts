/** publisher.name of package.json. */
export const EXTENSION_ID = 'kafka-dapr-explorer.kafka-dapr-explorer';
/** The same of driver/package.json. */
export const DRIVER_ID = 'kafka-dapr-test.driver';
