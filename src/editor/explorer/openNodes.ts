/**
 * Which nodes are open before the person's eyes. The editor tells only of the row that is opened or closed: what was open
 * below a closed one is hidden, and open again together with it. Of a row that is opened while it is drawn anew it tells
 * nothing; but it asks for what is below it, which it never does for a closed one. Of closing all at once it does not tell
 * either.
 */
export class OpenNodes {
  readonly #expanded = new Set<string>();
  readonly #collapsed = new Set<string>();

  expanded(id: string): void {
    this.#collapsed.delete(id);
    this.#expanded.add(id);
  }

  collapsed(id: string): void {
    this.#expanded.delete(id);
    this.#collapsed.add(id);
  }

  /** All at once: what is opened again after it shows nothing open below. */
  allCollapsed(): void {
    this.#expanded.clear();
    this.#collapsed.clear();
  }

  /** Whether it is open itself, in view or not. */
  has(id: string): boolean {
    return this.#expanded.has(id);
  }

  /** Ids; a node's id begins with its parent's. */
  visible(): ReadonlySet<string> {
    const closed = [...this.#collapsed].map((id) => `${id}/`);
    return new Set([...this.#expanded].filter((id) => !closed.some((prefix) => id.startsWith(prefix))));
  }
}
