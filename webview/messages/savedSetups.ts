import type { MessagesPanelContract, Preset } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';

/** The starts, filters and ways to show records, saved for this topic. */
export class SavedSetups {
  readonly #rpc: RpcClient<MessagesPanelContract>;
  readonly #changed: () => void;
  list: Preset[] = [];

  constructor(rpc: RpcClient<MessagesPanelContract>, changed: () => void) {
    this.#rpc = rpc;
    this.#changed = changed;
  }

  get(name: string): Preset | undefined {
    return this.list.find((preset) => preset.name === name);
  }

  async save(preset: Preset): Promise<void> {
    this.list = await this.#rpc.request('savePreset', preset);
    this.#changed();
  }

  async forget(name: string): Promise<void> {
    this.list = await this.#rpc.request('deletePreset', { name });
    this.#changed();
  }
}
