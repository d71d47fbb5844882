import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PartText } from './partText.ts';

const SCHEME = 'kafka-record';

/** A part of a record as a tab shows it. */
export interface RecordTab extends PartText {
  /** Id of its cluster. */
  cluster: string;
  /** Names the record: its topic, partition and offset. */
  record: string;
  part: string;
}

/**
 * Records as read-only editor tabs, each under its place in its cluster and topic. A text is kept as long as its document
 * is open; one that is opened again as something else (read by another schema, of a topic made anew) changes with it.
 */
export class RecordDocuments implements vscode.Disposable, vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument((d) => this.#texts.delete(d.uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      l10n.t('This record was opened in an earlier session. Open it again from its page.')
    );
  }

  async open(tab: RecordTab): Promise<void> {
    const document = await this.#document(tab);
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  }

  async compare(left: RecordTab, right: RecordTab): Promise<void> {
    const { uri: leftUri } = await this.#document(left);
    const { uri: rightUri } = await this.#document(right);
    await vscode.commands.executeCommand('vscode.diff', leftUri, rightUri, `${left.record} ↔ ${right.record}`);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #document({ cluster, record, part, text, language, extension }: RecordTab): Promise<vscode.TextDocument> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${record} ${part}.${extension}`, query: cluster });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    return document.languageId === language ? document : vscode.languages.setTextDocumentLanguage(document, language);
  }
}
