import type { Look } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';

/** Tells the reader what the page looks at, whenever that is something else. */
export class Looking {
  readonly #rpc: Pick<RpcClient<MessagesPanelContract>, 'request'>;
  #told = '';

  constructor(rpc: Pick<RpcClient<MessagesPanelContract>, 'request'>) {
    this.#rpc = rpc;
  }

  at(look: Look): void {
    const told = JSON.stringify(look);
    if (told === this.#told) return;
    this.#told = told;
    // A reader that has ended looks nowhere; the next one is told.
    this.#rpc.request('look', look).catch(() => this.forget());
  }

  /** The next reading may be another reader's. */
  forget(): void {
    this.#told = '';
  }
}
