import * as vscode from 'vscode';
import type { LintedFiles } from './lintedFiles.ts';
import { definitionsOf, nameAt, referencesOf, type Name, type Target } from './links.ts';
import { placeAt } from './places.ts';
import { rangesIn } from './ranges.ts';

/** Subscription ↔ component, scope ↔ app. */
export class Definitions implements vscode.DefinitionProvider, vscode.ReferenceProvider {
  readonly #files: LintedFiles;

  constructor(files: LintedFiles) {
    this.#files = files;
  }

  provideDefinition(document: vscode.TextDocument, position: vscode.Position): vscode.Location[] {
    const name = this.#nameAt(document, position);
    return name ? this.#locations(definitionsOf(name, this.#files.workspace)) : [];
  }

  provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.ReferenceContext,
  ): vscode.Location[] {
    const name = this.#nameAt(document, position);
    if (!name) return [];
    const { workspace } = this.#files;
    return this.#locations([
      ...(context.includeDeclaration ? definitionsOf(name, workspace) : []),
      ...referencesOf(name, workspace),
    ]);
  }

  #nameAt(document: vscode.TextDocument, position: vscode.Position): Name | null {
    const path = this.#files.refresh(document);
    const place = placeAt(this.#files.workspace.documents(path), document.offsetAt(position));
    return place && nameAt(place);
  }

  #locations(targets: Target[]): vscode.Location[] {
    return targets.flatMap(({ file, range }) => {
      const uri = this.#files.uriOf(file);
      return uri ? [new vscode.Location(uri, rangesIn(this.#files.textAt(uri))(range))] : [];
    });
  }
}
