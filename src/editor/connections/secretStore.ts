import type { ClusterSecrets } from '../../core/kafka/profile.ts';

/** The part of `vscode.SecretStorage` used here. */
export interface SecretStorage {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
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

  /** Replaces all secrets of the cluster; empty ones are not kept. */
  async set(clusterId: string, secrets: ClusterSecrets): Promise<void> {
    const kept = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== undefined && value !== ''));
    if (Object.keys(kept).length === 0) await this.delete(clusterId);
    else await this.#storage.store(keyOf(clusterId), JSON.stringify(kept));
  }

  async delete(clusterId: string): Promise<void> {
    await this.#storage.delete(keyOf(clusterId));
  }
}

const keyOf = (clusterId: string) => `cluster/${clusterId}`;
