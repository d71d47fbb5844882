import * as vscode from 'vscode';
import { cursorContext } from './cursorContext.ts';
import type { LazyHelp } from './lazyHelp.ts';
import type { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import { suggestions, type Suggestion } from './suggestions.ts';

export class Completions implements vscode.CompletionItemProvider {
  readonly #files: LintedFiles;
  readonly #facts: LiveFacts | null;
  readonly #help: LazyHelp;

  constructor(files: LintedFiles, facts: LiveFacts | null, help: LazyHelp) {
    this.#files = files;
    this.#facts = facts;
    this.#help = help;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const help = await this.#help();
    const context = cursorContext(document.getText(), document.offsetAt(position));
    if (!context) return [];
    const names = { topics: this.#facts?.topics() ?? [], groups: this.#facts?.groups() ?? [] };
    const typed = new vscode.Range(position.translate(0, -context.typed.length), position);
    return suggestions(context, this.#files.workspace, names, help).map((suggestion, i) => item(suggestion, i, typed));
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
