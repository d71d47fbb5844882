import * as l10n from '@vscode/l10n';
import { componentOf } from '../catalog/catalog.ts';
import { itemOf, looseItemOf, valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import { isTrueText } from './booleans.ts';
import { addItem, setValue } from './edits.ts';
import type { Problem, Rule } from './rule.ts';

/** What a new subscriber misses, by component (section 7 of the behaviour: decided in each component's code). */
function* replay(component: Component): Generator<Problem> {
  if (component.document.conditional) return;
  const type = componentOf(component.type)?.type;
  const at = (item: MetadataItem | undefined) =>
    (item?.valueNode ?? item?.nameNode ?? component.typeNode ?? component.root).range;
  const text = (name: string): string | undefined => {
    const value = valueOf(looseItemOf(component, name));
    return value.known ? value.text : undefined;
  };
  const set = (name: string, value: string) => {
    const item = itemOf(component, name);
    const edit = item === undefined ? addItem(component, name, value) : setValue(item, value, component.document);
    return edit === undefined ? [] : [{ title: l10n.t('Set {0} to {1}', name, value), edits: [edit] }];
  };
  switch (type) {
    case 'pubsub.pulsar': {
      const item = itemOf(component, 'subscribeInitialPosition');
      const value = valueOf(item);
      if (value.known && value.text.toLowerCase() !== 'earliest')
        yield {
          range: at(item),
          message: l10n.t('A new subscription starts at the latest message: older ones are never received.'),
          fixes: set('subscribeInitialPosition', 'earliest'),
        };
      return;
    }
    case 'pubsub.jetstream': {
      const policy = text('deliverPolicy');
      const consumerName = component.name === '' ? 'consumer' : component.name;
      if (policy === 'new' || policy === 'last') {
        // Without a durable name `all` would replay the stream at every start: the fix names the consumer as well.
        const durable = text('durableName') === '' ? set('durableName', consumerName) : [];
        const edits = [...set('deliverPolicy', 'all'), ...durable].flatMap((fix) => fix.edits);
        yield {
          range: at(looseItemOf(component, 'deliverPolicy')),
          message: l10n.t(
            'deliverPolicy {0}: older messages of the stream are never received by a new consumer.',
            policy,
          ),
          fixes: [{ title: l10n.t('Set {0} to {1}', 'deliverPolicy', 'all'), edits }],
        };
      } else if ((policy === '' || policy === 'all') && text('durableName') === '')
        yield {
          range: at(looseItemOf(component, 'deliverPolicy')),
          message: l10n.t(
            'Without durableName each start makes a new consumer: the whole stream is received again every time.',
          ),
          fixes: set('durableName', consumerName),
        };
      return;
    }
    case 'pubsub.rocketmq': {
      const where = (text('fromWhere') ?? text('consumeFromWhere'))?.toLowerCase();
      if (
        where === undefined ||
        where === 'consumefromfirstoffset' ||
        where === 'consumefromtimestamp' ||
        (where === '' && (text('consumeFromWhere') ?? '') !== '')
      )
        return;
      yield {
        range: at(looseItemOf(component, 'fromWhere')),
        message: l10n.t('A new consumer group starts at the last offset: older messages are never received.'),
        fixes: set('fromWhere', 'ConsumeFromFirstOffset'),
      };
      return;
    }
    case 'pubsub.rabbitmq': {
      const keeps = text('deletedWhenUnused');
      if (keeps !== undefined && !/^(false|f|n|no|off|0)$/i.test(keeps))
        yield {
          range: at(looseItemOf(component, 'deletedWhenUnused')),
          message: l10n.t(
            'The queue disappears with its last consumer: messages that arrive while the app is down are never received.',
          ),
          fixes: set('deletedWhenUnused', 'false'),
        };
      const durable = text('durable');
      if (durable !== undefined && durable !== '' && !isTrueText(durable))
        yield {
          range: at(looseItemOf(component, 'durable')),
          message: l10n.t('A queue that is not durable is gone, with its messages, when the broker restarts.'),
          fixes: set('durable', 'true'),
        };
      return;
    }
    case 'pubsub.mqtt3': {
      if (isTrueText(text('cleanSession') ?? ''))
        yield {
          range: at(looseItemOf(component, 'cleanSession')),
          message: l10n.t(
            'With cleanSession the broker keeps nothing while the app is down: those messages are never received.',
          ),
          fixes: set('cleanSession', 'false'),
        };
      const id = itemOf(component, 'consumerID');
      if (id?.value?.includes('{uuid}') === true)
        yield {
          range: at(id),
          message: l10n.t(
            '{uuid} makes a new client id at every start: the broker’s messages for the old one are never received.',
          ),
          fixes: set('consumerID', '{appID}'),
        };
      return;
    }
    case 'pubsub.azure.eventhubs':
      yield {
        range: at(undefined),
        message: l10n.t(
          'A consumer group without a checkpoint starts at the latest event, and no setting changes that: older ones are never received.',
        ),
      };
      return;
    case 'pubsub.kubemq':
      yield { range: at(undefined), message: l10n.t('Only new messages are received, and no setting changes that.') };
      return;
    case 'pubsub.azure.servicebus.topics':
    case 'pubsub.gcp.pubsub':
    case 'pubsub.aws.snssqs':
      yield {
        range: at(undefined),
        message: l10n.t(
          'Only messages published after the subscription exists are received; Dapr creates it when the app subscribes for the first time.',
        ),
      };
      return;
    case 'pubsub.azure.servicebus.queues':
      yield {
        range: at(undefined),
        message: l10n.t('Messages wait in the queue for whoever comes first: apps do not each receive a copy.'),
      };
      return;
    default:
      return;
  }
}

export const otherBrokerRules: readonly Rule[] = [{ id: 'K-50', severity: 'info', consequence: 'runs', check: replay }];
