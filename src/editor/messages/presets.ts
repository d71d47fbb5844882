import type { Memento } from 'vscode';
import type { Preset } from '../../shared/messagesPanel.ts';

/** Starts, filters and the way records are shown, saved under a name for each topic of each cluster. */
export class Presets {
  readonly #memento: Pick<Memento, 'get' | 'update'>;

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  of(clusterId: string, topic: string): Preset[] {
    return this.#memento.get<Preset[]>(key(clusterId, topic), []);
  }

  /** A preset of the same name is replaced. Sorted by name. */
  async save(clusterId: string, topic: string, preset: Preset): Promise<Preset[]> {
    const others = this.of(clusterId, topic).filter((p) => p.name !== preset.name);
    return this.#store(clusterId, topic, [...others, preset]);
  }

  async delete(clusterId: string, topic: string, name: string): Promise<Preset[]> {
    return this.#store(
      clusterId,
      topic,
      this.of(clusterId, topic).filter((p) => p.name !== name),
    );
  }

  async #store(clusterId: string, topic: string, presets: Preset[]): Promise<Preset[]> {
    const sorted = presets.toSorted((a, b) => a.name.localeCompare(b.name));
    await this.#memento.update(key(clusterId, topic), sorted);
    return sorted;
  }
}

const key = (clusterId: string, topic: string) => `messages.presets/${clusterId}/${topic}`;
