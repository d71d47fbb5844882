import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/**
 * A command on rows of a tree, or on the same fields from a page. The editor hands over nothing for a row that was being
 * drawn anew in the moment in which it was chosen; the person is told, and nothing is guessed.
 */
export function rowCommand<Row>(id: string, run: (row: Row, selected?: Row[]) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(
    `kafkaDapr.${id}`,
    (row: Row | undefined, selected?: readonly (Row | undefined)[]) => {
      if (row !== undefined)
        return run(
          row,
          selected?.filter((other) => other !== undefined),
        );
      void vscode.window.showInformationMessage(l10n.t('The row was being drawn anew. Choose it again, please.'));
      return undefined;
    },
  );
}
