import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExportSpec } from '../../shared/messagesPage.ts';
import type { ScanWorker } from './scanWorker.ts';

/** Asks for a file, has the worker write it, shows how far it is and takes a cancel. */
export async function exportRecords(
  worker: ScanWorker,
  topic: string,
  source: ExportSpec['source'],
  onProgress: (listener: (records: number) => void) => vscode.Disposable,
): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    saveLabel: l10n.t('Export'),
    filters: { 'JSON Lines': ['jsonl'], CSV: ['csv'] },
    ...defaultFile(topic),
  });
  if (!target) return;
  const format = path.extname(target.fsPath) === '.csv' ? 'csv' : 'jsonl';
  const records = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Exporting {0}', topic), cancellable: true },
    async (progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      const watch = onProgress((n) =>
        progress.report({ message: l10n.t('{0} messages', n.toLocaleString(vscode.env.language)) }),
      );
      try {
        return (await worker.request('export', { path: target.fsPath, format, source }, cancel.signal)).records;
      } catch (error) {
        if (cancel.signal.aborted) return null;
        throw error;
      } finally {
        watch.dispose();
      }
    },
  );
  if (records === null) return;
  const open = l10n.t('Open');
  const chosen = await vscode.window.showInformationMessage(
    l10n.t('{0} messages of {1} were exported.', records.toLocaleString(vscode.env.language), topic),
    open,
  );
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', target);
}

function defaultFile(topic: string): { defaultUri?: vscode.Uri } {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? { defaultUri: vscode.Uri.joinPath(folder, `${topic}.jsonl`) } : {};
}
