import * as vscode from 'vscode';
import { hoverText } from './hoverText.ts';
import type { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import { placeAt } from './places.ts';

export class Hovers implements vscode.HoverProvider {
  readonly #files: LintedFiles;
  readonly #facts: LiveFacts | null;

  constructor(files: LintedFiles, facts: LiveFacts | null) {
    this.#files = files;
    this.#facts = facts;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const path = this.#files.refresh(document);
    const { workspace } = this.#files;
    const place = placeAt(workspace.documents(path), document.offsetAt(position));
    const text = place && hoverText(place, workspace, (resource) => this.#facts?.tables(resource) ?? '');
    if (!text) return undefined;
    const { start } = place.document;
    const range = new vscode.Range(
      document.positionAt(start + place.range.start),
      document.positionAt(start + place.range.end),
    );
    return new vscode.Hover(new vscode.MarkdownString(text), range);
  }
}
