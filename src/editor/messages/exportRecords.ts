import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExportSpec, Formats, ValueFormat } from '../../shared/messagesPage.ts';
import type { ExportWish } from '../../shared/messagesPanel.ts';
import { exportTitle } from './exportTitle.ts';
import { throughFile } from './throughFile.ts';
import type { ScanWorker } from './scanWorker.ts';

/**
 * Asks for a file, has the worker write it, shows how far it is and takes a cancel. `formats`: null where
 * what is shown is what the bytes say as text.
 */
export async function exportRecords(
  worker: ScanWorker,
  topic: string,
  wish: ExportWish,
  formats: Formats | null,
  onProgress: (listener: (records: number) => void) => vscode.Disposable,
): Promise<void> {
  const values = formats === null ? 'bytes' : await askValues(formats, exportTitle(topic, wish, vscode.env.language));
  if (values === undefined) return;
  const target = await vscode.window.showSaveDialog({
    title: exportTitle(topic, wish, vscode.env.language),
    saveLabel: l10n.t('Export'),
    filters: { 'JSON Lines': ['jsonl'], CSV: ['csv'] },
    ...defaultFile(topic),
  });
  if (!target) return;
  const format = path.extname(target.path).toLowerCase() === '.csv' ? 'csv' : 'jsonl';
  const records = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Exporting {0}', topic), cancellable: true },
    async (progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      const watch = onProgress((n) =>
        progress.report({ message: l10n.t('{0} messages', n.toLocaleString(vscode.env.language)) }),
      );
      try {
        return await throughFile(target, async (file) => {
          const spec = { path: file, format, values, source: wish } as const;
          return (await worker.request('export', spec, cancel.signal)).records;
        });
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
    records === 1
      ? l10n.t('1 message of {0} was exported.', topic)
      : l10n.t('{0} messages of {1} were exported.', records.toLocaleString(vscode.env.language), topic),
    open,
  );
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', target);
}

/** Which of the two is exported. undefined: given up. */
async function askValues({ key, value }: Formats, what: string): Promise<ExportSpec['values'] | undefined> {
  const shown = {
    label: l10n.t('As shown'),
    description: l10n.t('key as {0}, value as {1}', formatName(key), formatName(value)),
    detail: l10n.t('What cannot be read so is written as its bytes, with the reason.'),
    values: 'shown' as const,
  };
  const bytes = {
    label: l10n.t('The bytes'),
    detail: l10n.t('UTF-8 text as it is, other bytes as base64.'),
    values: 'bytes' as const,
  };
  const placeHolder = l10n.t('How should key and value be written?');
  return (await vscode.window.showQuickPick([shown, bytes], { title: what, placeHolder }))?.values;
}

const formatName = (format: ValueFormat) => (format.startsWith('file:') ? (format.split('#')[1] ?? format) : format);

function defaultFile(topic: string): { defaultUri?: vscode.Uri } {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? { defaultUri: vscode.Uri.joinPath(folder, `${topic}.jsonl`) } : {};
}
