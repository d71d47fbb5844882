import * as vscode from 'vscode';
import type { Finding, Severity } from '../../core/dapr/finding.ts';
import type { LintedFiles } from './lintedFiles.ts';
import { rangesIn } from './ranges.ts';

export const SOURCE = 'dapr';

/** Shows the findings of every Dapr file of the workspace, open or not, and which files were not read. */
export class Diagnostics implements vscode.Disposable {
  readonly #files: LintedFiles;
  readonly #collection = vscode.languages.createDiagnosticCollection('kafkaDapr');
  readonly #subscription: vscode.Disposable;

  constructor(files: LintedFiles) {
    this.#files = files;
    this.#subscription = files.onDidChange((which) =>
      which === 'all' ? this.#all() : which.forEach((uri) => this.#one(uri)),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#collection.dispose();
  }

  #all(): void {
    const skipped = [...this.#files.skipped()];
    const current = new Set([...this.#files.daprFiles(), ...skipped.map(({ uri }) => uri)].map(String));
    this.#collection.forEach((uri) => {
      if (!current.has(uri.toString())) this.#collection.delete(uri);
    });
    for (const { uri, message } of skipped) this.#collection.set(uri, [ofWhole(message)]);
    for (const uri of this.#files.daprFiles()) this.#one(uri);
  }

  #one(uri: vscode.Uri): void {
    const findings = this.#files.findingsOf(uri) ?? [];
    const toRange = rangesIn(this.#files.textAt(uri));
    this.#collection.set(
      uri,
      findings.map((finding) => this.#diagnostic(finding, toRange(finding.range))),
    );
  }

  #diagnostic(finding: Finding, range: vscode.Range): vscode.Diagnostic {
    const diagnostic = new vscode.Diagnostic(range, finding.message, severityOf(finding.severity));
    diagnostic.source = SOURCE;
    diagnostic.code = {
      value: finding.rule,
      target: vscode.Uri.from({
        scheme: 'command',
        path: 'kafkaDapr.openRule',
        query: JSON.stringify([finding.rule]),
      }),
    };
    return diagnostic;
  }
}

/** About a file whose text nobody has. */
function ofWhole(message: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 0), message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = SOURCE;
  return diagnostic;
}

function severityOf(severity: Severity): vscode.DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return vscode.DiagnosticSeverity.Error;
    case 'warning':
      return vscode.DiagnosticSeverity.Warning;
    case 'info':
      return vscode.DiagnosticSeverity.Information;
  }
}
