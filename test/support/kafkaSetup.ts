// Vitest's global setup: one Kafka for a whole run, its addresses in `inject('kafka')` and in the environment.
import type { TestProject } from 'vitest/node';
import { environmentOf } from './kafka/environment.ts';
import type { KafkaAddresses } from './kafka/startKafka.ts';
import { useKafka } from './kafka/useKafka.ts';

declare module 'vitest' {
  interface ProvidedContext {
    kafka: KafkaAddresses;
  }
}

/** `KAFKA_DAPR_TEST_CLUSTER` holds the addresses of a cluster that somebody else started and will stop. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.KAFKA_DAPR_TEST_CLUSTER;
  const kafka = given
    ? { ...(JSON.parse(given) as KafkaAddresses), stop: () => Promise.resolve() }
    : await useKafka({ log: (line) => console.log(line) });
  provideKafka(project, kafka);
  Object.assign(process.env, environmentOf(kafka));
  return () => kafka.stop();
}

/** What `inject('kafka')` gives to the tests of a project. */
export function provideKafka(project: TestProject, kafka: KafkaAddresses): void {
  const { bootstrap, sasl, tls, mtls, saslSsl, version, nodes, certs, tool } = kafka;
  const addresses = { bootstrap, sasl, tls, mtls, saslSsl, version, nodes, certs, tool };
  project.provide('kafka', JSON.parse(JSON.stringify(addresses)) as KafkaAddresses);
}
