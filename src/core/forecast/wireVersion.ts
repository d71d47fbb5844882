import * as l10n from '@vscode/l10n';
import type { Reader } from '../dapr/delivery/readers.ts';
import { ruleTitleWithId } from '../dapr/delivery/sentences.ts';
import { versionOrder } from '../dapr/version.ts';
import type { Facts } from './facts.ts';

interface WireRequest {
  name: string;
  apiKey: number;
  /** Whom it asks. `any`: another one where the first hangs up. */
  of: 'any' | 'coordinator' | 'leader';
  since: Readonly<Record<string, number>>;
}

/**
 * What Dapr's client asks before it reads: with which version, from which `version` of the component on (sarama 1.48.1:
 * metadata_request.go, client.go, consumer_group.go, offset_fetch_request.go, offset_request.go, consumer.go). It asks
 * with less where a broker offers less, and with no more where a broker serves only more (api_versions.go): Kafka 4.0
 * removed the oldest (KIP-896), and hangs up on them.
 */
const REQUESTS: readonly WireRequest[] = [
  {
    name: 'Metadata',
    apiKey: 3,
    of: 'any',
    since: { '0.10.1': 2, '0.11.0': 4, '1.0.0': 5, '2.0.0': 6, '2.1.0': 7, '2.4.0': 9, '2.8.0': 10 },
  },
  { name: 'FindCoordinator', apiKey: 10, of: 'any', since: { '0.11.0': 1, '2.0.0': 2 } },
  {
    name: 'JoinGroup',
    apiKey: 11,
    of: 'coordinator',
    since: { '0.10.1': 1, '0.11.0': 2, '2.0.0': 3, '2.2.0': 4, '2.3.0': 5, '2.4.0': 6 },
  },
  { name: 'SyncGroup', apiKey: 14, of: 'coordinator', since: { '0.11.0': 1, '2.0.0': 2, '2.3.0': 3, '2.4.0': 4 } },
  {
    name: 'OffsetFetch',
    apiKey: 9,
    of: 'coordinator',
    since: { '0.10.2': 2, '0.11.0': 3, '2.0.0': 4, '2.1.0': 5, '2.4.0': 6, '2.5.0': 7 },
  },
  {
    name: 'ListOffsets',
    apiKey: 2,
    of: 'leader',
    since: { '0.10.1': 1, '0.11.0': 2, '2.0.0': 3, '2.1.0': 4, '2.2.0': 5 },
  },
  {
    name: 'Fetch',
    apiKey: 1,
    of: 'leader',
    since: { '0.10.1': 3, '0.11.0': 5, '1.0.0': 6, '1.1.0': 7, '2.0.0': 8, '2.1.0': 10, '2.3.0': 11 },
  },
];

/** Where the file says nothing (components-contrib 1.18.0, common/component/kafka/metadata.go:170). */
const DEFAULT = '2.0.0';

/** What a component's `version` makes Dapr ask and brokers no longer serve: they hang up on it. */
export interface Unserved {
  version: string;
  request: string;
  asked: number;
  /** The lowest version that they serve. */
  served: number;
  /** Node ids of the leaders that do so, where others still serve it: of their partitions alone nothing is read. */
  leaders?: readonly number[];
}

/** undefined: nothing, or that is not known. In the order in which a start asks; what stops all of it before the rest. */
export function unservedOf(reader: Reader, facts: Facts): Unserved | undefined {
  const item = reader.metadata.findLast(({ name }) => name.toLowerCase() === 'version');
  const known = facts.served ?? new Map<number, ReadonlyMap<number, number>>();
  if (item?.value === null || known.size === 0) return undefined;
  const version = item?.value || DEFAULT;
  const { group } = reader.group;
  const coordinator = group === null ? null : (facts.groups.get(group)?.coordinator ?? null);
  const brokers = {
    any: [...known.keys()],
    // Of a group that is not there yet any broker may be it.
    coordinator: coordinator !== null && known.has(coordinator) ? [coordinator] : [...known.keys()],
    leader: leadersOf(reader, facts).filter((id) => known.has(id)),
  };
  const found = REQUESTS.flatMap(({ name: request, apiKey, of, since }): Unserved[] => {
    const asked = versionAsked(version, since);
    const lowest = (id: number) => known.get(id)?.get(apiKey) ?? 0;
    const refusing = brokers[of].filter((id) => asked < lowest(id));
    if (refusing.length === 0) return [];
    const unserved = { version, request, asked, served: Math.min(...refusing.map(lowest)) };
    if (refusing.length === brokers[of].length) return [unserved];
    return of === 'leader' ? [{ ...unserved, leaders: refusing }] : [];
  });
  return found.find(({ leaders }) => leaders === undefined) ?? found[0];
}

/** A sentence: why nothing is read, or nothing of some partitions. */
export function unservedText({ version, request, asked, served, leaders }: Unserved): string {
  return leaders === undefined
    ? [
        ruleTitleWithId('F-25'),
        l10n.t(
          'version is {0}: Dapr asks with {1} version {2}, and the brokers serve it from version {3} on. Set version to 2.0.0 or newer.',
          version,
          request,
          asked,
          served,
        ),
      ].join(' ')
    : l10n.t(
        'version is {0}: Dapr asks with {1} version {2}, and of the brokers {3} serve it from version {4} on: nothing is delivered of the partitions that they lead, without an error in its log (F-25). Set version to 2.0.0 or newer.',
        version,
        request,
        asked,
        leaders.join(', '),
        served,
      );
}

function leadersOf(reader: Reader, { topics }: Facts): number[] {
  const partitions = reader.topics.flatMap(({ brokerTopic }) => topics.get(brokerTopic ?? '')?.partitions ?? []);
  return [...new Set(partitions.flatMap(({ leader }) => leader ?? []))].sort((a, b) => a - b);
}

function versionAsked(version: string, since: Readonly<Record<string, number>>): number {
  return Math.max(
    0,
    ...Object.entries(since)
      .filter(([from]) => versionOrder(version) >= versionOrder(from))
      .map(([, asked]) => asked),
  );
}
