import * as l10n from '@vscode/l10n';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

/**
 * Has a file written by somebody who knows only files of this machine, wherever it is to be: one of another file system (a
 * virtual workspace) is written beside and copied there by VS Code, which holds no more of it than a piece at a time.
 * Throws what `write` throws, or a sentence when the file system takes no file.
 */
export async function throughFile<T>(target: vscode.Uri, write: (file: string) => Promise<T>): Promise<T> {
  if (target.scheme === 'file') return await write(target.fsPath);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-'));
  try {
    const file = path.join(folder, 'export');
    const written = await write(file);
    try {
      await vscode.workspace.fs.copy(vscode.Uri.file(file), target, { overwrite: true });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        l10n.t('{0} cannot be written: {1} Export to a file on this machine instead.', target.toString(true), reason),
        { cause: error },
      );
    }
    return written;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
