import * as vscode from 'vscode';
import { startComponentHelper } from './editor/componentFiles/componentHelper.ts';
import type { HelperParts } from './editor/componentFiles/parts.ts';
import { registerComponentFiles } from './editor/componentFiles/register.ts';

/** Each is a file of its own in the browser's build: nobody waits for it who only opens a file. */
const PARTS: HelperParts = {
  declare: () => import('./editor/componentFiles/declare.ts'),
  explainLine: () => import('./editor/componentFiles/explainLine.ts'),
  handlerText: () => import('./editor/componentFiles/handlerText.ts'),
  hoverText: () => import('./editor/componentFiles/hoverText.ts'),
  lensesOf: () => import('./editor/componentFiles/lensesOf.ts'),
  links: () => import('./editor/componentFiles/links.ts'),
  newFiles: () => import('./editor/componentFiles/newFiles.ts'),
  quickFixes: () => import('./editor/componentFiles/quickFixes.ts'),
  suggestions: () => import('./editor/componentFiles/suggestions.ts'),
};

/** Composition root of a browser host: the component-file helper only, since no socket can be opened there. */
export function activate(context: vscode.ExtensionContext): void {
  const options = { extensionUri: context.extensionUri, facts: null, sidecar: null };
  // The manifest hides what needs a socket, and says so in the empty view of clusters.
  void vscode.commands.executeCommand('setContext', 'kafkaDapr.browser', true);
  context.subscriptions.push(
    vscode.window.registerTreeDataProvider('kafkaDapr.clusters', {
      getChildren: () => [],
      getTreeItem: (none: never) => none,
    }),
    registerComponentFiles(options, () =>
      Promise.resolve((facts, extensionUri) => startComponentHelper(facts, extensionUri, PARTS)),
    ),
  );
}
