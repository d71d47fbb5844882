import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readersOf, type Reader } from '../../core/dapr/delivery/readers.ts';
import type { Component } from '../../core/dapr/resources/component.ts';
import type { Subscription } from '../../core/dapr/resources/subscription.ts';
import { failureName, kafkaOf } from './handlerText.ts';
import { groupText } from './hoverText.ts';
import type { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import { startName } from './startName.ts';

/**
 * Above each Kafka component: which group reads, where it starts, and what a live cluster says it would miss. Above each
 * Subscription: what becomes of a message on which the handler fails.
 */
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
    const subscriptions = workspace.subscriptions.filter((s) => s.document.file === path);
    return [
      ...subscriptions.flatMap((subscription) => this.#failureLens(document, subscription)),
      ...components.flatMap((component) => [
        ...readers.filter((r) => r.component === component).map((reader) => this.#lens(document, component, reader)),
        ...(this.#forecast && component.type === 'pubsub.kafka' ? [forecastLens(document, component)] : []),
      ]),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #failureLens(document: vscode.TextDocument, subscription: Subscription): vscode.CodeLens[] {
    const { workspace, options } = this.#files;
    const component = kafkaOf(subscription, workspace);
    if (!component) return [];
    const name = failureName(subscription, component, workspace, options.daprVersion);
    return [
      new vscode.CodeLens(placeOf(document, subscription), {
        title: l10n.t('If the handler fails: {0}', name),
        tooltip: l10n.t('What becomes of a message on 500, 404, DROP, RETRY and a timeout'),
        command: 'kafkaDapr.showHandlerOutcomes',
        arguments: [document.uri, subscription.document.index],
      }),
    ];
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

function placeOf(document: vscode.TextDocument, resource: Component | Subscription): vscode.Range {
  const at = document.positionAt(resource.document.start + resource.root.range.start);
  return new vscode.Range(at, at);
}
