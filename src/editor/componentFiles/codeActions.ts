import * as vscode from 'vscode';
import type { LintedFiles } from './lintedFiles.ts';
import type { HelperParts } from './parts.ts';

export const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('kafkaDapr');

/** Quick fixes; what makes them is loaded where there is something to mend. */
export class CodeActions implements vscode.CodeActionProvider {
  readonly #files: LintedFiles;
  readonly #load: HelperParts['quickFixes'];

  constructor(files: LintedFiles, load: HelperParts['quickFixes']) {
    this.#files = files;
    this.#load = load;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    if ((this.#files.findings(document) ?? []).length === 0) return [];
    const { quickFixes } = await this.#load();
    return quickFixes(this.#files, document, range, context);
  }
}
