import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { explainLogLine, type LogExplanation } from '../../core/dapr/logs/explain.ts';
import { placesOf, type LogPlace } from '../../core/dapr/logs/places.ts';
import type { LintedFiles } from './lintedFiles.ts';
import { rangesIn } from './ranges.ts';

/** Asks for a line of daprd's log, or takes the selected ones; goes to where it comes from and says what to do. */
export async function explainDaprdLine(files: LintedFiles): Promise<void> {
  const text = selection() ?? (await ask());
  if (text === undefined) return;
  const explanation = text
    .split('\n')
    .map(explainLogLine)
    .find((found) => found !== undefined);
  if (!explanation) {
    void vscode.window.showInformationMessage(
      l10n.t('This helper does not know this line. Select or paste the line that says "error" or "fatal".'),
    );
    return;
  }
  const places = placesOf(explanation, files.linter);
  const place = places.length > 1 ? await choose(files, places, explanation) : places[0];
  if (places.length > 1 && !place) return;
  if (place) await open(files, place);
  await tell(explanation, place && placeText(files, place));
}

function selection(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? '';
  return explainLogLine(text) || text.includes('level=') ? text : undefined;
}

async function ask(): Promise<string | undefined> {
  const copied = await vscode.env.clipboard.readText();
  return vscode.window.showInputBox({
    title: l10n.t('Explain a line of daprd’s log'),
    prompt: l10n.t('Paste the line, as it is or as JSON'),
    value: explainLogLine(copied) ? copied : '',
    ignoreFocusOut: true,
  });
}

async function choose(
  files: LintedFiles,
  places: readonly LogPlace[],
  explanation: LogExplanation,
): Promise<LogPlace | undefined> {
  const items = places.map((place) => ({
    label: placeText(files, place),
    detail: place.finding?.message ?? '',
    place,
  }));
  return (await vscode.window.showQuickPick(items, { title: explanation.cause }))?.place;
}

async function open(files: LintedFiles, { file, range }: LogPlace): Promise<void> {
  const uri = files.uriOf(file);
  if (!uri) return;
  await vscode.window.showTextDocument(uri, { selection: rangesIn(files.textAt(uri))(range) });
}

async function tell({ rule, cause, fix }: LogExplanation, place: string | undefined): Promise<void> {
  const where = place ?? l10n.t('no file of this workspace shows it');
  const page = rule === undefined ? undefined : l10n.t('About {0}', rule);
  const message = [rule, where].filter((part) => part !== undefined).join(' · ');
  const chosen = await vscode.window.showInformationMessage(
    `${message}: ${cause} ${fix}`,
    ...(page === undefined ? [] : [page]),
  );
  if (chosen !== undefined) await vscode.commands.executeCommand('kafkaDapr.openRule', rule);
}

function placeText(files: LintedFiles, { file, range }: LogPlace): string {
  const uri = files.uriOf(file);
  return uri ? `${file}:${rangesIn(files.textAt(uri))(range).start.line + 1}` : file;
}
