import type * as vscode from 'vscode';
import type { SourceFile } from '../../core/dapr/workspace.ts';
import { filesAtRevision, GitFailure } from '../../core/forecast/gitRevision.ts';
import { workspaceFolders } from './workspaceFiles.ts';

/** What git says of one folder of the workspace. */
export type FolderAtRevision = { prefix: string } & ({ files: SourceFile[] } | { failure: GitFailure });

/** The folders of the workspace that are on disk, where git can be asked. */
export function foldersOnDisk(): { uri: vscode.Uri; prefix: string }[] {
  return workspaceFolders().filter(({ uri }) => uri.scheme === 'file' || uri.scheme === 'vscode-remote');
}

/**
 * The Dapr files as they were at a revision, asked in each folder of the workspace that has some of `directories`: these
 * and the files that are found are paths of the model.
 */
export async function foldersAtRevision(
  revision: string,
  directories: readonly string[],
  signal: AbortSignal,
): Promise<FolderAtRevision[]> {
  const found = await Promise.all(
    foldersOnDisk().map(async ({ uri, prefix }): Promise<FolderAtRevision[]> => {
      const own = directories.filter((at) => `${at}/`.startsWith(prefix)).map((at) => at.slice(prefix.length) || '.');
      if (own.length === 0) return [];
      try {
        const files = await filesAtRevision(revision, own, [], { cwd: uri.fsPath, signal });
        return [{ prefix, files: files.map((file) => ({ ...file, path: prefix + file.path })) }];
      } catch (failure) {
        if (failure instanceof GitFailure) return [{ prefix, failure }];
        throw failure;
      }
    }),
  );
  return found.flat();
}
