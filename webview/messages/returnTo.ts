import type { MessagesPanelContract, PageMemory, RowPlace } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';

/** The rows a page stood at before it was hidden or reloaded, looked for while rows arrive, until a person does something else. */
export class ReturnTo {
  readonly #rpc: RpcClient<MessagesPanelContract>;
  #looking = false;
  #again = false;
  wanted: Pick<PageMemory, 'top' | 'chosen' | 'detail'> | null = null;

  constructor(rpc: RpcClient<MessagesPanelContract>) {
    this.#rpc = rpc;
  }

  /** Indexes of the first visible and the chosen row (-1: none), once, when both have been read; else null. */
  async look(): Promise<{ top: number; chosen: number; detail: boolean } | null> {
    // Rows that arrive while the question is on its way may be those: it is asked once more.
    if (this.#looking) {
      this.#again = true;
      return null;
    }
    this.#looking = true;
    try {
      do {
        this.#again = false;
        const { wanted } = this;
        if (!wanted) return null;
        const [top, chosen] = await Promise.all([this.#find(wanted.top), this.#find(wanted.chosen)]);
        if (top === null || chosen === null || this.wanted !== wanted) continue;
        this.wanted = null;
        return { top, chosen, detail: wanted.detail && chosen >= 0 };
      } while (this.#again);
      return null;
    } finally {
      this.#looking = false;
    }
  }

  async #find(place: RowPlace | null): Promise<number | null> {
    return place === null ? -1 : ((await this.#rpc.request('find', { place, view: null }))?.index ?? null);
  }
}
