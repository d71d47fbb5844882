import { namesBroker } from '../../core/dapr/delivery/namesBroker.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';

/**
 * The saved clusters that a component's `brokers` name: by a bootstrap address, or by an address that the profile maps
 * (`advertised -> reachable`), in either direction. Files never cause a connection: this only compares texts.
 */
export function matchingClusters(brokers: readonly string[], profiles: readonly ClusterProfile[]): ClusterProfile[] {
  return profiles.filter((profile) => meansCluster(brokers, profile));
}

export function meansCluster(brokers: readonly string[], { bootstrap, addressMap = {} }: ClusterProfile): boolean {
  return [...bootstrap, ...Object.keys(addressMap), ...Object.values(addressMap)].some(namesBroker(brokers));
}
