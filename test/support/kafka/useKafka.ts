import { findRuntime } from './findRuntime.ts';
import { DEFAULT_VERSION, startKafka, type KafkaLab, type StartOptions } from './startKafka.ts';

/**
 * The cluster that `KAFKA_BOOTSTRAP` names, when it is set (and `KAFKA_SASL`, `KAFKA_TLS` … for its other listeners):
 * it is used and left running. Else one of our own.
 */
export async function useKafka(options: StartOptions = {}): Promise<KafkaLab> {
  const { KAFKA_BOOTSTRAP, KAFKA_SASL, KAFKA_TLS, KAFKA_MTLS, KAFKA_SASL_SSL, KAFKA_CERTS } = process.env;
  if (!KAFKA_BOOTSTRAP) return startKafka(options);
  const version = options.version ?? process.env.KAFKA_VERSION ?? DEFAULT_VERSION;
  const runtime = await findRuntime(version, options.log ?? (() => undefined));
  const notOurs = () =>
    Promise.reject(new Error('the nodes of a cluster given by KAFKA_BOOTSTRAP are not ours to stop'));
  return {
    bootstrap: KAFKA_BOOTSTRAP,
    ...(KAFKA_SASL && { sasl: KAFKA_SASL }),
    ...(KAFKA_TLS && { tls: KAFKA_TLS }),
    ...(KAFKA_MTLS && { mtls: KAFKA_MTLS }),
    ...(KAFKA_SASL_SSL && { saslSsl: KAFKA_SASL_SSL }),
    version,
    nodes: KAFKA_BOOTSTRAP.split(',').length,
    certs: KAFKA_CERTS ?? '',
    tool: runtime.tool(),
    stopNode: notOurs,
    killNode: notOurs,
    startNode: notOurs,
    stop: () => Promise.resolve(),
  };
}
