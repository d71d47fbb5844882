import type { ExplorerNode } from './nodes/node.ts';

/**
 * What the editor shows of the tree: the node objects it knows (it refreshes by object, not by id) and the children
 * it was given. Telling it to refresh a node makes it forget everything below until it has asked again, and a node
 * that a person expands in that moment stays empty; so it is told about as little as possible.
 */
export class ShownNodes {
  readonly #nodes = new Map<string, ExplorerNode>();
  /** Node id -> ids of the children that were given. */
  readonly #children = new Map<string, readonly string[]>();

  /** Remembers what the editor is given. */
  give(parent: ExplorerNode | undefined, children: readonly ExplorerNode[]): void {
    for (const child of children) this.#nodes.set(child.id, child);
    if (parent)
      this.#children.set(
        parent.id,
        children.map((child) => child.id),
      );
  }

  node(id: string): ExplorerNode | undefined {
    return this.#nodes.get(id);
  }

  /**
   * Brings the known object of `fresh` and everything known below it up to date. Resolves to the topmost nodes that look different now or
   * have other children: those the editor must ask about again.
   */
  async update(fresh: ExplorerNode): Promise<ExplorerNode[]> {
    const known = this.#nodes.get(fresh.id);
    if (!known) return [];
    const looksDifferent = look(known) !== look(fresh);
    become(known, fresh);
    if (looksDifferent) return [known];
    const given = this.#children.get(fresh.id);
    if (!given || !fresh.children) return [];
    const children = await fresh.children();
    if (children.length !== given.length || children.some((child, at) => child.id !== given[at])) return [known];
    const below = await Promise.all(children.map((child) => this.update(child)));
    return below.flat();
  }
}

/**
 * Gives the known object all that the fresh one has and nothing else: a field that is gone would stay to be seen, and one
 * that has come would stand last in it and so look different for ever.
 */
function become(known: ExplorerNode, fresh: ExplorerNode): void {
  for (const field of Object.keys(known)) Reflect.deleteProperty(known, field);
  Object.assign(known, fresh);
}

/** Everything of a node that can be seen or that commands depend on. */
function look(node: ExplorerNode): string {
  const { id: _id, children, ...visible } = node;
  return JSON.stringify([visible, children === undefined], (key, value: unknown) =>
    key === 'expanded' ? undefined : value,
  );
}
