import * as l10n from '@vscode/l10n';
import { isKafka, itemOf, looseItemOf, valueOf, type Component } from '../resources/component.ts';
import { groupOf } from '../resources/group.ts';
import { misspeltTags } from '../resources/placeholder.ts';
import { isForKubernetes } from '../resources/visibility.ts';
import { addItem, remove, replaceByText, setValue } from './edits.ts';
import type { Problem, Rule } from './rule.ts';

function replaceGroup(component: Component, text: string): NonNullable<Problem['fixes']> {
  const group = groupOf(component);
  const edit =
    group.from === 'appId' ? addItem(component, 'consumerGroup', text) : setValue(group.item, text, component.document);
  return edit === undefined ? [] : [{ title: l10n.t('Use the group {0}', text), edits: [edit] }];
}

/** Items whose value is a text in the file, templates of other tools left out. */
function* texts(component: Component) {
  for (const item of component.metadata) {
    const value = valueOf(item);
    if (value.known && item.valueNode?.kind === 'scalar') yield { item, text: value.text, node: item.valueNode };
  }
}

export const groupRules: readonly Rule[] = [
  {
    id: 'K-10',
    severity: 'warning',
    *check(component) {
      if (component.type !== 'pubsub.kafka') return;
      const group = groupOf(component);
      if (group.from !== 'consumerGroup' && group.from !== 'consumerID') return;
      const range = (group.item.valueNode ?? group.item.node).range;
      if (group.text.includes('{uuid}'))
        yield {
          range,
          message: l10n.t(
            '{uuid} makes a new consumer group at every start and hot reload: with newest nothing sent meanwhile is ever received, with oldest every instance receives the whole topic again each time, and dead groups pile up.',
          ),
          fixes: replaceGroup(component, '{appID}'),
        };
      else if (group.text.includes('{podName}'))
        yield {
          range,
          message: l10n.t(
            '{podName} makes one consumer group per pod: every pod receives every message, and pods of a Deployment get new names at each rollout, so their groups start from nothing (pods of a StatefulSet keep theirs).',
          ),
          fixes: replaceGroup(component, '{appID}'),
        };
    },
  },
  {
    id: 'K-11',
    severity: 'warning',
    *check(component) {
      if (!component.type.startsWith('pubsub.')) return;
      for (const { text, node } of texts(component)) {
        if (!text.includes('{namespace}')) continue;
        yield {
          range: node.range,
          message: l10n.t(
            '{namespace} renames every topic of this component on the broker to <namespace><topic>, without a separator, for publishing, subscribing and dead letters; as a value it becomes <namespace>.<app id>.',
          ),
        };
        return;
      }
    },
  },
  {
    id: 'K-12',
    severity: 'info',
    *check(component) {
      if (component.type !== 'pubsub.kafka') return;
      const id = itemOf(component, 'consumerID');
      if (id?.nameNode === undefined || groupOf(component).from !== 'consumerGroup') return;
      yield {
        range: id.nameNode.range,
        message: l10n.t('consumerID has no effect on Kafka beside consumerGroup.'),
        fixes: [
          {
            title: l10n.t('Remove "{0}"', 'consumerID'),
            edits: [remove(id.node, component.document)],
            preferred: true,
          },
        ],
      };
    },
  },
  {
    id: 'K-16',
    severity: 'warning',
    *check(component) {
      if (!isKafka(component)) return;
      const group = looseItemOf(component, 'consumerGroup');
      for (const { item, text, node } of texts(component)) {
        const name = item.name.toLowerCase();
        const listed = name === 'brokers' || name === 'oidcscopes';
        if (item !== group && !listed) continue;
        const single = text.replace(/\r?\n$/, '');
        if (item === group && single !== '' && single.trim() === '')
          yield { range: node.range, message: l10n.t('daprd keeps these blanks: they are the name of the group.') };
        else if (item === group && single !== single.trim())
          yield {
            range: node.range,
            message: l10n.t('daprd keeps the spaces around this name: it is another group than "{0}".', single.trim()),
            fixes: [
              { title: l10n.t('Remove the spaces'), edits: [replaceByText(node, single.trim())], preferred: true },
            ],
          };
        if (listed && /\S/.test(single) && /(?:^\s|\s,|,\s|[^\S\r\n]$)/.test(single)) {
          const tidy = single
            .split(',')
            .map((part) => part.trim())
            .join(',');
          yield {
            range: node.range,
            message:
              name === 'brokers'
                ? l10n.t(
                    'daprd keeps the spaces around commas: a host name with a blank cannot be resolved ("no such host"), and daprd stops unless another listed broker answers.',
                  )
                : l10n.t('daprd keeps the spaces around commas: scopes with a blank are other scopes.'),
            fixes: [{ title: l10n.t('Remove the spaces'), edits: [replaceByText(node, tidy)], preferred: true }],
          };
        }
      }
    },
  },
  {
    id: 'K-18',
    severity: 'warning',
    *check(component) {
      for (const { text, node } of texts(component)) {
        const tags = misspeltTags(text);
        const first = tags[0];
        if (first === undefined) continue;
        const fixed = tags.reduce((t, tag) => t.replace(tag.written, tag.meant), text);
        yield {
          range: node.range,
          message: l10n.t(
            'daprd does not know {0} and leaves it as text, the same for every app; it knows {1} only in this spelling.',
            first.written,
            first.meant,
          ),
          fixes: [{ title: l10n.t('Replace by {0}', fixed), edits: [replaceByText(node, fixed)], preferred: true }],
        };
      }
    },
  },
  {
    id: 'K-19',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component, { options }) {
      if (options.mode !== 'self-hosted' || (options.environment?.['POD_NAME'] ?? '') !== '') return;
      if (isForKubernetes(component)) return;
      for (const { item, text, node } of texts(component)) {
        if (!text.includes('{podName}')) continue;
        const fixed = text.replaceAll('{podName}', '{appID}');
        yield {
          range: node.range,
          message: l10n.t(
            'daprd stops where the environment has no POD_NAME, as outside Kubernetes: failed to parse metadata: property {0} refers to {podName} but podName is not set.',
            item.name,
          ),
          fixes: [{ title: l10n.t('Replace by {0}', fixed), edits: [replaceByText(node, fixed)] }],
        };
        return;
      }
    },
  },
  {
    id: 'K-64',
    severity: 'error',
    *check(component) {
      if (component.type !== 'bindings.kafka' || component.document.conditional) return;
      const topics = looseItemOf(component, 'topics');
      if (topics?.nameNode === undefined || (valueOf(topics).known && (topics.value ?? '') === '')) return;
      if (groupOf(component).from !== 'appId') return;
      const add = addItem(component, 'consumerGroup', '{appID}');
      yield {
        range: topics.nameNode.range,
        message: l10n.t(
          'Nothing is delivered: a Kafka binding without consumerGroup joins a group without a name ("kafka server: The provided group id was empty"), and daprd runs on.',
        ),
        fixes: add === undefined ? [] : [{ title: l10n.t('Add {0}', 'consumerGroup'), edits: [add], preferred: true }],
      };
    },
  },
];
