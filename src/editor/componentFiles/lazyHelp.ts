import * as vscode from 'vscode';
import type { HelpTexts } from '../../core/dapr/help/helpTexts.ts';

/** The texts of hovers and completions, read when first asked for. Rejects when the extension's file cannot be read. */
export type LazyHelp = () => Promise<HelpTexts>;

export function lazyHelp(extensionUri: vscode.Uri): LazyHelp {
  let loading: Promise<HelpTexts> | undefined;
  return () => {
    loading ??= read(vscode.Uri.joinPath(extensionUri, 'dist', 'help.json'));
    // The next one who asks tries again.
    loading.catch(() => (loading = undefined));
    return loading;
  };
}

async function read(uri: vscode.Uri): Promise<HelpTexts> {
  return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))) as HelpTexts;
}
