import * as vscode from 'vscode';
import { oneLine } from '../../shared/visible.ts';
import type { Clusters, ClusterSessions } from './clusterSessions.ts';
import { EditorAsks } from './editorAsks.ts';
import { clusterNode } from './nodes/clusterNode.ts';
import type { ExplorerNode } from './nodes/node.ts';
import { OpenNodes } from './openNodes.ts';
import { ShownNodes } from './shownNodes.ts';

/** What the person set in the view's title. */
export interface TreeFilter {
  /** Part of a topic's or group's name, any case; empty shows all. */
  text: string;
  showInternal: boolean;
}

/** Draws the nodes of nodes/ in the editor's tree. Holds no facts of its own. */
export class ClustersTree implements vscode.TreeDataProvider<ExplorerNode>, vscode.Disposable {
  readonly #clusters: Clusters;
  readonly #sessions: ClusterSessions;
  readonly #changed = new vscode.EventEmitter<ExplorerNode | ExplorerNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #shown = new ShownNodes();
  readonly #asks = new EditorAsks();
  /** Clusters with an update that waits for quiet. */
  readonly #waiting = new Set<string>();
  readonly #open = new OpenNodes();
  /** Ids of the clusters that the editor was given. */
  #given: readonly string[] = [];
  #filter: TreeFilter = { text: '', showInternal: false };

  constructor(clusters: Clusters, sessions: ClusterSessions) {
    this.#clusters = clusters;
    this.#sessions = sessions;
  }

  get filter(): TreeFilter {
    return this.#filter;
  }

  setFilter(filter: Partial<TreeFilter>): void {
    this.#filter = { ...this.#filter, ...filter };
    this.redraw();
  }

  /**
   * The saved clusters have changed. The whole list is drawn again only when it has other clusters or another order: a row
   * that is clicked in that moment could not be opened.
   */
  listChanged(): void {
    const ids = this.clusterIds();
    if (this.#given.join() !== ids.join()) this.redraw();
    else for (const id of ids) void this.update(id);
  }

  /** Draws the whole list again; asks no cluster anything. */
  redraw(): void {
    this.#asks.wholeList();
    this.#changed.fire(undefined);
  }

  /**
   * Draws what has changed of one cluster, as soon as the editor is not asking about it any more; asks the cluster
   * nothing, and does not wait for another one that is still connecting.
   */
  async update(clusterId: string): Promise<void> {
    const unrest = this.#asks.unrest(clusterId);
    if (unrest > 0) {
      if (this.#waiting.has(clusterId)) return;
      this.#waiting.add(clusterId);
      this.#asks.later(unrest, () => {
        this.#waiting.delete(clusterId);
        void this.update(clusterId);
      });
      return;
    }
    const fresh = this.#roots().find((node) => node.id === clusterId);
    if (!fresh) return;
    const changed = await this.#shown.update(fresh);
    if (changed.length === 0) return;
    this.#asks.told();
    this.#changed.fire(changed);
    for (const node of changed)
      if (this.#open.has(node.id))
        this.#asks.expect(node.id, () => this.#changed.fire(this.#shown.node(node.id) ?? node));
  }

  /** A command was chosen on a row: see {@link EditorAsks.rest}. */
  rest(): Promise<void> {
    return this.#asks.rest();
  }

  /** A node was expanded; when the editor missed to ask for its children, it is told to. */
  expanded({ id }: ExplorerNode): void {
    this.#open.expanded(id);
    this.#asks.later(300, () => {
      const node = this.#shown.node(id);
      if (node && !this.#asks.hasAsked(id)) this.#changed.fire(node);
    });
  }

  collapsed({ id }: ExplorerNode): void {
    this.#open.collapsed(id);
  }

  allCollapsed(): void {
    this.#open.allCollapsed();
  }

  /** Ids of the nodes that are open in the list. */
  visible(): ReadonlySet<string> {
    return this.#open.visible();
  }

  /** In the order of the list. */
  clusterIds(): string[] {
    return this.#clusters.list().map((c) => c.profile.id);
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    if (node) this.#open.expanded(node.id);
    const children = node ? await this.#asks.answer(node, async () => (await node.children?.()) ?? []) : this.#roots();
    if (!node) {
      this.#asks.wholeList();
      this.#given = children.map((child) => child.id);
    }
    this.#shown.give(node, children);
    return [...children];
  }

  getTreeItem(node: ExplorerNode): vscode.TreeItem {
    const item = new vscode.TreeItem(oneLine(node.label), collapsibleState(node));
    item.id = node.id;
    item.contextValue = node.context;
    item.description = oneLine(node.description ?? '');
    item.tooltip = node.tooltip ?? node.label;
    if (node.icon)
      item.iconPath = new vscode.ThemeIcon(
        node.icon.codicon,
        node.icon.colour === undefined ? undefined : new vscode.ThemeColor(node.icon.colour),
      );
    item.accessibilityInformation = { label: node.spoken ?? [node.label, node.description].filter(Boolean).join(', ') };
    if (node.command) item.command = { command: node.command.id, title: node.command.title, arguments: [node] };
    return item;
  }

  dispose(): void {
    this.#asks.dispose();
    this.#changed.dispose();
  }

  #roots(): ExplorerNode[] {
    const needle = this.#filter.text.trim().toLowerCase();
    const matches = (name: string) => needle === '' || name.toLowerCase().includes(needle);
    return this.#clusters.list().map(({ profile, favourites }) =>
      clusterNode(this.#sessions.of(profile), {
        matches,
        showInternal: this.#filter.showInternal,
        favourites: new Set(favourites),
      }),
    );
  }
}

function collapsibleState(node: ExplorerNode): vscode.TreeItemCollapsibleState {
  if (!node.children) return vscode.TreeItemCollapsibleState.None;
  return node.expanded === true ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
