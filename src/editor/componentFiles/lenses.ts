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
  readonly #forecast: boolean;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(files: LintedFiles, facts: LiveFacts | null, forecast: boolean) {
    this.#files = files;
    this.#forecast = forecast;
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
    return components.flatMap((component) => [
      ...readers.filter((r) => r.component === component).map((reader) => this.#lens(document, component, reader)),
      ...(this.#forecast && component.type === 'pubsub.kafka' ? [forecastLens(document, component)] : []),
    ]);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #lens(document: vscode.TextDocument, component: Component, reader: Reader): vscode.CodeLens {
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
    return new vscode.CodeLens(placeOf(document, component), {
      title: parts.join(' · '),
      tooltip: l10n.t('Why it starts there'),
      command: 'kafkaDapr.explainStart',
      arguments: [document.uri, component.name],
    });
  }
}

function forecastLens(document: vscode.TextDocument, component: Component): vscode.CodeLens {
  return new vscode.CodeLens(placeOf(document, component), {
    title: l10n.t('Forecast'),
    tooltip: l10n.t('What it would receive and miss on a live cluster if it started now'),
    command: 'kafkaDapr.openForecast',
    arguments: [{ path: component.document.file, component: component.name }],
  });
}

function placeOf(document: vscode.TextDocument, component: Component): vscode.Range {
  const at = document.positionAt(component.document.start + component.root.range.start);
  return new vscode.Range(at, at);
}
