import * as l10n from '@vscode/l10n';
import { looseItemOf, type Component } from '../resources/component.ts';
import { groupOf, isLiteralGroup } from '../resources/group.ts';
import { folderOf, shareAnApp, subscriptionsOf } from '../resources/visibility.ts';
import type { Workspace } from '../workspace.ts';
import { addItem, setValue } from './edits.ts';
import type { Problem, Rule } from './rule.ts';

/** Apps that load a resource, as far as the workspace tells; undefined: any. */
function visibleTo(component: Component, workspace: Workspace): string[] | undefined {
  if (component.scopes !== undefined) return component.scopes.map((scope) => scope.text);
  const ids = [...new Set(workspace.apps.map((app) => app.id))];
  return ids.length === 0 ? undefined : ids;
}

/** A topic that more than one app subscribes through the component; `unknown` without Subscriptions that could tell. */
function contested(component: Component, workspace: Workspace): { topic: string } | 'unknown' | undefined {
  const visible = visibleTo(component, workspace);
  const subscriptions = subscriptionsOf(component, workspace);
  if (subscriptions.length === 0) return 'unknown';
  const byTopic = new Map<string, Set<string>>();
  let open = false;
  for (const subscription of subscriptions) {
    const scopes = subscription.scopes?.map((scope) => scope.text);
    const apps =
      scopes?.filter((id) => visible === undefined || component.scopes === undefined || visible.includes(id)) ??
      visible;
    const topic = subscription.topic?.text ?? '';
    if (apps === undefined) open = true;
    const known = byTopic.get(topic) ?? new Set<string>();
    for (const app of apps ?? []) known.add(app);
    byTopic.set(topic, known);
    if (known.size > 1) return { topic };
  }
  return open ? 'unknown' : undefined;
}

function groupFix(component: Component, text: string): NonNullable<Problem['fixes']> {
  const group = groupOf(component);
  if (group.from === 'unknown') return [];
  const edit =
    group.from === 'appId' ? addItem(component, 'consumerGroup', text) : setValue(group.item, text, component.document);
  return edit === undefined ? [] : [{ title: l10n.t('Use the group {0}', text), edits: [edit] }];
}

/** Groups are equal for an app that loads both: the same text, whichever field it comes from. */
function sameGroup(a: Component, b: Component): boolean {
  const x = groupOf(a);
  const y = groupOf(b);
  return x.from !== 'unknown' && y.from !== 'unknown' && x.text === y.text && !x.text.includes('{uuid}');
}

function sameBrokers(a: Component, b: Component): boolean {
  const brokers = (component: Component) =>
    (looseItemOf(component, 'brokers')?.value ?? '')
      .split(',')
      .map((broker) => broker.trim())
      .sort()
      .join(',');
  return brokers(a) !== '' && brokers(a) === brokers(b);
}

export const sharedGroupRules: readonly Rule[] = [
  {
    id: 'K-14',
    severity: 'warning',
    consequence: 'runs',
    crossFile: true,
    on: 'component',
    *check(component, { workspace }) {
      if (component.type !== 'pubsub.kafka' || component.scopes?.length === 1) return;
      const group = groupOf(component);
      if ((group.from !== 'consumerGroup' && group.from !== 'consumerID') || !isLiteralGroup(group.text)) return;
      if (group.item.valueNode?.kind !== 'scalar') return;
      const topic = contested(component, workspace);
      if (topic === undefined) return;
      const range = group.item.valueNode.range;
      const fixes = groupFix(component, '{appID}');
      yield topic === 'unknown'
        ? {
            range,
            severity: 'info',
            message: l10n.t(
              'Every app that loads this component joins the one group {0}: if two of them subscribe the same topic, each message reaches only one of them.',
              group.text,
            ),
            fixes,
          }
        : {
            range,
            message: l10n.t(
              'Several apps subscribe {0} through the one group {1}: each message reaches only one of them.',
              topic.topic,
              group.text,
            ),
            fixes,
          };
    },
  },
  {
    id: 'K-15',
    severity: 'warning',
    consequence: 'runs',
    crossFile: true,
    on: 'component',
    *check(component, { workspace }) {
      if (component.type !== 'pubsub.kafka' || component.skipped) return;
      const folder = folderOf(component.document.file);
      const other = workspace.components.find(
        (c) =>
          c !== component &&
          c.type === 'pubsub.kafka' &&
          !c.skipped &&
          c.name !== component.name &&
          c.namespace === component.namespace &&
          folderOf(c.document.file) === folder &&
          shareAnApp(c, component) &&
          sameBrokers(c, component) &&
          sameGroup(c, component),
      );
      if (other === undefined) return;
      const group = groupOf(component);
      const node =
        group.from === 'consumerGroup' || group.from === 'consumerID' ? group.item.valueNode : component.nameNode;
      yield {
        range: (node ?? component.root).range,
        message: l10n.t(
          'An app that loads this component and {0} joins one group with both: they rebalance each other, and a topic that both subscribe is split between them.',
          other.name,
        ),
        fixes: groupFix(component, `{appID}-${component.name}`),
      };
    },
  },
];
