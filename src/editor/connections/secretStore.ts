import type { ClusterSecrets } from '../../core/kafka/profile.ts';

/** The part of `vscode.SecretStorage` used here. */
export interface SecretStorage {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
  /** After a change in this window or another. */
  onDidChange(listener: (event: { key: string }) => void): { dispose(): void };
}

/** The secrets of each cluster, in the editor's encrypted store and nowhere else. */
export class SecretStore {
  readonly #storage: SecretStorage;

  constructor(storage: SecretStorage) {
    this.#storage = storage;
  }

  async get(clusterId: string): Promise<ClusterSecrets> {
    const text = await this.#storage.get(keyOf(clusterId));
    return text === undefined ? {} : (JSON.parse(text) as ClusterSecrets);
  }

  /** Replaces all secrets of the cluster; empty ones are not kept. The same ones again are no change. */
  async set(clusterId: string, secrets: ClusterSecrets): Promise<void> {
    const kept = Object.entries(secrets).filter(([, value]) => value !== undefined && value !== '');
    const text = kept.length === 0 ? undefined : JSON.stringify(Object.fromEntries(kept.sort()));
    const before = await this.#storage.get(keyOf(clusterId));
    if (text === before) return;
    if (text === undefined) await this.delete(clusterId);
    else await this.#storage.store(keyOf(clusterId), text);
  }

  async delete(clusterId: string): Promise<void> {
    await this.#storage.delete(keyOf(clusterId));
  }

  /** Told of each cluster whose secrets have changed, in this window or another. */
  onDidChange(listener: (clusterId: string) => void): { dispose(): void } {
    return this.#storage.onDidChange(({ key }) => {
      if (key.startsWith(PREFIX)) listener(key.slice(PREFIX.length));
    });
  }
}

const PREFIX = 'cluster/';
const keyOf = (clusterId: string) => `${PREFIX}${clusterId}`;
