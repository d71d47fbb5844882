import type { ReadSpec, RowView } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract, RedriveWish } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';
import type { RowChoice } from './orderedRows.ts';
import type { Reading } from './reading.ts';

/** The rows as they are drawn. */
export interface ChosenRows {
  count: number;
  view: RowView | null;
  chosen: RowChoice | null;
}

/** What the page's tools do with what is read; a refusal is shown above the grid. */
export class PageActions {
  readonly #rpc: RpcClient<MessagesPanelContract>;
  readonly #reading: Reading;
  /** What is read, or what would be. */
  readonly #read: () => ReadSpec | null;

  readonly #rows: () => ChosenRows;

  constructor(
    rpc: RpcClient<MessagesPanelContract>,
    reading: Reading,
    read: () => ReadSpec | null,
    rows: () => ChosenRows,
  ) {
    this.#rows = rows;
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
    const { read } = this.#reading;
    if (!read) return;
    const { view, count } = this.#rows();
    void this.#reading.ask(() =>
      this.#rpc.request('exportTo', source === 'rows' ? { source, count, view } : { source, read }),
    );
  }

  /** Rows that are chosen; null: none. */
  get chosen(): RowChoice | null {
    return this.#rows().chosen;
  }

  /** The chosen rows, or what the filter finds in the whole range. */
  redrive(what: 'rows' | 'range'): void {
    const read = this.#read();
    const rows = this.chosen;
    const wish: RedriveWish | null =
      what === 'rows' ? rows && { kind: 'rows', ...rows } : read && { kind: 'range', read };
    if (wish) void this.#reading.ask(() => this.#rpc.request('redrive', wish));
  }

  produce(): void {
    void this.#reading.ask(() => this.#rpc.request('produce', { index: null }));
  }
}
