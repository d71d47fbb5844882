import * as l10n from '@vscode/l10n';
import { looseItemOf, type Component } from '../resources/component.ts';
import { groupOf, isLiteralGroup } from '../resources/group.ts';
import { appsOf, shareAnApp, subscriptionsOf } from '../resources/visibility.ts';
import { folderOf, resourceFoldersOf } from '../resources/folders.ts';
import type { Workspace } from '../workspace.ts';
import { addItem, setValue } from './edits.ts';
import type { Problem, Rule } from './rule.ts';

/** A topic that more than one app subscribes through the component; `unknown` without Subscriptions that could tell. */
function contested(component: Component, workspace: Workspace): { topic: string } | 'unknown' | undefined {
  const visible = appsOf(component, workspace);
  const subscriptions = subscriptionsOf(component, workspace);
  // A run file tells of every app that reads a folder.
  const folder = folderOf(component.document.file);
  if (visible?.length === 1 && workspace.apps.some((app) => resourceFoldersOf(app).includes(folder))) return undefined;
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

/** Same folder, cluster and group text: what two components need to meet in one group. Undefined: none, or not known. */
function meetingPlace(component: Component): string | undefined {
  if (component.type !== 'pubsub.kafka' || component.skipped) return undefined;
  const group = groupOf(component);
  const brokers = (looseItemOf(component, 'brokers')?.value ?? '').split(',').map((broker) => broker.trim());
  if (group.from === 'unknown' || group.text.includes('{uuid}') || brokers.join('') === '') return undefined;
  return JSON.stringify([folderOf(component.document.file), component.namespace, brokers.sort(), group.text]);
}

function byMeetingPlace(workspace: Workspace): Map<string, Component[]> {
  const places = new Map<string, Component[]>();
  for (const component of workspace.components) {
    const place = meetingPlace(component);
    if (place === undefined) continue;
    const met = places.get(place);
    if (met === undefined) places.set(place, [component]);
    else met.push(component);
  }
  return places;
}

export const sharedGroupRules: readonly Rule[] = [
  {
    id: 'K-14',
    severity: 'warning',
    crossFile: true,
    *check(component, { workspace }) {
      if (
        component.type !== 'pubsub.kafka' ||
        (component.scopes && new Set(component.scopes.map((scope) => scope.text)).size === 1)
      )
        return;
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
    crossFile: true,
    *check(component, { workspace }) {
      const place = meetingPlace(component);
      if (place === undefined) return;
      const met = workspace.derive(byMeetingPlace).get(place) ?? [];
      const other = met.find((c) => c !== component && c.name !== component.name && shareAnApp(c, component));
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
