import type { KafkaAddresses } from './startKafka.ts';

/** The same addresses as environment variables, for commands that a test starts and for developers. */
export function environmentOf(kafka: KafkaAddresses): Record<string, string> {
  return {
    KAFKA_BOOTSTRAP: kafka.bootstrap,
    ...(kafka.sasl && { KAFKA_SASL: kafka.sasl }),
    ...(kafka.tls && { KAFKA_TLS: kafka.tls }),
    ...(kafka.mtls && { KAFKA_MTLS: kafka.mtls }),
    ...(kafka.saslSsl && { KAFKA_SASL_SSL: kafka.saslSsl }),
    KAFKA_CERTS: kafka.certs,
    KAFKA_TOOL: kafka.tool.join(' '),
  };
}
