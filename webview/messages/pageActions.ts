import type { ReadSpec } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';
import type { Reading } from './reading.ts';

/** What the page's tools do with what is read; a refusal is shown above the grid. */
export class PageActions {
  readonly #rpc: RpcClient<MessagesPanelContract>;
  readonly #reading: Reading;
  /** What is read, or what would be. */
  readonly #read: () => ReadSpec | null;

  constructor(rpc: RpcClient<MessagesPanelContract>, reading: Reading, read: () => ReadSpec | null) {
    this.#rpc = rpc;
    this.#reading = reading;
    this.#read = read;
  }

  copyAs(form: 'kcat' | 'link'): void {
    const read = this.#read();
    if (read) void this.#reading.ask(() => this.#rpc.request('copyAs', { form, read }));
  }

  /** The rows found so far, or the whole range read anew. */
  export(source: 'rows' | 'range'): void {
    const { read, count } = this.#reading;
    if (!read) return;
    void this.#reading.ask(() =>
      this.#rpc.request('exportTo', source === 'rows' ? { source, count } : { source, read }),
    );
  }

  produce(): void {
    void this.#reading.ask(() => this.#rpc.request('produce', { index: null }));
  }
}
