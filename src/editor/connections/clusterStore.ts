import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClusterProfile } from '../../core/kafka/profile.ts';

/** A saved cluster: how to reach it, and how this user likes to see it. Holds no secret. */
export interface SavedCluster {
  profile: ClusterProfile;
  /** Place in the list, ascending; fractions come from moving one between two others. */
  order: number;
  /** Names of topics shown on top. */
  favourites: string[];
}

/**
 * The saved clusters: one file each in a folder that all windows share. The editor's own key-value state is kept as
 * one object per extension and copied into every window, so the last writer there would overwrite what another window
 * saved; with a file per cluster two windows collide only where they edit the very same cluster. Files are replaced
 * by rename, so a reader sees the old or the new one, never half of one.
 */
export class ClusterStore {
  readonly #folder: string;
  readonly #listeners = new Set<() => void>();
  #clusters: SavedCluster[] = [];
  #watcher: FSWatcher | undefined;
  #reload: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Reads the folder and follows what other windows change in it. A few small files are read at once: the activation
   * waits for them, and every turn of a starting host's event loop costs more than the reading.
   */
  open(): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
    } catch {
      // Whoever saves a cluster is told why that fails; component files are helped without any.
    }
    this.#watcher = this.#watch();
    this.refresh();
  }

  /** undefined where the folder cannot be watched (too many watches, a network share): that costs live updates, not the clusters. */
  #watch(): FSWatcher | undefined {
    try {
      const watcher = watch(this.#folder, { persistent: false }, () => {
        clearTimeout(this.#reload);
        this.#reload = setTimeout(() => this.refresh(), 50);
      });
      return watcher.on('error', () => watcher.close());
    } catch {
      return undefined;
    }
  }

  /** In the order of the list. */
  list(): readonly SavedCluster[] {
    return this.#clusters;
  }

  get(id: string): SavedCluster | undefined {
    return this.#clusters.find((c) => c.profile.id === id);
  }

  /** Adds the cluster at the end, or replaces the profile of the one with its id. */
  async save(profile: ClusterProfile): Promise<void> {
    const known = this.#read(profile.id);
    const last = Math.max(0, ...this.#clusters.map((c) => c.order));
    await this.#write({ profile, order: known?.order ?? last + 1, favourites: known?.favourites ?? [] });
  }

  async delete(id: string): Promise<void> {
    await rm(this.#file(id), { force: true });
    this.refresh();
  }

  /** Moves a cluster one place up (-1) or down (+1); at the end of the list it stays. */
  async move(id: string, step: -1 | 1): Promise<void> {
    const at = this.#clusters.findIndex((c) => c.profile.id === id);
    const moved = this.#clusters[at];
    const over = this.#clusters[at + step];
    if (!moved || !over) return;
    const beyond = this.#clusters[at + 2 * step];
    await this.#write({ ...moved, order: beyond ? (over.order + beyond.order) / 2 : over.order + step });
  }

  async setFavourite(id: string, topic: string, favourite: boolean): Promise<void> {
    const cluster = this.#read(id);
    if (!cluster) return;
    const others = cluster.favourites.filter((name) => name !== topic);
    await this.#write({ ...cluster, favourites: favourite ? [...others, topic] : others });
  }

  /** Called after any change, of this window or another. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Reads the folder again. */
  refresh(): void {
    const files = filesIn(this.#folder)?.filter((f) => f.endsWith('.json'));
    if (!files) return;
    const clusters = files.map((f) => this.#readOrKeep(path.join(this.#folder, f))).filter((c) => c !== undefined);
    clusters.sort((a, b) => a.order - b.order || (a.profile.id < b.profile.id ? -1 : 1));
    if (JSON.stringify(clusters) === JSON.stringify(this.#clusters)) return;
    this.#clusters = clusters;
    for (const listener of this.#listeners) listener();
  }

  dispose(): void {
    clearTimeout(this.#reload);
    this.#watcher?.close();
    this.#listeners.clear();
  }

  #file(id: string): string {
    return path.join(this.#folder, `${encodeURIComponent(id)}.json`);
  }

  /** The cluster as it is on disk now; undefined when another window deleted it or the file is not one of ours. */
  #read(id: string): SavedCluster | undefined {
    return readSaved(this.#file(id));
  }

  /** A file that cannot be read at the moment (another window writes it, it is locked) hides no other and loses nothing. */
  #readOrKeep(file: string): SavedCluster | undefined {
    try {
      const saved = readSaved(file);
      // A copy of a file names a cluster that is there already.
      return saved && this.#file(saved.profile.id) === file ? saved : undefined;
    } catch {
      return this.#clusters.find((c) => this.#file(c.profile.id) === file);
    }
  }

  async #write(cluster: SavedCluster): Promise<void> {
    const file = this.#file(cluster.profile.id);
    const fresh = `${file}.${randomUUID()}.tmp`;
    await mkdir(this.#folder, { recursive: true });
    await writeFile(fresh, JSON.stringify(cluster, null, 2));
    await rename(fresh, file);
    this.refresh();
  }
}

/** None in a folder that somebody has deleted; undefined: it cannot be read, which says nothing about what is in it. */
function filesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined;
  }
}

function readSaved(file: string): SavedCluster | undefined {
  try {
    return parseSaved(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseSaved(text: string): SavedCluster | undefined {
  let value: Partial<SavedCluster> | null;
  try {
    value = JSON.parse(text) as Partial<SavedCluster> | null;
  } catch {
    return undefined;
  }
  const { profile, order, favourites } = value ?? {};
  if (!profile || typeof profile.id !== 'string' || typeof profile.name !== 'string') return undefined;
  if (!isTexts(profile.bootstrap)) return undefined;
  return {
    profile,
    order: typeof order === 'number' ? order : 0,
    favourites: isTexts(favourites) ? favourites : [],
  };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
