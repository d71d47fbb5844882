import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterClient } from '../../core/kafka/clusterClient.ts';
import { changeCommands } from './changes/changeCommands.ts';
import type { LoadEngine } from './changes/runChange.ts';
import { ClusterSessions, type Clusters, type ComponentFiles } from './clusterSessions.ts';
import type { ClusterSession, Connect } from './clusterSession.ts';
import { restForRowCommands } from '../panels/rowCommand.ts';
import { ClustersTree } from './clustersTree.ts';
import { explorerCommands } from './explorerCommands.ts';
import { GroupPages } from './groupPage/groupPages.ts';
import { LiveRefresh } from './liveRefresh.ts';
import type { ExplorerNode } from './nodes/node.ts';
import { secondsOf } from './refreshSeconds.ts';

export interface ExplorerOptions {
  extensionUri: vscode.Uri;
  clusters: Clusters;
  connect: Connect;
  loadEngine: LoadEngine;
  componentFiles: ComponentFiles;
}

const CLUSTERS_VIEW = 'kafkaDapr.clusters';

/** Seconds between two rounds of what can be seen; 0: never. */
export const refreshSeconds = () =>
  secondsOf(vscode.workspace.getConfiguration('kafkaDapr').get('explorer.refreshSeconds'));

/** The view "Clusters" with its commands. */
export class Explorer implements vscode.Disposable {
  readonly sessions: ClusterSessions;
  readonly tree: ClustersTree;
  readonly view: vscode.TreeView<ExplorerNode>;
  readonly groupPages: GroupPages;
  readonly #clusters: Clusters;
  readonly #learned = new vscode.EventEmitter<void>();
  /** The tree knows something new about a cluster. */
  readonly onDidLearn = this.#learned.event;
  readonly #pending = new Map<string, NodeJS.Timeout>();
  readonly #live: LiveRefresh;
  readonly #disposables: vscode.Disposable[] = [];

  constructor({ extensionUri, clusters, connect, loadEngine, componentFiles }: ExplorerOptions) {
    this.sessions = new ClusterSessions(connect, (clusterId) => this.#redrawSoon(clusterId), componentFiles);
    this.tree = new ClustersTree(clusters, this.sessions);
    this.view = vscode.window.createTreeView(CLUSTERS_VIEW, {
      treeDataProvider: this.tree,
      canSelectMany: true,
    });
    this.#clusters = clusters;
    const session = (clusterId: string) => this.session(clusterId);
    this.groupPages = new GroupPages({ extensionUri, session, refreshSeconds });
    this.#live = new LiveRefresh({
      sessions: this.sessions,
      seconds: refreshSeconds,
      visible: () => (this.view.visible ? this.tree.visible() : new Set()),
    });
    this.#disposables.push(
      this.view,
      this.#learned,
      this.tree,
      restForRowCommands(() => this.tree.rest()),
      this.groupPages,
      this.#live,
      this.view.onDidExpandElement(({ element }) => this.#expanded(element)),
      this.view.onDidCollapseElement(({ element }) => this.tree.collapsed(element)),
      clusters.onDidChange(() => {
        this.sessions.keep(new Set(clusters.list().map((c) => c.profile.id)));
        this.tree.listChanged();
        this.#learned.fire();
      }),
      vscode.workspace.onDidChangeConfiguration((e) => {
        if (e.affectsConfiguration('kafkaDapr.explorer.refreshSeconds')) this.#live.start();
      }),
      ...explorerCommands(this, clusters),
      ...changeCommands(session, loadEngine),
    );
    this.#live.start();
  }

  /** The session of a saved cluster; undefined when it is saved no more. */
  session(clusterId: string): ClusterSession | undefined {
    const cluster = this.#clusters.list().find((c) => c.profile.id === clusterId);
    return cluster && this.sessions.of(cluster.profile);
  }

  /** Sessions of all saved clusters, connected or not. */
  allSessions(): ClusterSession[] {
    return this.#clusters.list().map((c) => this.sessions.of(c.profile));
  }

  /**
   * Clusters that a person has connected to, also one that has fallen silent since: it may be back for the next question.
   * Nothing is connected to by asking for them.
   */
  connected() {
    return this.allSessions().flatMap((session) => {
      const { value } = session.description;
      if (!value || session.refused) return [];
      const brokers = value.brokers.map(({ host, port }) => `${host}:${port}`);
      return [{ profile: session.profile, brokers, seen: session.asked, client: () => session.client() }];
    });
  }

  /** The connection that the tree uses, made on first use. */
  async client(clusterId: string): Promise<ClusterClient> {
    const session = this.session(clusterId);
    if (!session) throw new Error(l10n.t('This cluster is not saved here any more. Add it again.'));
    return session.client();
  }

  /** The component files have changed: no cluster is asked anything. */
  filesChanged(): void {
    for (const id of this.#used()) void this.tree.update(id);
  }

  /** Asks again for all that is shown of a cluster, or of every cluster that was opened. */
  async refresh(clusterId?: string): Promise<void> {
    const ids = clusterId === undefined ? this.#used() : [clusterId];
    await vscode.window.withProgress({ location: { viewId: CLUSTERS_VIEW } }, () =>
      Promise.all(ids.map(async (id) => this.sessions.get(id)?.refresh())),
    );
  }

  /** By a command of its own: the editor's tells nobody, and what it hides would be asked about for ever. */
  async collapseAll(): Promise<void> {
    await vscode.commands.executeCommand(`workbench.actions.treeView.${CLUSTERS_VIEW}.collapseAll`);
    this.tree.allCollapsed();
  }

  /** Shows under the view's title what the filter hides. */
  showFilter(): void {
    const { text } = this.tree.filter;
    // exactOptionalPropertyTypes: the API clears the message by undefined only.
    Object.assign(this.view, {
      message: text === '' ? undefined : l10n.t('Only topics and groups with "{0}" in their name.', text),
    });
    void vscode.commands.executeCommand('setContext', 'kafkaDapr.filtered', text !== '');
  }

  dispose(): void {
    for (const timer of this.#pending.values()) clearTimeout(timer);
    for (const disposable of this.#disposables) disposable.dispose();
    void this.sessions.dispose();
  }

  /** Opening a cluster connects, also after a disconnect. */
  #expanded(node: ExplorerNode): void {
    this.tree.expanded(node);
    if (node.id === node.clusterId && this.sessions.get(node.id)?.resting === true) void this.refresh(node.id);
  }

  /** Ids of the clusters that a person has connected to. */
  #used(): string[] {
    return this.tree.clusterIds().filter((id) => this.sessions.get(id)?.description.wanted === true);
  }

  /** Answers of one cluster tend to arrive together: one drawing for all that come within a moment. */
  #redrawSoon(clusterId: string): void {
    if (this.#pending.has(clusterId)) return;
    this.#pending.set(
      clusterId,
      setTimeout(() => {
        this.#pending.delete(clusterId);
        void this.tree.update(clusterId);
        this.#learned.fire();
      }, 30),
    );
  }
}
