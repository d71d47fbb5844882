import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readersOf, type Reader } from '../../core/dapr/delivery/readers.ts';
import type { Component } from '../../core/dapr/resources/component.ts';
import { groupText } from './hoverText.ts';
import type { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import { startName } from './startName.ts';

/** Above each Kafka component: which group reads, where it starts, and what a live cluster says it would miss. */
export class Lenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #files: LintedFiles;
  readonly #facts: LiveFacts | null;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(files: LintedFiles, facts: LiveFacts | null) {
    this.#files = files;
    this.#facts = facts;
    this.#subscriptions = [
      this.#changed,
      files.onDidChange((which) => which === 'all' && this.#changed.fire()),
      ...(facts ? [facts.onDidChange(() => this.#changed.fire())] : []),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const path = this.#files.refresh(document);
    const { workspace } = this.#files;
    const readers = readersOf(workspace, { namespace: null }).filter((r) => r.component.document.file === path);
    const components = [...new Set(readers.map((r) => r.component))];
    return components.flatMap((component) =>
      readers.filter((r) => r.component === component).map((reader) => this.#lens(document, component, reader)),
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #lens(document: vscode.TextDocument, component: Component, reader: Reader): vscode.CodeLens {
    const at = document.positionAt(component.document.start + component.root.range.start);
    const parts = [groupText(reader), startName(reader)];
    const missed = this.#facts?.missed(reader);
    if (missed && missed.neverReceived > 0)
      parts.push(
        l10n.t(
          '{0} messages of {1} will never be received',
          missed.neverReceived.toLocaleString(vscode.env.language),
          missed.topics.join(', '),
        ),
      );
    return new vscode.CodeLens(new vscode.Range(at, at), {
      title: parts.join(' · '),
      tooltip: l10n.t('Why it starts there'),
      command: 'kafkaDapr.explainStart',
      arguments: [document.uri, component.name],
    });
  }
}
