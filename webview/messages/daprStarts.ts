import type { MessagesPanelContract, NamedStart } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';

/** Where Dapr components would start on this topic: asked once the page is there, since it looks at files and groups. */
export class DaprStarts {
  readonly #rpc: RpcClient<MessagesPanelContract>;
  readonly #changed: () => void;
  list: NamedStart[] = [];

  constructor(rpc: RpcClient<MessagesPanelContract>, changed: () => void) {
    this.#rpc = rpc;
    this.#changed = changed;
  }

  /** Without an answer (the cluster is silent, which the reading tells) that choice is not offered. */
  async ask(): Promise<void> {
    this.list = await this.#rpc.request('starts', {}).catch((): NamedStart[] => []);
    this.#changed();
  }
}
