import type { FilterSpec, Formats, JsonPath, RowSort, SchemaFileChoices } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract, Preset, TopicView, ViewSetup } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';
import { allColumns, pathColumn, pathOf, type Column } from './columns.ts';

/** By time, so that the same start always shows the same rows in the same places. */
const BY_TIME: RowSort = { by: 'time', newestFirst: false };

/** How the records of the topic are shown: in which order, columns, their widths, the formats of key and value. */
export class RecordsView {
  readonly #rpc: Pick<RpcClient<MessagesPanelContract>, 'request'>;
  /** `reshaped`: what is known of rows is no longer how they are shown. */
  readonly #changed: (reshaped: boolean) => void;
  readonly #fixed = allColumns();
  #paths: JsonPath[] = [];
  shown: Column[] = this.#fixed;
  /** Every column that can be chosen; those from JSON are there as long as they are shown. */
  columns: Column[] = this.#fixed;
  formats: Formats = { key: 'auto', value: 'auto' };
  /** What the workspace's schema files offer. */
  files: SchemaFileChoices = { formats: [], problems: [] };
  widths: Record<string, number> = {};
  /** null: in the order of arrival. */
  sort: RowSort | null = BY_TIME;

  constructor(rpc: Pick<RpcClient<MessagesPanelContract>, 'request'>, changed: (reshaped: boolean) => void) {
    this.#rpc = rpc;
    this.#changed = changed;
  }

  /** As it was kept for the topic. */
  async restore({ columns, widths, key, value, sort = BY_TIME }: TopicView): Promise<void> {
    this.sort = sort;
    this.widths = { ...widths };
    this.formats = { key, value };
    this.#choose(columns);
    await this.#shape();
  }

  /** What is saved under a name. */
  get setup(): ViewSetup {
    return { columns: this.shown.map((column) => column.id), sort: this.sort, formats: this.formats };
  }

  /** As a link or a page before a reload says: nothing of it is kept for the topic. */
  async take({ columns, sort = this.sort, formats = this.formats }: Omit<Preset, 'name' | 'read'>): Promise<void> {
    this.sort = sort;
    this.formats = formats;
    this.#choose(columns);
    await this.#shape();
  }

  /** As it was saved under a name. */
  async use(setup: Omit<Preset, 'name' | 'read'>): Promise<void> {
    await this.take(setup);
    await this.#keep();
  }

  /** Ids of columns, in order; those of JSON paths included. */
  async show(ids: readonly string[]): Promise<void> {
    if (!this.#choose(ids)) return this.#keep();
    await this.#shape();
    await this.#keep();
  }

  async addPath({ part, pointer }: JsonPath): Promise<void> {
    const id = `${part}:${pointer}`;
    const ids = this.shown.map((column) => column.id);
    if (ids.includes(id)) return;
    const beside = ids.findLastIndex((other) => other === part || pathOf(other)?.part === part);
    await this.show(ids.toSpliced(beside < 0 ? ids.length : beside + 1, 0, id));
  }

  /** Looks at the workspace's schema files anew, and reads with them. */
  async readFiles(): Promise<void> {
    this.files = await this.#rpc.request('schemaFiles', {});
    this.#changed(this.formats.key.startsWith('file:') || this.formats.value.startsWith('file:'));
  }

  async readAs(formats: Formats): Promise<void> {
    if (formats.key === this.formats.key && formats.value === this.formats.value) return;
    this.formats = formats;
    await this.#shape();
    await this.#keep();
  }

  sortBy(sort: RowSort | null): void {
    this.sort = sort;
    void this.#keep();
  }

  /** `width`: in px; null: as wide as the column is by itself. */
  resized(id: string, width: number | null): void {
    const { [id]: _before, ...others } = this.widths;
    this.widths = width === null ? others : { ...others, [id]: width };
    void this.#keep();
  }

  /** The filter reads key and value as they are shown. */
  filtered({ language, text }: FilterSpec): FilterSpec {
    const { formats } = this;
    return formats.key === 'auto' && formats.value === 'auto' ? { language, text } : { language, text, formats };
  }

  /** Whether the paths have changed, so that rows must be asked for anew. */
  #choose(ids: readonly string[]): boolean {
    const paths = ids.flatMap((id) => pathOf(id) ?? []);
    const before = JSON.stringify(this.#paths);
    this.#paths = paths;
    let at = 0;
    const shown = ids.flatMap((id) => {
      const path = pathOf(id);
      return path ? pathColumn(path, at++) : (this.#fixed.find((column) => column.id === id) ?? []);
    });
    if (shown.length > 0) this.shown = shown;
    this.columns = [...this.#fixed, ...this.shown.filter((column) => pathOf(column.id))];
    return JSON.stringify(paths) !== before;
  }

  async #shape(): Promise<void> {
    await this.#rpc.request('shape', { ...this.formats, paths: this.#paths });
    this.#changed(true);
  }

  async #keep(): Promise<void> {
    this.#changed(false);
    const columns = this.shown.map((column) => column.id);
    await this.#rpc.request('saveView', { columns, widths: this.widths, sort: this.sort, ...this.formats });
  }
}
