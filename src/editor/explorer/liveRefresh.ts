import type { ClusterSessions } from './clusterSessions.ts';

export interface LiveRefreshOptions {
  sessions: ClusterSessions;
  /** Seconds between two rounds; 0: never. */
  seconds: () => number;
  /** Ids of the nodes that are expanded in a view the person can see; empty when the view is hidden. */
  visible: () => ReadonlySet<string>;
}

/**
 * Asks again, round by round, for what is visible and nothing else: brokers and their logs where they are open, topics
 * where a topic list is, groups where groups or the readers of a topic are. The next round starts after the last one has ended, so that a slow cluster is not flooded.
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
        if (!session?.description.value || session.refused) return;
        const shows = (branch: string) => ids.some((id) => id.startsWith(`${clusterId}/${branch}`));
        const topics = shows('topics');
        const groups = topics || shows('groups');
        // One that did not answer last time is asked whether it is back.
        const brokers = shows('brokers') || session.description.error !== undefined;
        await Promise.all([
          brokers && session.refreshBrokers(ids.flatMap((id) => brokerWithLogs(clusterId, id))),
          topics && session.refreshTopics(),
          groups && session.refreshGroups(),
        ]);
      }),
    );
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }
}

/** The broker whose log folders that node shows. */
function brokerWithLogs(clusterId: string, nodeId: string): number[] {
  const prefix = `${clusterId}/brokers/broker/`;
  const match = nodeId.startsWith(prefix) ? /^(\d+)\/logs$/.exec(nodeId.slice(prefix.length)) : null;
  return match ? [Number(match[1])] : [];
}
