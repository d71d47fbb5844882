import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileChange, Fix, TextEdit } from '../../core/dapr/finding.ts';
import { FIX_ALL } from './codeActions.ts';
import { SOURCE } from './diagnostics.ts';
import { disableEdit, fixAllEdits } from './fixes.ts';
import type { LintedFiles } from './lintedFiles.ts';
import { rangesIn } from './ranges.ts';

/** What can be done about the findings in a place: their fixes, the comment that switches one off, and "fix all". */
export function quickFixes(
  files: LintedFiles,
  document: vscode.TextDocument,
  range: vscode.Range,
  context: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const findings = files.findings(document);
  if (!findings) return [];
  const actions: vscode.CodeAction[] = [];
  if (context.only === undefined || context.only.contains(vscode.CodeActionKind.QuickFix))
    for (const finding of findings) {
      const place = rangeOf(document, finding.range);
      if (!place.intersection(range)) continue;
      const diagnostics = context.diagnostics.filter(
        (d) => d.source === SOURCE && d.range.isEqual(place) && codeOf(d) === finding.rule,
      );
      for (const fix of finding.fixes) actions.push(quickFix(files, document, fix, diagnostics));
      // JSON has no comments.
      if (!document.languageId.startsWith('json')) {
        const title = l10n.t('Switch {0} off for this line', finding.rule);
        const edit = disableEdit(document.getText(), finding.range.start, finding.rule);
        actions.push(action(document, title, vscode.CodeActionKind.QuickFix, [edit], diagnostics));
      }
    }
  const all = fixAllEdits(findings);
  if (all.length > 0 && (context.only === undefined || context.only.intersects(FIX_ALL)))
    actions.push(action(document, l10n.t('Fix all Dapr problems of this file that have one clear fix'), FIX_ALL, all));
  return actions;
}

/** For the command: the active editor's file. */
export async function fixAll(files: LintedFiles): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const edits = document ? fixAllEdits(files.findings(document) ?? []) : [];
  if (!document || edits.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('This file has no Dapr problem with one clear fix.'));
    return;
  }
  await vscode.workspace.applyEdit(workspaceEdit(document, edits));
}

function quickFix(
  files: LintedFiles,
  document: vscode.TextDocument,
  fix: Fix,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction {
  const quick = action(document, fix.title, vscode.CodeActionKind.QuickFix, fix.edits, diagnostics, fix.preferred);
  for (const change of fix.files ?? []) if (quick.edit) changeFile(files, quick.edit, document, change);
  return quick;
}

function changeFile(
  files: LintedFiles,
  edit: vscode.WorkspaceEdit,
  document: vscode.TextDocument,
  change: FileChange,
): void {
  const uri = files.uriFor(change.path, document);
  switch (change.kind) {
    case 'edit':
      for (const { range, newText } of change.edits) edit.replace(uri, rangesIn(files.textAt(uri))(range), newText);
      break;
    case 'create':
      edit.createFile(uri);
      edit.insert(uri, new vscode.Position(0, 0), change.text);
      break;
    case 'move':
      edit.renameFile(uri, files.uriFor(change.to, document));
  }
}

function action(
  document: vscode.TextDocument,
  title: string,
  kind: vscode.CodeActionKind,
  edits: readonly TextEdit[],
  diagnostics: vscode.Diagnostic[] = [],
  preferred = false,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, kind);
  action.edit = workspaceEdit(document, edits);
  action.diagnostics = diagnostics;
  action.isPreferred = preferred;
  return action;
}

function workspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) edit.replace(document.uri, rangeOf(document, range), newText);
  return edit;
}

function rangeOf(document: vscode.TextDocument, range: { start: number; end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
}

function codeOf(diagnostic: vscode.Diagnostic): string {
  return typeof diagnostic.code === 'object' ? String(diagnostic.code.value) : String(diagnostic.code);
}
