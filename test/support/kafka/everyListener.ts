import type { KafkaAddresses } from './startKafka.ts';
import { startKafka } from './startKafka.ts';

export type FullKafka = Required<Pick<KafkaAddresses, 'bootstrap' | 'sasl' | 'tls' | 'mtls' | 'saslSsl' | 'certs'>>;

/**
 * The run's cluster where it has every listener, else one of our own beside it: a cluster given by `KAFKA_BOOTSTRAP` may
 * have one listener only, and its users and certificates are not known.
 */
export async function everyListener(given: KafkaAddresses): Promise<FullKafka & { stop(): Promise<void> }> {
  const { sasl, tls, mtls, saslSsl, certs } = given;
  if (sasl && tls && mtls && saslSsl && certs !== '')
    return { bootstrap: given.bootstrap, sasl, tls, mtls, saslSsl, certs, stop: () => Promise.resolve() };
  const own = await startKafka({ version: given.version });
  const { bootstrap } = own;
  if (!own.sasl || !own.tls || !own.mtls || !own.saslSsl) throw new Error('a lab of our own has every listener');
  return {
    bootstrap,
    sasl: own.sasl,
    tls: own.tls,
    mtls: own.mtls,
    saslSsl: own.saslSsl,
    certs: own.certs,
    stop: () => own.stop(),
  };
}
