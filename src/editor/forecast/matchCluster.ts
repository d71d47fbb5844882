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
  const named = new Set(brokers.map(normal));
  return profiles.filter((profile) =>
    [...profile.bootstrap, ...Object.keys(profile.addressMap ?? {}), ...Object.values(profile.addressMap ?? {})].some(
      (address) => named.has(normal(address)),
    ),
  );
}
