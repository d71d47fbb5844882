import path from 'node:path';
import * as vscode from 'vscode';
import type { Reader } from '../../core/dapr/delivery/readers.ts';
import type { LintOptions } from '../../core/dapr/lintOptions.ts';
import { Workspace, type SourceFile } from '../../core/dapr/workspace.ts';
import { filesAtRevision, GitFailure, headLog } from '../../core/forecast/gitRevision.ts';
import { readersFor } from '../../core/forecast/liveReader.ts';

/** The component files as the last commit has them, for counting what a change hands over. */
export class GitBase implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** The last commit is another one, or became known. */
  readonly onDidChange = this.#changed.event;
  readonly #closing = new AbortController();
  readonly #watchers: vscode.Disposable[] = [];
  #folders = '';
  #readers: readonly Reader[] | undefined;

  /** Who read by the files of the last commit; undefined: no checkout, no git, or not known yet. */
  get readers(): readonly Reader[] | undefined {
    return this.#readers;
  }

  /** Today's Dapr files, by the paths of the model. */
  follow(paths: readonly string[], options: Pick<LintOptions, 'mode'>): void {
    const folders = [...new Set(paths.map((file) => path.posix.dirname(file)))].sort();
    const key = JSON.stringify([folders, options.mode]);
    if (this.#folders === key || !vscode.workspace.isTrusted) return;
    this.#folders = key;
    for (const watcher of this.#watchers.splice(0)) watcher.dispose();
    void this.#watch(key, () => void this.#load(folders, options));
    void this.#load(folders, options);
  }

  dispose(): void {
    this.#closing.abort();
    vscode.Disposable.from(this.#changed, ...this.#watchers).dispose();
  }

  /** Each commit, checkout and reset writes a line in a file that is not in the folder of a worktree or of a part of a checkout. */
  async #watch(key: string, again: () => void): Promise<void> {
    for (const { uri } of roots()) {
      const log = await headLog(uri.fsPath, this.#closing.signal).catch(() => undefined);
      if (this.#closing.signal.aborted || this.#folders !== key) return;
      if (log === undefined) continue;
      const place = new vscode.RelativePattern(
        uri.with({ path: vscode.Uri.file(path.dirname(log)).path }),
        path.basename(log),
      );
      const watcher = vscode.workspace.createFileSystemWatcher(place);
      this.#watchers.push(watcher, watcher.onDidChange(again), watcher.onDidCreate(again));
    }
  }

  async #load(folders: readonly string[], options: Pick<LintOptions, 'mode'>): Promise<void> {
    const files = await filesAtHead(folders, this.#closing.signal);
    if (this.#closing.signal.aborted) return;
    const workspace = new Workspace();
    for (const file of files ?? []) workspace.set(file.path, file.text);
    this.#readers = files && readersFor(workspace, options);
    this.#changed.fire();
  }
}

/** undefined: no folder is a git checkout with a commit. */
async function filesAtHead(folders: readonly string[], signal: AbortSignal): Promise<SourceFile[] | undefined> {
  const found = await Promise.all(
    roots().map(async ({ uri, prefix }) => {
      const own = folders.filter((folder) => `${folder}/`.startsWith(prefix)).map((f) => f.slice(prefix.length) || '.');
      if (own.length === 0) return [];
      try {
        const files = await filesAtRevision('HEAD', own, [], { cwd: uri.fsPath, signal });
        return files.map((file) => ({ ...file, path: prefix + file.path }));
      } catch (error) {
        if (error instanceof GitFailure) return undefined;
        throw error;
      }
    }),
  );
  const known = found.filter((files) => files !== undefined);
  return known.length === 0 ? undefined : known.flat();
}

/** Folders on disk, and what the paths of the model begin with in each. */
function roots(): { uri: vscode.Uri; prefix: string }[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders
    .filter(({ uri }) => uri.scheme === 'file' || uri.scheme === 'vscode-remote')
    .map(({ uri, name }) => ({ uri, prefix: folders.length > 1 ? `${name}/` : '' }));
}
