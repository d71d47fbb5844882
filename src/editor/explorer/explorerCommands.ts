import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { rowCommand } from '../panels/rowCommand.ts';
import type { Clusters } from './clusterSessions.ts';
import type { Explorer } from './explorer.ts';
import type { ExplorerNode } from './nodes/node.ts';

/** Commands that change how the tree is shown, never the cluster. */
export function explorerCommands(explorer: Explorer, clusters: Clusters): vscode.Disposable[] {
  const { tree } = explorer;
  const command = rowCommand<ExplorerNode>;
  const favourite = (on: boolean) => async (node: ExplorerNode, selected?: ExplorerNode[]) => {
    for (const { clusterId, topic } of selected ?? [node])
      if (topic !== undefined) await clusters.setFavourite(clusterId, topic, on);
  };
  const internal = (showInternal: boolean) => () => {
    tree.setFilter({ showInternal });
    void vscode.commands.executeCommand('setContext', 'kafkaDapr.showInternal', showInternal);
  };
  return [
    vscode.commands.registerCommand('kafkaDapr.refresh', (node?: ExplorerNode) => explorer.refresh(node?.clusterId)),
    command('retry', (node) => explorer.refresh(node.clusterId)),
    command('disconnect', (node) => explorer.sessions.disconnect(node.clusterId)),
    command('copyName', (node, selected) => copy(selected ?? [node])),
    // A key hands over no rows.
    vscode.commands.registerCommand('kafkaDapr.copySelection', () => copy(explorer.view.selection)),
    command('openGroup', ({ clusterId, group }) => {
      if (group !== undefined) explorer.groupPages.open(clusterId, { group });
    }),
    command('openReaders', ({ clusterId, topic }) => {
      if (topic !== undefined) explorer.groupPages.open(clusterId, { topic });
    }),
    command('addFavourite', favourite(true)),
    command('removeFavourite', favourite(false)),
    vscode.commands.registerCommand('kafkaDapr.showInternalTopics', internal(true)),
    vscode.commands.registerCommand('kafkaDapr.hideInternalTopics', internal(false)),
    vscode.commands.registerCommand('kafkaDapr.filter', () => askFilter(explorer)),
    vscode.commands.registerCommand('kafkaDapr.collapseAll', () => explorer.collapseAll()),
    vscode.commands.registerCommand('kafkaDapr.clearFilter', () => {
      tree.setFilter({ text: '' });
      explorer.showFilter();
    }),
  ];
}

const copy = (rows: readonly ExplorerNode[]) =>
  vscode.env.clipboard.writeText(rows.map((row) => row.copy ?? row.label).join('\n'));

/** A box that filters while it is typed in; Escape restores what was before. */
async function askFilter(explorer: Explorer): Promise<void> {
  const before = explorer.tree.filter.text;
  const apply = (text: string) => {
    explorer.tree.setFilter({ text });
    explorer.showFilter();
  };
  const box = vscode.window.createInputBox();
  box.title = l10n.t('Filter topics and groups');
  box.placeholder = l10n.t('Part of a name; empty shows all');
  box.value = before;
  let accepted = false;
  box.onDidChangeValue(apply);
  box.onDidAccept(() => {
    accepted = true;
    box.hide();
  });
  await new Promise<void>((resolve) => {
    box.onDidHide(resolve);
    box.show();
  });
  if (!accepted) apply(before);
  box.dispose();
}
