import { dockerRuntime, missingForDocker } from './dockerRuntime.ts';
import { javaRuntime, missingForJava } from './javaRuntime.ts';
import type { KafkaRuntime, Log } from './runtime.ts';

/** The machine's Java, else Docker. Throws with everything that is missing and what to do about it. */
export async function findRuntime(version: string, log: Log): Promise<KafkaRuntime> {
  const java = await missingForJava(version);
  if (java.length === 0) return javaRuntime(version, log);
  const docker = await missingForDocker();
  if (docker.length === 0) return dockerRuntime(version, log);
  throw new Error(
    `Kafka cannot be started here. One of these is needed:\n` +
      `  Java with Maven: ${java.join('; ')}\n` +
      `  Docker: ${docker.join('; ')}\n` +
      `  a cluster that is there already: set KAFKA_BOOTSTRAP=host:port`,
  );
}
