import { setTimeout } from 'node:timers/promises';
import type { CallOptions, ClusterClient } from '../clusterClient.ts';
import type { BrokerConnection } from '../transport/connection.ts';

/** ms between two looks, and how many: three seconds in all. */
const PAUSE = 50;
const LOOKS = 60;

/**
 * Waits until every broker that can be reached tells of a change. The controller answers when it has written it (KRaft:
 * into the metadata log, which the brokers read a moment later), and whoever is asked in between tells what was before: a
 * tree that is drawn anew would lack the topic that has just been made. After three seconds it ends all the same, for the
 * change is made; a broker that cannot be reached tells nobody anything. Throws the abort only.
 */
export async function untilTold(
  { connection }: Pick<ClusterClient, 'connection'>,
  told: (broker: BrokerConnection) => Promise<boolean>,
  { signal }: CallOptions,
): Promise<void> {
  let silent = connection.brokers().map((broker) => broker.id);
  for (let look = 1; look <= LOOKS; look++) {
    const now = await Promise.all(silent.map((id) => connection.broker(id).then(told).catch(unreachable)));
    signal?.throwIfAborted();
    silent = silent.filter((_, i) => !now[i]);
    if (silent.length === 0) return;
    await setTimeout(PAUSE, undefined, { ...(signal && { signal }) });
  }
}

/** Whatever it was, the change is made, and what is asked next tells of it in its own words. */
const unreachable = (): boolean => true;
