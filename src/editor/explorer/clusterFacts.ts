import { brokersOf, type Reader } from '../../core/dapr/delivery/readers.ts';
import { partitionStart } from '../../core/dapr/delivery/start.ts';
import type { Group, PartitionWithOffsets } from '../../core/kafka/clusterClient.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { ClusterSession } from './clusterSession.ts';

export interface ClusterFactsOptions {
  /** Sessions of the saved clusters, connected or not. */
  sessions: () => readonly ClusterSession[];
  /** Which of the clusters a component's brokers mean. */
  matching: (brokers: readonly string[], profiles: readonly ClusterProfile[]) => ClusterProfile[];
}

/** What the component-file helper may know of clusters: answers from what the tree has learned, without a request. */
export class ClusterFacts {
  readonly #options: ClusterFactsOptions;

  constructor(options: ClusterFactsOptions) {
    this.#options = options;
  }

  /**
   * How many messages the reader would never receive if it started now; null: no connected cluster matches, or its
   * offsets and groups are not known yet.
   */
  missed(reader: Reader): { neverReceived: number; topics: string[]; cluster: string } | null {
    const session = this.#session(brokersOf(reader.component));
    const groups = session?.groups.value;
    if (!session || !groups || reader.group.group === null) return null;
    const group = groups.get(reader.group.group);
    const skipped = new Map<string, number>();
    let known = false;
    for (const { brokerTopic } of reader.topics) {
      const topic = brokerTopic === null ? undefined : session.offsets.value?.get(brokerTopic);
      for (const partition of topic?.partitions ?? []) {
        const start = partitionStart(stateOf(topic?.name ?? '', partition, group), reader.initialOffset, {
          fresh: reader.group.fresh,
        });
        if (start.skipped === null) continue;
        known = true;
        if (start.skipped > 0) skipped.set(topic?.name ?? '', (skipped.get(topic?.name ?? '') ?? 0) + start.skipped);
      }
    }
    if (!known) return null;
    const neverReceived = [...skipped.values()].reduce((sum, n) => sum + n, 0);
    return { neverReceived, topics: [...skipped.keys()], cluster: session.profile.name };
  }

  topics(): string[] {
    return this.#names((session) => session.topics.value?.filter((t) => !t.internal).map((t) => t.name));
  }

  groups(): string[] {
    return this.#names((session) => session.groupListing.value?.groups.map((g) => g.group));
  }

  #session(brokers: readonly string[] | undefined): ClusterSession | undefined {
    if (!brokers) return undefined;
    const connected = this.#options.sessions().filter((s) => s.description.value !== undefined);
    const matching = this.#options.matching(
      brokers,
      connected.map((s) => s.profile),
    );
    return connected.find((s) => s.profile === matching[0]);
  }

  #names(of: (session: ClusterSession) => string[] | undefined): string[] {
    return [...new Set(this.#options.sessions().flatMap((session) => of(session) ?? []))].sort();
  }
}

/** A group that is not among all groups of the cluster has no commit anywhere. */
function stateOf(
  topic: string,
  { partition, logStart, highWatermark }: PartitionWithOffsets,
  group: Group | undefined,
) {
  if (group?.error !== undefined) return { logStart, highWatermark, committed: null };
  const offset = group?.offsets.find((o) => o.topic === topic && o.partition === partition);
  if (offset?.error !== undefined && offset.committed === null) return { logStart, highWatermark, committed: null };
  return { logStart, highWatermark, committed: offset?.committed ?? ('none' as const) };
}
