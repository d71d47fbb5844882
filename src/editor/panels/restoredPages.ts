import * as vscode from 'vscode';

/**
 * The pages of a kind come back after a reload of the window, each when it is first seen again: the editor hands over the
 * empty panel and what the page kept. `name` as in `PageOptions`, with an activation event of its own.
 */
export function restoredPages<Memory>(
  name: string,
  restore: (panel: vscode.WebviewPanel, memory: Memory) => void | Promise<void>,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(`kafkaDapr.${name}`, {
    deserializeWebviewPanel: async (panel, memory: Memory | undefined | null) => {
      // The window was reloaded before the page had run: nobody knows what it was about.
      if (memory === undefined || memory === null) panel.dispose();
      else await restore(panel, memory);
    },
  });
}
