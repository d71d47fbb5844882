import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChangePreview, Confirm } from '../../../core/kafka/changes/gate.ts';

/** Lines of a preview that a dialog can show. */
const SHOWN = 20;

/** Shows exactly what will happen and asks; on a production cluster the name must be typed. */
export const confirmInDialog: Confirm = async (preview, typedName) => {
  if (typedName !== null) return askTyped(preview, typedName);
  const go = l10n.t('Do it');
  const answer = await vscode.window.showWarningMessage(
    preview.title,
    { modal: true, detail: detailOf(preview.items) },
    go,
  );
  return answer === go;
};

async function askTyped(preview: ChangePreview, typedName: string): Promise<boolean> {
  const next = l10n.t('Continue');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('{0} (production)', preview.title),
    { modal: true, detail: detailOf(preview.items) },
    next,
  );
  if (answer !== next) return false;
  const typed = await vscode.window.showInputBox({
    title: preview.title,
    prompt: l10n.t('This is a production cluster. Type {0} to go on.', typedName),
    ignoreFocusOut: true,
    validateInput: (text) => (text === typedName ? undefined : l10n.t('Type exactly {0}.', typedName)),
  });
  return typed === typedName;
}

function detailOf(items: readonly string[]): string {
  const shown = items.slice(0, SHOWN);
  if (items.length > SHOWN) shown.push(l10n.t('and {0} more', items.length - SHOWN));
  return shown.join('\n');
}
