import * as l10n from '@vscode/l10n';
import { componentOf, fieldOf, isKnownField, nearestField } from '../catalog/catalog.ts';
import type { Component, MetadataItem } from '../resources/component.ts';
import { remove, replaceScalar } from './edits.ts';
import { atLeast, type Problem, type Rule } from './rule.ts';
import type { LintOptions } from '../lintOptions.ts';

/** Properties of Kafka clients, in lower case without separators, and Dapr's field for the same thing; null: there is none. */
const CLIENT_PROPERTIES: Record<string, string | null> = {
  autooffsetreset: 'initialOffset',
  offsetreset: 'initialOffset',
  startfrom: 'initialOffset',
  startoffset: 'initialOffset',
  frombeginning: 'initialOffset',
  groupid: 'consumerGroup',
  clientid: 'clientID',
  bootstrapservers: 'brokers',
  acks: 'producerRequiredAcks',
  requiredacks: 'producerRequiredAcks',
  compressiontype: 'compression',
  securityprotocol: 'authType',
  enabletls: 'disableTls',
  tls: 'disableTls',
  tlsinsecureskipverify: 'skipVerify',
  tlsca: 'caCert',
  enableautocommit: null,
  isolationlevel: null,
  groupinstanceid: null,
  enableidempotence: null,
};

/** Settings of a Subscription that look at home in a component. */
const SUBSCRIPTION_SETTINGS = [
  'rawpayload',
  'valueschematype',
  'deadlettertopic',
  'enabledeadletter',
  'route',
  'bulksubscribe',
];

function clientProperty(name: string): { dapr: string | null } | undefined {
  const key = name.toLowerCase().replace(/[._-]/g, '');
  if (key.startsWith('maxpoll')) return { dapr: null };
  const dapr = Object.hasOwn(CLIENT_PROPERTIES, key) ? CLIENT_PROPERTIES[key] : undefined;
  return dapr === undefined ? undefined : { dapr };
}

function isMisplaced(component: Component, name: string): boolean {
  return component.type === 'pubsub.kafka' && SUBSCRIPTION_SETTINGS.includes(name.toLowerCase());
}

function isBackOffLookalike(component: Component, name: string): boolean {
  return component.type === 'pubsub.kafka' && /^backoff/i.test(name) && !name.startsWith('backOff');
}

/** Named items whose key the component's code does not read in any letter case. */
function* unknownItems(component: Component): Generator<MetadataItem> {
  if (componentOf(component.type) === undefined) return;
  for (const item of component.metadata) {
    const { name, nameNode } = item;
    if (name === '' || nameNode === undefined || nameNode.templated || isBackOffLookalike(component, name)) continue;
    if (name.startsWith('backOff') && component.type.endsWith('.kafka')) {
      if (fieldOf(component.type, name) === undefined) yield item;
    } else if (!isKnownField(component.type, name)) yield item;
  }
}

function renameOrRemove(
  component: Component,
  item: MetadataItem,
  wanted: string | undefined,
): NonNullable<Problem['fixes']> {
  const { nameNode } = item;
  if (nameNode === undefined) return [];
  const taken = component.metadata.some(
    (other) => other !== item && other.name.toLowerCase() === wanted?.toLowerCase(),
  );
  const removal = { title: l10n.t('Remove "{0}"', item.name), edits: [remove(item.node, component.document)] };
  if (wanted === undefined || taken) return [removal];
  // Another spelling of a field is that field; a name that is only near is a guess.
  const preferred = item.name.toLowerCase() === wanted.toLowerCase();
  return [{ title: l10n.t('Rename to {0}', wanted), edits: [replaceScalar(nameNode, wanted)], preferred }, removal];
}

/** The values of auth and TLS settings have other words in Dapr: renaming alone would break the file. */
const RENAMES = new Set(['consumerGroup', 'clientID', 'brokers', 'compression', 'caCert', 'skipVerify']);

function renameTarget(dapr: string | null, options: LintOptions): string | undefined {
  if (dapr === 'producerRequiredAcks') return undefined;
  if (dapr === 'compression' && !atLeast(options, '1.16.0')) return undefined;
  return dapr !== null && RENAMES.has(dapr) ? dapr : undefined;
}

export const unknownKeyRules: readonly Rule[] = [
  {
    id: 'K-05',
    severity: 'warning',
    *check(component, { options }) {
      if (component.type !== 'pubsub.kafka') return;
      for (const item of unknownItems(component)) {
        const property = clientProperty(item.name);
        if (property === undefined || item.nameNode === undefined) continue;
        const dapr = property.dapr;
        yield {
          range: item.nameNode.range,
          message:
            dapr === null
              ? l10n.t(
                  'daprd ignores "{0}" without a message: it is a property of Kafka clients, and Dapr has no such setting.',
                  item.name,
                )
              : l10n.t(
                  'daprd ignores "{0}" without a message: it is a property of Kafka clients, which Dapr calls {1}.',
                  item.name,
                  dapr,
                ),
          fixes: renameOrRemove(component, item, renameTarget(dapr, options)),
        };
      }
    },
  },
  {
    id: 'K-06',
    severity: 'warning',
    *check(component) {
      for (const item of unknownItems(component)) {
        if (item.nameNode === undefined || isMisplaced(component, item.name)) continue;
        if (component.type === 'pubsub.kafka' && clientProperty(item.name) !== undefined) continue;
        const near = nearestField(component.type, item.name);
        const lower = item.name.toLowerCase();
        const binding = component.type === 'pubsub.kafka' && (lower === 'topics' || lower === 'publishtopic');
        const message = binding
          ? l10n.t(
              'daprd ignores "{0}" without a message: it belongs to bindings.kafka; topics of a pub/sub are named by Subscriptions.',
              item.name,
            )
          : near === undefined
            ? l10n.t('daprd ignores "{0}" without a message: {1} has no such setting.', item.name, component.type)
            : l10n.t(
                'daprd ignores "{0}" without a message: {1} has no such setting. Did you mean {2}?',
                item.name,
                component.type,
                near,
              );
        yield {
          range: item.nameNode.range,
          message,
          fixes: renameOrRemove(component, item, binding ? undefined : near),
        };
      }
    },
  },
  {
    id: 'K-51',
    severity: 'warning',
    *check(component) {
      for (const item of component.metadata) {
        if (item.nameNode === undefined || !isBackOffLookalike(component, item.name)) continue;
        const fixed = `backOff${item.name.slice('backOff'.length)}`;
        const field = fieldOf(component.type, fixed)?.name ?? fixed;
        yield {
          range: item.nameNode.range,
          message: l10n.t(
            'daprd ignores "{0}" without a message: retry settings must begin with exactly backOff. A message that fails is retried every 5 s without limit.',
            item.name,
          ),
          fixes: renameOrRemove(component, item, field),
        };
      }
    },
  },
  {
    id: 'K-63',
    severity: 'warning',
    *check(component) {
      for (const item of component.metadata) {
        if (item.nameNode === undefined || !isMisplaced(component, item.name)) continue;
        yield {
          range: item.nameNode.range,
          message: l10n.t('daprd ignores "{0}" here without a message: it belongs to the Subscription.', item.name),
          fixes: [{ title: l10n.t('Remove "{0}"', item.name), edits: [remove(item.node, component.document)] }],
        };
      }
    },
  },
];
