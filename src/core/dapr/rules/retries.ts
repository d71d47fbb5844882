import * as l10n from '@vscode/l10n';
import { retryOf } from '../delivery/retry.ts';
import { itemOf, looseItemOf, type Component, type MetadataItem } from '../resources/component.ts';
import { hasResiliency, inboundPolicy } from '../resources/resiliency.ts';
import { componentsOf, subscriptionsOf } from '../resources/visibility.ts';
import type { Subscription } from '../resources/subscription.ts';
import type { Workspace } from '../workspace.ts';
import type { Fix } from '../finding.ts';
import { durationText } from './durationText.ts';
import { addItem, remove, replaceByText } from './edits.ts';
import { deadLetterFix, deadLetterLine, retryPolicyFix } from './fileFixes.ts';
import type { Rule } from './rule.ts';

/** The setting that makes the component give a failed message up, or undefined: it retries for ever (the default). */
function givesUp(component: Component): MetadataItem | undefined {
  const { retryEnabled, maxRetries, maxElapsedMs } = retryOf(component);
  if (!retryEnabled) return looseItemOf(component, 'consumeRetryEnabled');
  if (maxRetries !== null) return itemOf(component, 'backOffMaxRetries');
  // With growing pauses it ends after a time, 15m where none is written (e-backoff-exp-elapsed2s).
  const timed = maxElapsedMs !== undefined && maxElapsedMs !== null;
  return timed ? (itemOf(component, 'backOffMaxElapsedTime') ?? itemOf(component, 'backOffPolicy')) : undefined;
}

/** The value that lets it retry without end; the message then blocks its partition until it succeeds. */
function retryForEver(component: Component, item: MetadataItem): Fix[] {
  const { valueNode } = item;
  if (valueNode === undefined) return [];
  const value = { backOffMaxRetries: '-1', backOffMaxElapsedTime: '0' }[item.name] ?? 'true';
  const edit =
    item.name === 'backOffPolicy'
      ? addItem(component, 'backOffMaxElapsedTime', '0')
      : valueNode.kind === 'scalar' && valueNode.style === 'plain' && !valueNode.alias
        ? { range: valueNode.range, newText: value }
        : replaceByText(valueNode, value);
  return edit === undefined ? [] : [{ title: l10n.t('Retry without end instead'), edits: [edit] }];
}

function kafkaOf(subscription: Subscription, workspace: Workspace): Component | undefined {
  const components = componentsOf(subscription, workspace);
  return components.every((component) => component.type === 'pubsub.kafka') ? components[0] : undefined;
}

function hasDeadLetters(subscription: Subscription): boolean {
  return (subscription.deadLetterTopic?.text ?? '') !== '' || subscription.deadLetterTopic?.node.templated === true;
}

export const retryRules: readonly Rule[] = [
  {
    id: 'K-20',
    severity: 'info',
    crossFile: true,
    on: 'subscription',
    *check(subscription, { workspace }) {
      const component = kafkaOf(subscription, workspace);
      if (component === undefined || hasDeadLetters(subscription) || subscription.document.conditional) return;
      if (subscription.skipped) return;
      if (givesUp(component) !== undefined || subscription.topic === undefined) return;
      const add = deadLetterLine(subscription);
      yield {
        range: subscription.topic.node.range,
        message: l10n.t(
          'A message that the app keeps failing on is retried every {0} without end and blocks its partition, also when a Resiliency limits the retries; a deadLetterTopic takes it out of the way.',
          durationText(retryOf(component).backOffMs ?? 5000),
        ),
        fixes: add === undefined ? [] : [{ title: l10n.t('Add {0}', 'deadLetterTopic'), edits: [add] }],
      };
    },
  },
  {
    id: 'K-21',
    severity: 'warning',
    crossFile: true,
    *check(component, { workspace }) {
      if (component.type !== 'pubsub.kafka') return;
      const item = givesUp(component);
      if (item === undefined) return;
      const subscriptions = subscriptionsOf(component, workspace);
      if (subscriptions.length > 0 && subscriptions.every(hasDeadLetters)) return;
      yield {
        range: (item.valueNode ?? item.node).range,
        message: l10n.t(
          'A message that fails is skipped for good as soon as the next one of its partition succeeds, unless its Subscription has a deadLetterTopic.',
        ),
        fixes: [
          ...deadLetterFix(subscriptions.filter((subscription) => !hasDeadLetters(subscription))),
          ...retryForEver(component, item),
        ],
      };
    },
  },
  {
    id: 'K-22',
    severity: 'info',
    crossFile: true,
    on: 'subscription',
    *check(subscription, { workspace }) {
      const component = kafkaOf(subscription, workspace);
      if (component === undefined || subscription.deadLetterTopic === undefined || !hasDeadLetters(subscription))
        return;
      if ((inboundPolicy(component.name, workspace)?.retryName ?? '') !== '') return;
      yield {
        range: subscription.deadLetterTopic.node.range,
        message: l10n.t(
          'The first failure of a message sends it straight to this topic: no Resiliency of this workspace has an inbound retry for the component {0}.',
          component.name,
        ),
        fixes: hasResiliency(workspace) ? [] : [retryPolicyFix(component, workspace)],
      };
    },
  },
  {
    id: 'K-13',
    severity: 'warning',
    on: 'subscription',
    *check(subscription) {
      for (const entry of subscription.metadata) {
        const { key } = entry;
        if (!IGNORED_IN_SUBSCRIPTIONS.has(key.text.toLowerCase())) continue;
        yield {
          range: key.range,
          message: l10n.t(
            'daprd does not read "{0}" from a Subscription; for Kafka only rawPayload and valueSchemaType count here. It belongs to the component.',
            key.text,
          ),
          fixes:
            entry.merged || subscription.metadata.length === 1
              ? []
              : [{ title: l10n.t('Remove "{0}"', key.text), edits: [remove(entry, subscription.document)] }],
        };
      }
    },
  },
];

const IGNORED_IN_SUBSCRIPTIONS = new Set([
  'consumergroup',
  'consumerid',
  'initialoffset',
  'consumeretryenabled',
  'partitionkey',
]);
