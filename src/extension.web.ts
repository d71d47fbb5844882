import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import * as helper from './editor/componentFiles/componentHelper.late.ts';
import { registerComponentFiles } from './editor/componentFiles/register.ts';

/** Composition root of a browser host: the component-file helper only, since no socket can be opened there. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const options = { extensionUri: context.extensionUri, facts: null, sidecar: null };
  context.subscriptions.push(registerComponentFiles(options, () => Promise.resolve(helper)));
}
