import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readersOf, type Reader } from '../../core/dapr/delivery/readers.ts';
import type { Component } from '../../core/dapr/resources/component.ts';
import type { Subscription } from '../../core/dapr/resources/subscription.ts';
import { groupText } from './groupText.ts';
import type * as HandlerText from './handlerText.ts';
import type { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import { joined, lensTitle } from './lensTitle.ts';
import { originLines } from './origins.ts';
import type { HelperParts } from './parts.ts';
import { startName } from './startName.ts';

/**
 * Above each Kafka component: which group reads, where it starts, and what a live cluster says it would miss. Above each
 * Subscription: what becomes of a message on which the handler fails.
 */
export class Lenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #files: LintedFiles;
  readonly #facts: LiveFacts | null;
  readonly #load: HelperParts['handlerText'];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(files: LintedFiles, facts: LiveFacts | null, load: HelperParts['handlerText']) {
    this.#files = files;
    this.#facts = facts;
    this.#load = load;
    this.#subscriptions = [this.#changed, files.onDidChange((which) => which === 'all' && this.#changed.fire())];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const path = this.#files.refresh(document);
    const { workspace } = this.#files;
    const readers = readersOf(workspace, { namespace: null }).filter((r) => r.component.document.file === path);
    const subscriptions = workspace.subscriptions.filter((s) => s.document.file === path && s.told === undefined);
    const handler = subscriptions.length === 0 ? null : await this.#load();
    return [
      ...(handler === null ? [] : subscriptions.flatMap((s) => this.#failureLens(document, s, handler))),
      ...readers.flatMap((reader, i) => [
        this.#lens(document, reader),
        // Once for all of a component's readers, after its first: the editor cuts a long line off at its end.
        ...(readers[i - 1]?.component === reader.component ? [] : this.#offers(document, reader.component, readers)),
      ]),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #failureLens(
    document: vscode.TextDocument,
    subscription: Subscription,
    { failureName, kafkaOf }: typeof HandlerText,
  ): vscode.CodeLens[] {
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

  #lens(document: vscode.TextDocument, reader: Reader): vscode.CodeLens {
    const live = this.#facts?.line(reader) ?? '';
    const full = [groupText(reader), startName(reader), live];
    return new vscode.CodeLens(placeOf(document, reader.component), {
      title: lensTitle(full, [groupText(reader, true), startName(reader, true), live]),
      tooltip: [joined(full), l10n.t('Why it starts there'), ...originLines(reader, this.#files.workspace)].join('\n'),
      command: 'kafkaDapr.explainStart',
      arguments: [document.uri, reader.component.name],
    });
  }

  #offers(document: vscode.TextDocument, component: Component, readers: readonly Reader[]): vscode.CodeLens[] {
    const place = placeOf(document, component);
    return [...questions(component, readers), ...(this.#facts?.offers(component, document.uri) ?? [])].map(
      (command) => new vscode.CodeLens(place, command),
    );
  }
}

/** What no file tells, a person can: the app, and what it subscribes in code. */
function questions(component: Component, all: readonly Reader[]): vscode.Command[] {
  if (component.type !== 'pubsub.kafka') return [];
  const readers = all.filter((reader) => reader.component === component);
  const commands: vscode.Command[] = [];
  if (readers.some((reader) => reader.app === null))
    commands.push({
      title: l10n.t('Which app reads here?'),
      tooltip: l10n.t('No file here tells an app id: say it once'),
      command: 'kafkaDapr.tellAppId',
    });
  if (readers.every((reader) => reader.topics.length === 0))
    commands.push({
      title: l10n.t('Subscribed in code?'),
      tooltip: l10n.t('No Subscription names this component: tell what the app subscribes in code'),
      command: 'kafkaDapr.declareSubscription',
      arguments: [component.name],
    });
  return commands;
}

function placeOf(document: vscode.TextDocument, resource: Component | Subscription): vscode.Range {
  const at = document.positionAt(resource.document.start + resource.root.range.start);
  return new vscode.Range(at, at);
}
