import * as l10n from '@vscode/l10n';
import type { Reader } from '../dapr/delivery/readers.ts';
import { ruleTitleWithId } from '../dapr/delivery/sentences.ts';
import { versionOrder } from '../dapr/version.ts';
import type { Facts } from './facts.ts';

/**
 * What Dapr's client asks before it reads: with which version, from which `version` of the component on (sarama 1.48.1:
 * metadata_request.go, client.go, consumer_group.go, offset_fetch_request.go, offset_request.go, consumer.go). It asks
 * with less where a broker offers less, and with no more where a broker serves only more (api_versions.go): Kafka 4.0
 * removed the oldest (KIP-896), and hangs up on them.
 */
const REQUESTS: readonly { name: string; apiKey: number; since: Readonly<Record<string, number>> }[] = [
  {
    name: 'Metadata',
    apiKey: 3,
    since: { '0.10.1': 2, '0.11.0': 4, '1.0.0': 5, '2.0.0': 6, '2.1.0': 7, '2.4.0': 9, '2.8.0': 10 },
  },
  { name: 'FindCoordinator', apiKey: 10, since: { '0.11.0': 1, '2.0.0': 2 } },
  {
    name: 'JoinGroup',
    apiKey: 11,
    since: { '0.10.1': 1, '0.11.0': 2, '2.0.0': 3, '2.2.0': 4, '2.3.0': 5, '2.4.0': 6 },
  },
  { name: 'SyncGroup', apiKey: 14, since: { '0.11.0': 1, '2.0.0': 2, '2.3.0': 3, '2.4.0': 4 } },
  {
    name: 'OffsetFetch',
    apiKey: 9,
    since: { '0.10.2': 2, '0.11.0': 3, '2.0.0': 4, '2.1.0': 5, '2.4.0': 6, '2.5.0': 7 },
  },
  { name: 'ListOffsets', apiKey: 2, since: { '0.10.1': 1, '0.11.0': 2, '2.0.0': 3, '2.1.0': 4, '2.2.0': 5 } },
  {
    name: 'Fetch',
    apiKey: 1,
    since: { '0.10.1': 3, '0.11.0': 5, '1.0.0': 6, '1.1.0': 7, '2.0.0': 8, '2.1.0': 10, '2.3.0': 11 },
  },
];

/** Where the file says nothing (components-contrib 1.18.0, common/component/kafka/metadata.go:170). */
const DEFAULT = '2.0.0';

/**
 * Why the brokers hang up on what the component's `version` makes Dapr ask, a sentence; undefined: they do not, or that
 * is not known.
 */
export function unservedText(reader: Reader, { broker }: Facts): string | undefined {
  const item = reader.metadata.findLast(({ name }) => name.toLowerCase() === 'version');
  const lowest = broker?.lowestVersions ?? null;
  if (item?.value === null || lowest === null) return undefined;
  const version = item?.value || DEFAULT;
  const unserved = REQUESTS.flatMap(({ name, apiKey, since }) => {
    const asked = versionAsked(version, since);
    const served = lowest.get(apiKey) ?? 0;
    return asked < served ? [{ name, asked, served }] : [];
  })[0];
  if (unserved === undefined) return undefined;
  return [
    ruleTitleWithId('F-25'),
    l10n.t(
      'version is {0}: Dapr asks with {1} version {2}, and the brokers serve it from version {3} on. Set version to 2.0.0 or newer.',
      version,
      unserved.name,
      unserved.asked,
      unserved.served,
    ),
  ].join(' ');
}

function versionAsked(version: string, since: Readonly<Record<string, number>>): number {
  return Math.max(
    0,
    ...Object.entries(since)
      .filter(([from]) => versionOrder(version) >= versionOrder(from))
      .map(([, asked]) => asked),
  );
}
