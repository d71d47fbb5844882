const normal = (address: string) =>
  address
    .trim()
    .toLowerCase()
    .replace(/^localhost:/, '127.0.0.1:');

/** Tells of an address whether it is one of these. */
export function namesBroker(brokers: readonly string[]): (address: string) => boolean {
  const named = new Set(brokers.map(normal));
  return (address) => named.has(normal(address));
}
