import * as vscode from 'vscode';

/** An input box that survives a look elsewhere; undefined when the person gave up. */
export function ask(options: vscode.InputBoxOptions): Thenable<string | undefined> {
  return vscode.window.showInputBox({ ignoreFocusOut: true, ...options });
}
