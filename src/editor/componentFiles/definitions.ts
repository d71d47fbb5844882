import * as vscode from 'vscode';
import type { LintedFiles } from './lintedFiles.ts';
import type { Target } from './links.ts';
import type { HelperParts } from './parts.ts';
import { placeAt, type Place } from './places.ts';
import { rangesIn } from './ranges.ts';

/** Subscription ↔ component, scope ↔ app. */
export class Definitions implements vscode.DefinitionProvider, vscode.ReferenceProvider {
  readonly #files: LintedFiles;
  readonly #load: HelperParts['links'];

  constructor(files: LintedFiles, load: HelperParts['links']) {
    this.#files = files;
    this.#load = load;
  }

  async provideDefinition(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Location[]> {
    const { definitionsOf, nameAt } = await this.#load();
    const place = this.#placeAt(document, position);
    const name = place && nameAt(place);
    return name ? this.#locations(definitionsOf(name, this.#files.workspace)) : [];
  }

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.ReferenceContext,
  ): Promise<vscode.Location[]> {
    const { definitionsOf, nameAt, referencesOf } = await this.#load();
    const place = this.#placeAt(document, position);
    const name = place && nameAt(place);
    if (!name) return [];
    const { workspace } = this.#files;
    return this.#locations([
      ...(context.includeDeclaration ? definitionsOf(name, workspace) : []),
      ...referencesOf(name, workspace),
    ]);
  }

  #placeAt(document: vscode.TextDocument, position: vscode.Position): Place | null {
    const path = this.#files.refresh(document);
    return placeAt(this.#files.workspace.documents(path), document.offsetAt(position));
  }

  #locations(targets: Target[]): vscode.Location[] {
    return targets.flatMap(({ file, range }) => {
      const uri = this.#files.uriOf(file);
      return uri ? [new vscode.Location(uri, rangesIn(this.#files.textAt(uri))(range))] : [];
    });
  }
}
