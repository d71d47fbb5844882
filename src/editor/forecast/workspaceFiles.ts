import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SourceFile } from '../../core/dapr/workspace.ts';
import { folderPrefixes } from '../../shared/folderNames.ts';
import { LARGEST_FILE, tooLarge, unreadable } from '../../shared/skippedFile.ts';

/** daprd reads them in any letter case. */
const GLOB = '**/*.{[yY][aA][mM][lL],[yY][mM][lL]}';
const SKIPPED = '**/{node_modules,.git,dist,out,bin,obj,target,vendor}/**';

/** What {@link readWorkspace} found. */
export interface WorkspaceFiles {
  files: SourceFile[];
  /** A sentence for each file that is there and was not read. */
  skipped: string[];
}

export async function workspaceFiles(): Promise<SourceFile[]> {
  return (await readWorkspace()).files;
}

/**
 * The YAML files of the workspace as they are in the editor, unsaved changes included. One that cannot be read takes no
 * forecast of the others away, and is told.
 */
export async function readWorkspace(): Promise<WorkspaceFiles> {
  const uris = await vscode.workspace.findFiles(GLOB, SKIPPED);
  const open = new Map(vscode.workspace.textDocuments.map((d) => [d.uri.toString(), d.getText()]));
  const read = await Promise.all(
    uris.map(async (uri): Promise<SourceFile | string | undefined> => {
      const [path, text] = [workspacePath(uri), open.get(uri.toString())];
      return text === undefined ? readFile(path, uri) : { path, text };
    }),
  );
  const skipped = read.filter((file) => typeof file === 'string').sort();
  return { files: read.filter((file) => typeof file === 'object'), skipped };
}

/** A sentence: why it is not read. undefined: it has just gone. */
async function readFile(path: string, uri: vscode.Uri): Promise<SourceFile | string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LARGEST_FILE) return tooLarge(path);
    const { decode } = await import('./replay.late.ts');
    return { path, text: decode(await vscode.workspace.fs.readFile(uri)) };
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    return error.code === 'FileNotFound' ? undefined : unreadable(path, error.message);
  }
}

/** The folders of the workspace with what the paths of their files begin with. */
export function workspaceFolders(): { uri: vscode.Uri; prefix: string }[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const prefixes = folderPrefixes(folders);
  return folders.map(({ uri }, i) => ({ uri, prefix: prefixes[i] ?? '' }));
}

/** What a file of the workspace is called in the model and to people; another one by its whole URI. */
export function workspacePath(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder
    ? (workspaceFolders()[folder.index]?.prefix ?? '') + vscode.workspace.asRelativePath(uri, false)
    : uri.toString();
}

/** The file of a path as {@link workspaceFiles} tells it; undefined: it is no longer there. */
export async function workspaceUri(path: string): Promise<vscode.Uri | undefined> {
  for (const { uri, prefix } of workspaceFolders()) {
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
