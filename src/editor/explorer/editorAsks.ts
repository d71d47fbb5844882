/** ms after an answer until the editor has surely taken it in. */
const SETTLE = 400;
/** ms after which a node that was refreshed should have been asked about again. */
const EXPECT = 1500;
const ATTEMPTS = 3;
/** ms in which the list of a command that was chosen on a row has opened. */
const REST = 1_000;
/** ms after a refresh or an answer until the editor has most likely drawn it … */
const DRAWN = 200;
/** … and the most that a command waits for that. */
const PATIENCE = 600;

/**
 * When the editor asks for children. It loses rows when it is told to refresh a node while its own question about that
 * node (or one below it) is still on the way: it then keeps rows that the extension host has already forgotten, and they
 * can no longer be opened. So refreshes wait for quiet, and one that did not lead to a question is repeated.
 */
export class EditorAsks {
  /** Questions not answered yet, by the cluster's id. */
  readonly #pending = new Map<string, number>();
  readonly #answered = new Map<string, number>();
  /** Node id -> when it was last asked about. */
  readonly #asked = new Map<string, number>();
  #listed = 0;
  /** When the editor was last told to refresh anything. */
  #told = 0;
  #restUntil = 0;
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Runs the answer to a question about a node. */
  async answer<T>(node: { id: string; clusterId: string }, find: () => Promise<T>): Promise<T> {
    const { id, clusterId } = node;
    this.#asked.set(id, Date.now());
    this.#pending.set(clusterId, (this.#pending.get(clusterId) ?? 0) + 1);
    try {
      return await find();
    } finally {
      this.#pending.set(clusterId, (this.#pending.get(clusterId) ?? 1) - 1);
      this.#answered.set(clusterId, Date.now());
    }
  }

  hasAsked(id: string): boolean {
    return this.#asked.has(id);
  }

  /** The whole list was refreshed or asked for: no single node may be refreshed for a while. */
  wholeList(): void {
    this.#listed = Date.now();
  }

  /** The editor was told to refresh nodes. */
  told(): void {
    this.#told = Date.now();
  }

  /** ms until a refresh of the cluster's nodes is safe; 0: now. */
  unrest(clusterId: string): number {
    if ((this.#pending.get(clusterId) ?? 0) > 0) return SETTLE;
    const settled = Math.max(this.#answered.get(clusterId) ?? 0, this.#listed) + SETTLE;
    return Math.max(0, Math.max(settled, this.#restUntil) - Date.now());
  }

  /**
   * A command was chosen on a row: no refreshes for a moment. Resolves when the editor has drawn the last one. One that
   * ends just as a list opens gives the focus back to the tree, and a list that loses the focus closes.
   */
  async rest(): Promise<void> {
    const end = Date.now() + PATIENCE;
    this.#restUntil = Date.now() + PATIENCE + REST;
    while (this.#isDrawing() && Date.now() < end) await new Promise<void>((resolve) => this.later(20, resolve));
    this.#restUntil = Date.now() + REST;
  }

  #isDrawing(): boolean {
    const answering = [...this.#pending.values()].some((questions) => questions > 0);
    return answering || Math.max(this.#told, this.#listed, ...this.#answered.values()) + DRAWN > Date.now();
  }

  /** Call after a refresh of an open node; `again` is called when no question followed. */
  expect(id: string, again: () => void, attempt = 1): void {
    const told = Date.now();
    this.later(EXPECT, () => {
      if (attempt > ATTEMPTS || (this.#asked.get(id) ?? 0) >= told) return;
      again();
      this.expect(id, again, attempt + 1);
    });
  }

  /** Like setTimeout, ended with this object. */
  later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
