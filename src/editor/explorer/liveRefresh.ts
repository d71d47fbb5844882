import type { ClusterSessions } from './clusterSessions.ts';

export interface LiveRefreshOptions {
  sessions: ClusterSessions;
  /** Seconds between two rounds; 0: never. */
  seconds: () => number;
  /** Ids of the nodes that are expanded in a view the person can see; empty when the view is hidden. */
  visible: () => ReadonlySet<string>;
}

/**
 * Asks again, round by round, for what is visible and nothing else: topics where a topic list is open, groups where
 * groups or the readers of a topic are. The next round starts after the last one has ended, so that a slow cluster is not flooded.
 */
export class LiveRefresh {
  readonly #options: LiveRefreshOptions;
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: LiveRefreshOptions) {
    this.#options = options;
  }

  /** Starts, or starts again with a changed rate. */
  start(): void {
    clearTimeout(this.#timer);
    const seconds = this.#options.seconds();
    if (this.#disposed || seconds <= 0) return;
    this.#timer = setTimeout(() => void this.round().finally(() => this.start()), seconds * 1000);
  }

  /** One round over everything visible. */
  async round(): Promise<void> {
    const ids = [...this.#options.visible()];
    const clusters = new Set(ids.map((id) => id.split('/')[0] ?? ''));
    await Promise.all(
      [...clusters].map(async (clusterId) => {
        const session = this.#options.sessions.get(clusterId);
        // A cluster that failed waits for the person: trying a wrong password again and again can lock an account.
        if (!session?.description.value || session.description.error !== undefined) return;
        const topics = ids.some((id) => id.startsWith(`${clusterId}/topics`));
        const groups = topics || ids.some((id) => id.startsWith(`${clusterId}/groups`));
        await Promise.all([topics && session.refreshTopics(), groups && session.refreshGroups()]);
      }),
    );
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }
}
