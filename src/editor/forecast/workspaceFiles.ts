import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SourceFile } from '../../core/dapr/workspace.ts';

/** daprd reads them in any letter case. */
const GLOB = '**/*.{[yY][aA][mM][lL],[yY][mM][lL]}';
const SKIPPED = '**/{node_modules,.git,dist,out,bin,obj,target,vendor}/**';

/** The YAML files of the workspace as they are in the editor, unsaved changes included. */
export async function workspaceFiles(): Promise<SourceFile[]> {
  const uris = await vscode.workspace.findFiles(GLOB, SKIPPED);
  const open = new Map(vscode.workspace.textDocuments.map((d) => [d.uri.toString(), d.getText()]));
  return Promise.all(
    uris.map(async (uri) => ({
      path: vscode.workspace.asRelativePath(uri),
      text: open.get(uri.toString()) ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)),
    })),
  );
}

/** The file of a path as {@link workspaceFiles} tells it; undefined: it is no longer there. */
export async function workspaceUri(path: string): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const { name, uri } of folders) {
    // A path starts with its folder's name only where there are several folders; two of them may have the same name.
    const prefix = folders.length > 1 ? `${name}/` : '';
    if (!path.startsWith(prefix)) continue;
    const file = vscode.Uri.joinPath(uri, path.slice(prefix.length));
    if (await isThere(file)) return file;
  }
  return undefined;
}

/** Shows a file of the workspace; `line` counts from 1. Rejects when it is no longer there. */
export async function openWorkspaceFile(path: string, line: number): Promise<void> {
  const uri = await workspaceUri(path);
  if (!uri) throw new Error(noLongerThere(path));
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}

export const noLongerThere = (path: string): string => l10n.t('{0} is no longer in this workspace.', path);

const isThere = (file: vscode.Uri): Thenable<boolean> =>
  vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
