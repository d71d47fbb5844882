import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

const trees = new Set<() => Promise<void>>();

/** `rest` lets a tree come to rest; the list that a command on a row opens stays open only then. */
export function restForRowCommands(rest: () => Promise<void>): vscode.Disposable {
  trees.add(rest);
  return new vscode.Disposable(() => trees.delete(rest));
}

/**
 * A command on rows of a tree, or on the same fields from a page. The editor hands over nothing for a row that was being
 * drawn anew in the moment in which it was chosen; the person is told, and nothing is guessed.
 */
export function rowCommand<Row>(id: string, run: (row: Row, selected?: Row[]) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(
    `kafkaDapr.${id}`,
    async (row: Row | undefined, selected?: readonly (Row | undefined)[]) => {
      if (row !== undefined) {
        await Promise.all([...trees].map((rest) => rest()));
        return run(
          row,
          selected?.filter((other) => other !== undefined),
        );
      }
      void vscode.window.showInformationMessage(l10n.t('The row was being drawn anew. Choose it again, please.'));
      return undefined;
    },
  );
}
