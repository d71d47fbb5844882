import * as vscode from 'vscode';
import type { LazyHelp } from './lazyHelp.ts';
import type { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import type { HelperParts } from './parts.ts';
import { placeAt } from './places.ts';

export class Hovers implements vscode.HoverProvider {
  readonly #files: LintedFiles;
  readonly #facts: LiveFacts | null;
  readonly #help: LazyHelp;
  readonly #load: HelperParts['hoverText'];

  constructor(files: LintedFiles, facts: LiveFacts | null, help: LazyHelp, load: HelperParts['hoverText']) {
    this.#files = files;
    this.#facts = facts;
    this.#help = help;
    this.#load = load;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const [help, { hoverText }] = await Promise.all([this.#help(), this.#load()]);
    const path = this.#files.refresh(document);
    const { workspace } = this.#files;
    const place = placeAt(workspace.documents(path), document.offsetAt(position));
    const text = place && hoverText(place, workspace, help, (resource) => this.#facts?.tables(resource) ?? '');
    if (!text) return undefined;
    const { start } = place.document;
    const range = new vscode.Range(
      document.positionAt(start + place.range.start),
      document.positionAt(start + place.range.end),
    );
    const markdown = new vscode.MarkdownString(text);
    markdown.isTrusted = { enabledCommands: ['kafkaDapr.openFact'] };
    return new vscode.Hover(markdown, range);
  }
}
