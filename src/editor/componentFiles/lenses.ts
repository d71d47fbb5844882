import * as vscode from 'vscode';
import type { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import type { HelperParts } from './parts.ts';

/** Lines above components and Subscriptions; what makes them is loaded when a component file is open. */
export class Lenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #files: LintedFiles;
  readonly #facts: LiveFacts | null;
  readonly #load: Pick<HelperParts, 'handlerText' | 'lensesOf'>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(files: LintedFiles, facts: LiveFacts | null, load: Pick<HelperParts, 'handlerText' | 'lensesOf'>) {
    this.#files = files;
    this.#facts = facts;
    this.#load = load;
    this.#subscriptions = [this.#changed, files.onDidChange((which) => which === 'all' && this.#changed.fire())];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const path = this.#files.refresh(document);
    const mine = ({ document: { file } }: { document: { file: string } }) => file === path;
    const { components, subscriptions } = this.#files.workspace;
    if (![...components, ...subscriptions].some(mine)) return [];
    const { lensesOf } = await this.#load.lensesOf();
    return lensesOf(document, path, this.#files, this.#facts, this.#load.handlerText);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
