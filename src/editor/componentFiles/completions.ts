import * as vscode from 'vscode';
import type { LazyHelp } from './lazyHelp.ts';
import type { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import type { HelperParts } from './parts.ts';
import type { Suggestion } from './suggestions.ts';

export class Completions implements vscode.CompletionItemProvider {
  readonly #files: LintedFiles;
  readonly #facts: LiveFacts | null;
  readonly #help: LazyHelp;
  readonly #load: HelperParts['suggestions'];

  constructor(files: LintedFiles, facts: LiveFacts | null, help: LazyHelp, load: HelperParts['suggestions']) {
    this.#files = files;
    this.#facts = facts;
    this.#help = help;
    this.#load = load;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const [help, { suggestionsAt }] = await Promise.all([this.#help(), this.#load()]);
    const names = { topics: this.#facts?.topics() ?? [], groups: this.#facts?.groups() ?? [] };
    const offset = document.offsetAt(position);
    const { typed, list } = suggestionsAt(document.getText(), offset, this.#files.workspace, names, help);
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    return list.map((suggestion, i) => item(suggestion, i, range));
  }
}

function item(suggestion: Suggestion, index: number, range: vscode.Range): vscode.CompletionItem {
  const item = new vscode.CompletionItem(suggestion.label, kindOf(suggestion.kind));
  // Snippets carry their own indentation: VS Code must not add the line's again.
  item.insertText = suggestion.snippet === true ? new vscode.SnippetString(suggestion.insert) : suggestion.insert;
  item.keepWhitespace = true;
  item.range = range;
  item.filterText = suggestion.label;
  item.sortText = String(index).padStart(4, '0');
  if (suggestion.detail !== undefined) item.detail = suggestion.detail;
  if (suggestion.documentation !== undefined) item.documentation = new vscode.MarkdownString(suggestion.documentation);
  return item;
}

function kindOf(kind: Suggestion['kind']): vscode.CompletionItemKind {
  switch (kind) {
    case 'field':
      return vscode.CompletionItemKind.Property;
    case 'value':
      return vscode.CompletionItemKind.Value;
    case 'reference':
      return vscode.CompletionItemKind.Reference;
    case 'type':
      return vscode.CompletionItemKind.Class;
  }
}
