import type { ClusterSession } from './clusterSession.ts';

const unique = (names: readonly string[]) => [...new Set(names)].sort();

/** What the component-file helper may know of clusters without a request: from what the tree has learned. */
export class ClusterFacts {
  readonly #sessions: () => readonly ClusterSession[];

  constructor(sessions: () => readonly ClusterSession[]) {
    this.#sessions = sessions;
  }

  topics(): string[] {
    return unique(this.#sessions().flatMap((s) => s.topics.value?.filter((t) => !t.internal).map((t) => t.name) ?? []));
  }

  groups(): string[] {
    return unique(this.#sessions().flatMap((s) => s.groupListing.value?.groups.map((g) => g.group) ?? []));
  }
}
