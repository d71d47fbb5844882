import type { ClusterProfile } from '../../core/kafka/profile.ts';

const normal = (address: string) =>
  address
    .trim()
    .toLowerCase()
    .replace(/^localhost:/, '127.0.0.1:');

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

/** Tells of an address whether it is one of these. */
export function namesBroker(brokers: readonly string[]): (address: string) => boolean {
  const named = new Set(brokers.map(normal));
  return (address) => named.has(normal(address));
}
