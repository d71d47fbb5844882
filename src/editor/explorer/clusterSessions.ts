import type { ClusterProfile } from '../../core/kafka/profile.ts';
import { ClusterSession, type Connect } from './clusterSession.ts';

/** A saved cluster as the explorer needs it. */
export interface ListedCluster {
  profile: ClusterProfile;
  favourites: readonly string[];
}

/** The saved clusters, supplied by the composition root. */
export interface Clusters {
  list(): readonly ListedCluster[];
  setFavourite(clusterId: string, topic: string, favourite: boolean): Promise<void>;
  onDidChange(listener: () => void): { dispose(): void };
}

/** The component files that read in a group of a cluster, as far as they are known. */
export type ComponentFiles = (clusterId: string, group: string) => readonly string[];

/** One session per saved cluster: made on first sight, replaced when its profile changes, closed when it is deleted. */
export class ClusterSessions {
  readonly #connect: Connect;
  readonly #changed: (clusterId: string) => void;
  readonly #componentFiles: ComponentFiles;
  readonly #sessions = new Map<string, ClusterSession>();

  constructor(connect: Connect, changed: (clusterId: string) => void, componentFiles: ComponentFiles) {
    this.#connect = connect;
    this.#changed = changed;
    this.#componentFiles = componentFiles;
  }

  of(profile: ClusterProfile): ClusterSession {
    const known = this.#sessions.get(profile.id);
    if (known && JSON.stringify(known.profile) === JSON.stringify(profile)) return known;
    void known?.close();
    return this.#start(profile);
  }

  get(clusterId: string): ClusterSession | undefined {
    return this.#sessions.get(clusterId);
  }

  /** Ends the connection, or the attempt to connect; the next use makes a new one. That the row is open is none. */
  async disconnect(clusterId: string): Promise<void> {
    const session = this.#sessions.get(clusterId);
    if (!session) return;
    this.#start(session.profile, true);
    this.#changed(clusterId);
    await session.close();
  }

  /** What it connects with has changed: another connection takes the place of this one, where one was in use. */
  async renew(clusterId: string): Promise<void> {
    const session = this.#sessions.get(clusterId);
    this.#sessions.delete(clusterId);
    await session?.close();
    this.#changed(clusterId);
  }

  /** Closes the sessions of clusters that are no longer saved. */
  keep(clusterIds: ReadonlySet<string>): void {
    for (const [id, session] of this.#sessions)
      if (!clusterIds.has(id)) {
        this.#sessions.delete(id);
        void session.close();
      }
  }

  #start(profile: ClusterProfile, resting = false): ClusterSession {
    const { id } = profile;
    const changed = () => {
      if (!session.closed) this.#changed(id);
    };
    const files = (group: string) => this.#componentFiles(id, group);
    const session = new ClusterSession(profile, this.#connect, changed, files, resting);
    this.#sessions.set(id, session);
    return session;
  }

  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(sessions.map((s) => s.close()));
  }
}
