// Vitest's global setup of what runs on an older broker too: a Kafka 3.9 beside the one of the run.
import type { TestProject } from 'vitest/node';
import { OLDER_VERSION, startKafka } from './kafka/startKafka.ts';
import { provideKafka } from './kafkaSetup.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kafka = await startKafka({ version: OLDER_VERSION, log: (line) => console.log(line) });
  provideKafka(project, kafka);
  return () => kafka.stop();
}
