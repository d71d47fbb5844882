import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract, RecordPart } from '../../src/shared/messagesPanel.ts';
import { formatCount } from '../components/format.ts';
import type { RpcClient } from '../components/rpc.ts';
import { recordJson } from './recordJson.ts';

/** The row that a person chose, its whole record while the detail pane is open, and one kept for comparison. */
export class ChosenRecord {
  readonly #rpc: Pick<RpcClient<MessagesPanelContract>, 'request'>;
  readonly #changed: () => void;
  readonly #left: () => void;
  #asked = new AbortController();
  /** -1: none. */
  index = -1;
  open = false;
  detail: RecordDetail | null = null;
  problem: string | null = null;
  kept: { index: number; name: string } | null = null;

  /** `left` is told when a person closes the record: the keyboard is in it, or nowhere. */
  constructor(rpc: Pick<RpcClient<MessagesPanelContract>, 'request'>, changed: () => void, left: () => void) {
    this.#rpc = rpc;
    this.#left = left;
    this.#changed = changed;
  }

  async choose(index: number): Promise<void> {
    this.#asked.abort();
    this.index = index;
    this.#changed();
    if (this.open) await this.#load();
  }

  async show(): Promise<void> {
    if (this.index < 0) return;
    this.open = true;
    this.#changed();
    await this.#load();
  }

  hide(): void {
    this.open = false;
    this.#left();
    this.#changed();
  }

  /** The first call keeps the record, the second compares the chosen one with it. */
  compare(): void {
    const { kept, detail } = this;
    if (!detail) return;
    if (!kept) this.kept = { index: this.index, name: `P${detail.partition} ${formatCount(detail.offset)}` };
    else {
      this.kept = null;
      this.#tell(this.#rpc.request('compare', { left: kept.index, right: this.index }));
    }
    this.#changed();
  }

  copy(text: string): void {
    this.#tell(this.#rpc.request('copy', { text }));
  }

  copyJson(topic: string): void {
    if (this.detail) this.copy(recordJson(topic, this.detail));
  }

  openInEditor(part: RecordPart): void {
    this.#tell(this.#rpc.request('openRecord', { index: this.index, part }));
  }

  produceAgain(): void {
    this.#tell(this.#rpc.request('produce', { index: this.index }));
  }

  /** It is read in another way now. */
  async reload(): Promise<void> {
    if (this.open && this.index >= 0) await this.#load();
  }

  /** The list begins anew. */
  forget(): void {
    this.#asked.abort();
    this.index = -1;
    this.detail = null;
    this.problem = null;
    this.kept = null;
  }

  #tell(request: Promise<null>): void {
    request.catch((error: unknown) => {
      this.problem = error instanceof Error ? error.message : String(error);
      this.#changed();
    });
  }

  /** The same index names another record in the next list, and the same record is read in another way after a while. */
  async #load(): Promise<void> {
    this.#asked.abort();
    const { signal } = (this.#asked = new AbortController());
    try {
      const detail = await this.#rpc.request('detail', { index: this.index }, signal);
      if (signal.aborted) return;
      this.detail = detail;
      this.problem = null;
    } catch (error) {
      if (signal.aborted) return;
      this.problem = error instanceof Error ? error.message : String(error);
    }
    this.#changed();
  }
}
