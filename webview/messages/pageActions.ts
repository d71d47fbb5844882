import type { ReadSpec, RowView } from '../../src/shared/messagesPage.ts';
import type { ExportWish, MessagesPanelContract, RedriveWish, ViewSetup } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';
import { copyRows } from './copyRows.ts';
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
  readonly #view: () => ViewSetup;

  constructor(
    rpc: RpcClient<MessagesPanelContract>,
    reading: Reading,
    read: () => ReadSpec | null,
    rows: () => ChosenRows,
    view: () => ViewSetup,
  ) {
    this.#view = view;
    this.#rows = rows;
    this.#rpc = rpc;
    this.#reading = reading;
    this.#read = read;
  }

  copyAs(form: 'kcat' | 'link'): void {
    const read = this.#read();
    if (!read) return;
    const wish = form === 'kcat' ? { form, read } : { form, read, view: this.#view() };
    void this.#reading.ask(() => this.#rpc.request('copyAs', wish));
  }

  /** The chosen rows, as JSON. */
  copyChosen(topic: string): void {
    const { chosen } = this.#rows();
    if (chosen) void this.#reading.ask(() => copyRows(this.#rpc, topic, chosen));
  }

  /** The chosen rows, those found so far, or the whole range read anew. */
  export(what: 'chosen' | 'rows' | 'range'): void {
    const { read } = this.#reading;
    const wish = read && this.#exportWish(what, read);
    if (wish) void this.#reading.ask(() => this.#rpc.request('exportTo', wish));
  }

  #exportWish(what: 'chosen' | 'rows' | 'range', read: ReadSpec): ExportWish | null {
    const { view, count, chosen } = this.#rows();
    switch (what) {
      case 'chosen':
        return chosen && { kind: 'rows', ...chosen, chosen: true };
      case 'rows':
        return { kind: 'rows', from: 0, to: count, view, chosen: false };
      case 'range':
        return { kind: 'range', read };
    }
  }

  /** The chosen rows, or what the filter finds in the whole range. */
  redrive(what: 'rows' | 'range'): void {
    const read = this.#read();
    const rows = this.#rows().chosen;
    const wish: RedriveWish | null =
      what === 'rows' ? rows && { kind: 'rows', ...rows } : read && { kind: 'range', read };
    if (wish) void this.#reading.ask(() => this.#rpc.request('redrive', wish));
  }

  produce(): void {
    void this.#reading.ask(() => this.#rpc.request('produce', { index: null }));
  }
}
