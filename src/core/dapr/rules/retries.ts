import * as l10n from '@vscode/l10n';
import { fieldOf } from '../catalog/catalog.ts';
import { looseItemOf, valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import { hasResiliency, inboundPolicy } from '../resources/resiliency.ts';
import { componentsOf, subscriptionsOf } from '../resources/visibility.ts';
import type { Subscription } from '../resources/subscription.ts';
import type { Workspace } from '../workspace.ts';
import { isTrueText } from './booleans.ts';
import type { Fix } from '../finding.ts';
import { remove, replaceByText } from './edits.ts';
import { deadLetterFix, deadLetterLine, retryPolicyFix } from './fileFixes.ts';
import type { Rule } from './rule.ts';

/** The setting that makes the component give a failed message up, or undefined: it retries for ever (the default). */
function givesUp(component: Component): MetadataItem | undefined {
  const enabled = looseItemOf(component, 'consumeRetryEnabled');
  const enabledValue = valueOf(enabled);
  if (enabled !== undefined && enabledValue.known && !isTrueText(enabledValue.text)) return enabled;
  const limit = component.metadata.findLast(
    (item) => item.name.startsWith('backOff') && fieldOf(component.type, item.name)?.name === 'backOffMaxRetries',
  );
  const limitValue = valueOf(limit);
  return limit !== undefined && limitValue.known && /^\+?\d+$/.test(limitValue.text) ? limit : undefined;
}

/** The value that lets it retry without end; the message then blocks its partition until it succeeds. */
function retryForEver({ type }: Component, { name, valueNode }: MetadataItem): Fix[] {
  if (valueNode === undefined) return [];
  const value = fieldOf(type, name)?.name === 'consumeRetryEnabled' ? 'true' : '-1';
  const edit =
    valueNode.kind === 'scalar' && valueNode.style === 'plain' && !valueNode.alias
      ? { range: valueNode.range, newText: value }
      : replaceByText(valueNode, value);
  return [{ title: l10n.t('Retry without end instead'), edits: [edit] }];
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
      if (givesUp(component) !== undefined || subscription.topic === undefined) return;
      const add = deadLetterLine(subscription);
      yield {
        range: subscription.topic.node.range,
        message: l10n.t(
          'A message that the app keeps failing on is retried every 5 s without end and blocks its partition, also when a Resiliency limits the retries; a deadLetterTopic takes it out of the way.',
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
