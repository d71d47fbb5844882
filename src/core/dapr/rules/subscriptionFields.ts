import * as l10n from '@vscode/l10n';
import { parseGoBool } from '../delivery/dryRun.ts';
import { isTopicName } from '../delivery/topicName.ts';
import { looseItemOf, valueOf } from '../resources/component.ts';
import { placeholderIn } from '../resources/placeholder.ts';
import { keyText, nodeAt, textOf } from '../yaml/nodes.ts';
import { replaceByText, replaceScalar } from './edits.ts';
import type { Rule } from './rule.ts';

export const subscriptionFieldRules: readonly Rule[] = [
  {
    id: 'S-06',
    severity: 'error',
    consequence: 'not-loaded',
    on: 'subscription',
    *check(subscription, { options }) {
      const bulk = subscription.bulkSubscribe;
      if (bulk?.kind === 'seq') {
        const first = bulk.items[0];
        const { text } = subscription.document;
        const flat = bulk.items.length === 1 && first?.kind === 'map' && !bulk.flow && !first.flow;
        const dash = flat ? text.lastIndexOf('-', first.range.start) : -1;
        yield {
          range: bulk.range,
          message: l10n.t(
            'daprd does not load this Subscription: bulkSubscribe is an object, not a list ("json: cannot unmarshal array into … BulkSubscribe").',
          ),
          fixes:
            dash < 0
              ? []
              : [
                  {
                    title: l10n.t('Convert to an object'),
                    edits: [{ range: { start: dash, end: dash + 1 }, newText: ' ' }],
                    preferred: true,
                  },
                ],
        };
      }
      if (options.mode !== 'kubernetes') return;
      for (const { key, value } of subscription.metadata)
        if (value.kind !== 'scalar' || (typeof value.value !== 'string' && value.value !== null && !value.templated))
          yield {
            range: value.range,
            severity: 'warning',
            message: l10n.t(
              'Kubernetes refuses the Subscription: the value of {0} must be text. Put it in quotes.',
              keyText(key),
            ),
            fixes:
              value.kind === 'scalar'
                ? [
                    {
                      title: l10n.t('Put it in quotes'),
                      edits: [{ range: value.range, newText: JSON.stringify(textOf(value) ?? '') }],
                      preferred: true,
                    },
                  ]
                : [],
          };
    },
  },
  {
    id: 'S-08',
    severity: 'error',
    on: 'subscription',
    crossFile: true,
    *check(subscription, { workspace }) {
      const { topic, document } = subscription;
      if (topic?.node.templated === true || (topic === undefined && document.conditional)) return;
      const other = nodeAt(subscription.root, 'spec', 'topic');
      // A list or map keeps the whole document from decoding (C-10).
      if (other !== undefined && other.kind !== 'scalar') return;
      const name = topic?.text ?? '';
      if (isTopicName(name)) return;
      // The rule is Kafka's; other brokers have their own.
      const component = workspace.componentsNamed(subscription.pubsubname?.text ?? '')[0];
      if (component !== undefined && component.type !== 'pubsub.kafka' && name !== '') return;
      if (component === undefined && /[/:*#+]/.test(name)) return;
      const placeholder = placeholderIn(name);
      yield {
        range: (other ?? subscription.pubsubname?.node ?? subscription.root).range,
        // A deploy step may fill it in before daprd sees it.
        ...(placeholder === undefined ? {} : { severity: 'warning' }),
        message:
          name === ''
            ? l10n.t(
                'There is no topic: Kafka refuses the empty name and all topics of this component stop ("Error consuming […]. Retrying...: … invalid topic").',
              )
            : l10n.t(
                'Kafka refuses the topic name "{0}" and all topics of this component stop ("Error consuming […]. Retrying...: … invalid topic"). Allowed are letters, digits, ".", "_" and "-"; templates are not expanded here.',
                name,
              ),
      };
    },
  },
  {
    id: 'S-11',
    severity: 'warning',
    on: 'subscription',
    crossFile: true,
    *check({ topic, deadLetterTopic, pubsubname }, { workspace }) {
      if (topic === undefined || deadLetterTopic === undefined || deadLetterTopic.node.templated) return;
      const { text } = deadLetterTopic;
      const component = workspace.componentsNamed(pubsubname?.text ?? '')[0];
      if (text !== '' && component?.type === 'pubsub.kafka' && !isTopicName(text) && placeholderIn(text) === undefined)
        yield {
          range: deadLetterTopic.node.range,
          message: l10n.t(
            'Kafka refuses the topic name "{0}": a message that fails cannot be copied there and blocks its partition.',
            text,
          ),
        };
      if (text === '' || topic.text !== text) return;
      yield {
        range: deadLetterTopic.node.range,
        message: l10n.t('The dead letter topic is the topic itself: a message that fails comes back again and again.'),
        fixes: [
          {
            title: l10n.t('Replace by {0}', `${topic.text}-dlq`),
            edits: [replaceScalar(deadLetterTopic.node, `${topic.text}-dlq`)],
          },
        ],
      };
    },
  },
  {
    id: 'K-32',
    severity: 'error',
    on: 'subscription',
    *check(subscription) {
      for (const { key, value } of subscription.metadata) {
        const name = keyText(key);
        if (name.toLowerCase() !== 'rawpayload' || value.kind !== 'scalar' || value.templated) continue;
        if (name !== 'rawPayload') {
          yield {
            range: key.range,
            severity: 'warning',
            message: l10n.t(
              'daprd ignores "{0}": only the exact spelling rawPayload is read, so records are decoded as JSON.',
              name,
            ),
            fixes: [
              {
                title: l10n.t('Rename to {0}', 'rawPayload'),
                edits: [replaceScalar(key, 'rawPayload')],
                preferred: true,
              },
            ],
          };
          continue;
        }
        const text = textOf(value) ?? '';
        if (text === '' || parseGoBool(text) !== undefined) continue;
        const meant = /^(y|yes|on)$/i.test(text.trim()) || /^true$/i.test(text.trim()) ? 'true' : 'false';
        yield {
          range: value.range,
          message: l10n.t('Every message fails: "rawPayload value must be a valid boolean: actual is \'{0}\'".', text),
          fixes: [
            {
              title: l10n.t('Replace by {0}', meant),
              edits: [{ range: value.range, newText: JSON.stringify(meant) }],
              preferred: true,
            },
          ],
        };
      }
    },
  },
  {
    id: 'K-33',
    severity: 'error',
    consequence: 'daprd-stops',
    on: 'subscription',
    crossFile: true,
    *check(subscription, { workspace }) {
      const entry = subscription.metadata.find(({ key }) => keyText(key).toLowerCase() === 'valueschematype');
      if (entry?.value.kind !== 'scalar' || entry.value.templated) return;
      const text = textOf(entry.value) ?? '';
      const lower = text.toLowerCase();
      const component = workspace.componentsNamed(subscription.pubsubname?.text ?? '')[0];
      const url = component?.type === 'pubsub.kafka' ? valueOf(looseItemOf(component, 'schemaRegistryURL')) : undefined;
      const noRegistry = url?.known === true && url.text === '';
      if (lower !== 'avro' && lower !== 'none' && lower !== '')
        yield {
          range: entry.value.range,
          message: l10n.t(
            "The subscription never starts (it is retried for ever): error parsing schema type. '{0}' is not a supported value. Dapr knows avro and none.",
            text,
          ),
          fixes: (noRegistry ? ['none'] : ['avro', 'none']).map((word) => ({
            title: l10n.t('Replace by {0}', word),
            edits: [replaceByText(entry.value, word)],
          })),
        };
      else if (lower === 'avro' && noRegistry)
        yield {
          range: entry.value.range,
          consequence: 'runs',
          message: l10n.t(
            'Every message fails: "schema registry details not set". Component {0} has no schemaRegistryURL, and a dead letter topic does not help here.',
            component?.name ?? '',
          ),
        };
    },
  },
];
