import path from 'node:path';
import * as vscode from 'vscode';
import type { Reader } from '../../core/dapr/delivery/readers.ts';
import type { LintOptions } from '../../core/dapr/lintOptions.ts';
import { Workspace } from '../../core/dapr/workspace.ts';
import { headLog } from '../../core/forecast/gitRevision.ts';
import { readersFor } from '../../core/forecast/liveReader.ts';
import { foldersAtRevision, foldersOnDisk } from './gitFolders.ts';

/** The component files as the last commit has them, for counting what a change hands over. */
export class GitBase implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** The last commit is another one, or became known. */
  readonly onDidChange = this.#changed.event;
  readonly #closing = new AbortController();
  readonly #watchers: vscode.Disposable[] = [];
  #folders = '';
  /** Counts the questions: an answer that a later one has overtaken is worth nothing. */
  #asked = 0;
  #readers: readonly Reader[] | undefined;

  /** Who read by the files of the last commit; undefined: no checkout, no git, or not known yet. */
  get readers(): readonly Reader[] | undefined {
    return this.#readers;
  }

  /** Today's Dapr files, by the paths of the model. */
  follow(paths: readonly string[], options: Pick<LintOptions, 'mode'>): void {
    const folders = [...new Set(paths.map((file) => path.posix.dirname(file)))].sort();
    const key = JSON.stringify([folders, foldersOnDisk().map(({ uri }) => uri.toString()), options.mode]);
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
    for (const { uri } of foldersOnDisk()) {
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
    const asked = ++this.#asked;
    const found = await foldersAtRevision('HEAD', folders, this.#closing.signal).catch((error: unknown) => {
      if (this.#closing.signal.aborted) return [];
      throw error;
    });
    if (this.#closing.signal.aborted || asked !== this.#asked) return;
    // A folder may be no checkout, or one without a commit.
    const known = found.flatMap((folder) => ('files' in folder ? [folder.files] : []));
    const workspace = new Workspace();
    for (const file of known.flat()) workspace.set(file.path, file.text);
    this.#readers = known.length === 0 ? undefined : readersFor(workspace, options);
    this.#changed.fire();
  }
}
