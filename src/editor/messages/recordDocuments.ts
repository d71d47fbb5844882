import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RecordDetail } from '../../shared/messagesPage.ts';
import type { RecordPart } from '../../shared/messagesPanel.ts';
import { partText } from './partText.ts';

const SCHEME = 'kafka-record';

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

  async open(cluster: string, topic: string, record: RecordDetail, part: RecordPart): Promise<void> {
    const document = await this.#document(cluster, topic, record, part);
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  }

  async compare(cluster: string, topic: string, left: RecordDetail, right: RecordDetail): Promise<void> {
    const documents = [
      await this.#document(cluster, topic, left, 'value'),
      await this.#document(cluster, topic, right, 'value'),
    ] as const;
    const title = `${name(topic, left)} ↔ ${name(topic, right)}`;
    await vscode.commands.executeCommand('vscode.diff', documents[0].uri, documents[1].uri, title);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #document(
    cluster: string,
    topic: string,
    record: RecordDetail,
    part: RecordPart,
  ): Promise<vscode.TextDocument> {
    const { text, language, extension } = partText(record, part);
    const uri = vscode.Uri.from({
      scheme: SCHEME,
      path: `/${name(topic, record)} ${part}.${extension}`,
      query: cluster,
    });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    return document.languageId === language ? document : vscode.languages.setTextDocumentLanguage(document, language);
  }
}

const name = (topic: string, record: RecordDetail) => `${topic} P${record.partition} ${record.offset}`;
