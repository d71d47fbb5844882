import type { BrokerConnection, KafkaConnection } from './connection.ts';
import { KafkaError } from './kafkaError.ts';

/**
 * Asks whichever broker is connected. A broker that goes away in the middle is no answer: the next one is asked, as
 * often as the cluster has brokers. For questions only, which may be asked twice.
 */
export function onAnyBroker<T>(
  connection: KafkaConnection,
  ask: (broker: BrokerConnection) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return overLostBrokers(connection.brokers().length, async () => ask(await connection.anyBroker()), signal);
}

/** Repeats work that failed because a broker closed its connection or could not be reached, at most `times` times. */
export async function overLostBrokers<T>(times: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let left = times; ; left--) {
    try {
      return await work();
    } catch (error) {
      const lost = error instanceof KafkaError && (error.kind === 'closed' || error.kind === 'tcp');
      if (!lost || left <= 0 || signal?.aborted) throw error;
    }
  }
}
