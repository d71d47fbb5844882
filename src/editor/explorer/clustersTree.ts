import * as vscode from 'vscode';
import type { Clusters, ClusterSessions } from './clusterSessions.ts';
import { clusterNode } from './nodes/clusterNode.ts';
import type { ExplorerNode } from './nodes/node.ts';

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
  readonly #changed = new vscode.EventEmitter<ExplorerNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** The object last shown for an id: the editor refreshes by object, not by id. */
  readonly #shown = new Map<string, ExplorerNode>();
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
   * Draws a cluster again, or the whole list; asks no cluster anything. A single cluster is drawn on its own, so that
   * it does not wait for another one that is still connecting; the editor asks with the object it knows, which is
   * therefore brought up to date in place.
   */
  redraw(clusterId?: string): void {
    const shown = clusterId === undefined ? undefined : this.#shown.get(clusterId);
    const fresh = shown && this.#roots().find((node) => node.id === clusterId);
    if (shown && fresh) Object.assign(shown, fresh);
    this.#changed.fire(fresh ? shown : undefined);
  }

  /** In the order of the list. */
  clusterIds(): string[] {
    return this.#clusters.list().map((c) => c.profile.id);
  }

  /** The node last shown with this id. */
  shown(id: string): ExplorerNode | undefined {
    return this.#shown.get(id);
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    const children = node ? ((await node.children?.()) ?? []) : this.#roots();
    for (const child of children) this.#shown.set(child.id, child);
    return [...children];
  }

  getTreeItem(node: ExplorerNode): vscode.TreeItem {
    const item = new vscode.TreeItem(node.label, collapsibleState(node));
    item.id = node.id;
    item.contextValue = node.context;
    item.description = node.description ?? '';
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
