import type { Memento } from 'vscode';
import type { TopicView } from '../../shared/messagesPanel.ts';

/** How records are shown, kept for each topic of each cluster. */
export class TopicViews {
  readonly #memento: Pick<Memento, 'get' | 'update'>;

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  /** null: as it is for every topic. */
  of(clusterId: string, topic: string): TopicView | null {
    return this.#memento.get<TopicView | null>(key(clusterId, topic), null);
  }

  async save(clusterId: string, topic: string, view: TopicView): Promise<void> {
    await this.#memento.update(key(clusterId, topic), view);
  }
}

const key = (clusterId: string, topic: string) => `messages.view/${clusterId}/${topic}`;
