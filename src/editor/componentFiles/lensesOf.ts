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
 * Subscription: what becomes of a message on which the handler fails. `path`: the document's among the files.
 */
export async function lensesOf(
  document: vscode.TextDocument,
  path: string,
  files: LintedFiles,
  facts: LiveFacts | null,
  loadHandler: HelperParts['handlerText'],
): Promise<vscode.CodeLens[]> {
  const { workspace } = files;
  const subscriptions = workspace.subscriptions.filter((s) => s.document.file === path && s.told === undefined);
  const readers = readersOf(workspace, { namespace: null }).filter((r) => r.component.document.file === path);
  const handler = subscriptions.length === 0 ? null : await loadHandler();
  const offers = (component: Component) => [
    ...questions(component, readers),
    ...(facts?.offers(component, document.uri) ?? []),
  ];
  const at = (resource: Component | Subscription, command: vscode.Command) =>
    new vscode.CodeLens(placeOf(document, resource), command);
  return [
    ...subscriptions.flatMap((s) => {
      const command = handler && failure(document.uri, s, files, handler);
      return command ? [at(s, command)] : [];
    }),
    ...readers.flatMap((reader, i) => [
      at(reader.component, start(document.uri, reader, files, facts)),
      // Once for all of a component's readers, after its first: the editor cuts a long line off at its end.
      ...(readers[i - 1]?.component === reader.component
        ? []
        : offers(reader.component).map((command) => at(reader.component, command))),
    ]),
  ];
}

function failure(
  uri: vscode.Uri,
  subscription: Subscription,
  { workspace, options }: LintedFiles,
  { failureName, kafkaOf }: typeof HandlerText,
): vscode.Command | undefined {
  const component = kafkaOf(subscription, workspace);
  if (!component) return undefined;
  const name = failureName(subscription, component, workspace, options.daprVersion);
  return {
    title: l10n.t('If the handler fails: {0}', name),
    tooltip: l10n.t('What becomes of a message on 500, 404, DROP, RETRY and a timeout'),
    command: 'kafkaDapr.showHandlerOutcomes',
    arguments: [uri, subscription.document.index],
  };
}

function start(uri: vscode.Uri, reader: Reader, { workspace }: LintedFiles, facts: LiveFacts | null): vscode.Command {
  const live = facts?.line(reader) ?? '';
  const full = [groupText(reader), startName(reader), live];
  return {
    title: lensTitle(full, [groupText(reader, true), startName(reader, true), live]),
    tooltip: [joined(full), l10n.t('Why it starts there'), ...originLines(reader, workspace)].join('\n'),
    command: 'kafkaDapr.explainStart',
    arguments: [uri, reader.component.name],
  };
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
