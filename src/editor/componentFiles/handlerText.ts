import * as l10n from '@vscode/l10n';
import {
  bulkOutcome,
  handlerOutcome,
  type HandlerAnswer,
  type MessageFate,
} from '../../core/dapr/delivery/handlerOutcome.ts';
import { bulkHelp, type HelpTexts } from '../../core/dapr/help/helpTexts.ts';
import { handlerSetup } from '../../core/dapr/delivery/handlerSetup.ts';
import type { Component } from '../../core/dapr/resources/component.ts';
import { isBulk, type Subscription } from '../../core/dapr/resources/subscription.ts';
import { componentsOf } from '../../core/dapr/resources/visibility.ts';
import { durationText } from '../../core/dapr/rules/durationText.ts';
import type { Workspace } from '../../core/dapr/workspace.ts';

/** The Kafka component through which a Subscription reads; undefined: none in these files. */
export function kafkaOf(subscription: Subscription, workspace: Workspace): Component | undefined {
  return componentsOf(subscription, workspace).find((component) => component.type === 'pubsub.kafka');
}

/** In a word, for the lens: what becomes of a message on which the app answers 500. */
export function failureName(
  subscription: Subscription,
  component: Component,
  workspace: Workspace,
  daprVersion: string,
): string {
  const { setup } = handlerSetup(subscription, component, workspace, daprVersion);
  return fateName(handlerOutcome('error', setup).fate);
}

/**
 * A page in Markdown: every answer of the handler, and what this component, its Resiliency and the dead letter topic make
 * of it; for a Subscription that gets batches, what each item's answer does.
 */
export function handlerText(
  subscription: Subscription,
  component: Component,
  workspace: Workspace,
  daprVersion: string,
  help: HelpTexts,
): string {
  const { setup, policy } = handlerSetup(subscription, component, workspace, daprVersion);
  const bulk = isBulk(subscription) ? bulkHelp(help) : undefined;
  const outcomes = (bulk?.answers ?? answers()).map(([answer, name]) => ({
    name,
    ...(bulk ? bulkOutcome : handlerOutcome)(answer, setup),
  }));
  const rows = outcomes.map(({ name, fate, attempts, committed, sentence }) => [
    name,
    `**${fateName(fate)}**`,
    sentence,
    attempts === null ? l10n.t('without end') : String(attempts),
    committed ? l10n.t('committed') : l10n.t('not committed'),
  ]);
  const retry = setup.resiliency;
  const none = l10n.t('none');
  const settings = [
    ['consumeRetryEnabled', String(setup.retryEnabled)],
    ['backOffMaxRetries', String(setup.maxRetries ?? -1)],
    ['backOffDuration', durationText(setup.backOffMs)],
    ['deadLetterTopic', subscription.deadLetterTopic?.text || none],
    [
      l10n.t('Resiliency, inbound retry'),
      retry === null
        ? none
        : `maxRetries ${retry.maxRetries ?? -1}, ${durationText(retry.durationMs)} (${policy?.file ?? ''})`,
    ],
    [
      l10n.t('Resiliency, inbound timeout'),
      setup.timeoutMs === null ? none : `${durationText(setup.timeoutMs)} (${policy?.file ?? ''})`,
    ],
  ];
  const evidence = bulk?.runs ?? [...new Set(outcomes.flatMap((o) => o.evidence))];
  return [
    `# ${l10n.t('If the handler of {0} fails', subscription.topic?.text ?? '')}`,
    l10n.t(
      '{0} reads through the component {1} ({2}); daprd {3}.',
      subscription.document.file,
      component.name,
      component.document.file,
      daprVersion,
    ),
    table([l10n.t('The app answers'), l10n.t('The message'), l10n.t('Why'), l10n.t('Calls'), l10n.t('Offset')], rows),
    ...(bulk ? [bulk.notes.map((note) => `- ${note}`).join('\n')] : []),
    `## ${l10n.t('What decides')}`,
    table([l10n.t('Setting'), l10n.t('Here')], settings),
    l10n.t('Seen on a running daprd 1.18.0: {0}.', evidence.join(', ')),
  ].join('\n\n');
}

function answers(): [HandlerAnswer, string][] {
  return [
    ['error', l10n.t('500, or any code but 2xx and 404')],
    ['not-found', '404'],
    ['drop', '200 `DROP`'],
    ['retry', '200 `RETRY`'],
    ['no-answer', l10n.t('nothing (timeout)')],
    ['unimplemented', 'gRPC `Unimplemented`'],
  ];
}

function fateName(fate: MessageFate): string {
  switch (fate) {
    case 'handled':
      return l10n.t('handled');
    case 'dropped':
      return l10n.t('dropped');
    case 'dead-lettered':
      return l10n.t('goes to the dead letter topic');
    case 'blocks':
      return l10n.t('blocks its partition');
    case 'skipped':
      return l10n.t('skipped');
    case 'lost':
      return l10n.t('lost');
    case 'waits':
      return l10n.t('waits without end');
  }
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
