import * as l10n from '@vscode/l10n';
import type { Group, GroupMember, GroupOffset, GroupSummary, GroupType } from '../../../core/kafka/clusterClient.ts';
import type { ClusterSession } from '../clusterSession.ts';
import { errorNode } from './errorNode.ts';
import { groupPosition, needsAttention, ownersOf, positionText, topicsOf } from './groupPosition.ts';
import { formatCount, joined, type ExplorerNode, type NodeIcon } from './node.ts';
import { groupActivity } from '../../../shared/groupActivity.ts';
import { groupCount, memberCount } from '../../../shared/counts.ts';
import { groupProtocol, partitionList } from './words.ts';

/** The folder "Consumer groups". */
export function groupsNode(session: ClusterSession, matches: (name: string) => boolean): ExplorerNode {
  const clusterId = session.profile.id;
  const id = `${clusterId}/groups`;
  const all = session.groupListing.value?.groups;
  const shown = all?.filter((g) => matches(g.group));
  const label = l10n.t('Consumer groups');
  return {
    id,
    context: 'groups',
    label,
    ...(shown ? { description: formatCount(shown.length), spoken: `${label}, ${groupCount(shown.length)}` } : {}),
    icon: { codicon: 'organization' },
    clusterId,
    children: async () => {
      await session.groupListing.ensure();
      void session.groups.ensure();
      const { value, error } = session.groupListing;
      const groups = (value?.groups ?? []).filter((g) => matches(g.group));
      return [
        ...(error === undefined ? [] : [errorNode(id, clusterId, error)]),
        ...(value?.errors ?? []).map((e) => errorNode(`${id}/broker/${e.broker}`, clusterId, e.message)),
        ...(session.groups.error === undefined || error !== undefined
          ? []
          : [errorNode(`${id}/details`, clusterId, session.groups.error)]),
        ...groups.map((summary) => groupNode(session, id, summary, session.groups.value?.get(summary.group))),
      ];
    },
  };
}

/** One group; without details while they are still being asked for. */
function groupNode(
  session: ClusterSession,
  parentId: string,
  summary: GroupSummary,
  group: Group | undefined,
): ExplorerNode {
  const id = `${parentId}/group/${summary.group}`;
  const files = session.componentFiles(summary.group);
  const dapr = files.length > 0 ? l10n.t('Dapr: {0}', files.join(', ')) : undefined;
  const position = group && !group.error ? groupPosition(group.offsets) : undefined;
  const description = joined(
    groupActivity((group ?? summary).state),
    groupProtocol(summary),
    group && group.members.length > 0 ? memberCount(group.members.length) : undefined,
    position ? positionText(position) : undefined,
    group?.error,
    dapr,
  );
  return {
    id,
    context: groupContext(group ?? summary),
    label: summary.group,
    description,
    spoken: `${summary.group}, ${description}`,
    // A narrow tree cuts the end of a row off.
    tooltip: [groupTooltip(group ?? summary, group), ...(dapr === undefined ? [] : [dapr])].join('\n'),
    icon: groupIcon(group ?? summary, position !== undefined && needsAttention(position), group?.error !== undefined),
    clusterId: session.profile.id,
    group: summary.group,
    children: async () => {
      await session.groups.ensure();
      const details = session.groups.value?.get(summary.group);
      if (details) return groupParts(session.profile.id, id, details);
      return session.groups.error === undefined ? [] : [errorNode(id, session.profile.id, session.groups.error)];
    },
  };
}

function groupContext(group: GroupSummary): string {
  return group.state === 'Empty' || group.state === 'Dead' ? 'group empty' : 'group active';
}

export function groupIcon(group: GroupSummary, attention: boolean, failed: boolean): NodeIcon {
  if (failed) return { codicon: 'error', colour: 'list.errorForeground' };
  if (attention) return { codicon: 'warning', colour: 'list.warningForeground' };
  return group.state === 'Stable' ? { codicon: 'vm-running', colour: 'charts.green' } : { codicon: 'vm-outline' };
}

function groupTooltip(summary: GroupSummary, group: Group | undefined): string {
  return [
    l10n.t('Group {0}', summary.group),
    l10n.t('State: {0} (Kafka: {1})', groupActivity(summary.state), summary.state),
    l10n.t('Type: {0}', summary.type),
    summary.coordinator === null ? undefined : l10n.t('Coordinator: broker {0}', summary.coordinator),
    group?.assignor ? l10n.t('Assignor: {0}', group.assignor) : undefined,
    l10n.t('Each group gets every message; inside a group each partition has one reader.'),
    summary.type === 'share'
      ? l10n.t(
          'A share group is the exception: several members may read a partition, each message goes to one of them.',
        )
      : undefined,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function groupParts(clusterId: string, id: string, group: Group): ExplorerNode[] {
  if (group.error !== undefined) return [errorNode(id, clusterId, group.error)];
  const members: ExplorerNode = {
    id: `${id}/members`,
    context: 'members',
    label: l10n.t('Members'),
    description: group.members.length === 0 ? l10n.t('nobody reading') : formatCount(group.members.length),
    icon: { codicon: 'person' },
    clusterId,
    group: group.group,
    ...(group.members.length === 0
      ? {}
      : {
          expanded: true,
          children: () =>
            group.members
              .toSorted((a, b) => (a.clientId < b.clientId ? -1 : 1))
              .map((m) => memberNode(clusterId, id, group.group, m)),
        }),
  };
  return [members, ...topicsOf(group).map((topic) => groupTopicNode(clusterId, id, group, topic))];
}

function memberNode(clusterId: string, parentId: string, group: string, member: GroupMember): ExplorerNode {
  const assigned = member.assignment
    .filter((a) => a.partitions.length > 0)
    .map((a) => `${a.topic} ${partitionList(a.partitions)}`);
  const holds = assigned.length > 0 ? assigned.join(', ') : l10n.t('idle: no partition assigned');
  return {
    id: `${parentId}/member/${member.memberId}`,
    context: 'member',
    label: member.clientId,
    description: joined(holds, member.host),
    tooltip: [
      l10n.t('Client id: {0}', member.clientId),
      l10n.t('Member id: {0}', member.memberId),
      l10n.t('Host: {0}', member.host),
      ...(member.instanceId === undefined ? [] : [l10n.t('Static member (group.instance.id): {0}', member.instanceId)]),
      ...assigned,
    ].join('\n'),
    icon: { codicon: 'account' },
    copy: member.memberId,
    clusterId,
    group,
  };
}

function groupTopicNode(clusterId: string, parentId: string, group: Group, topic: string): ExplorerNode {
  const id = `${parentId}/topic/${topic}`;
  const offsets = group.offsets.filter((o) => o.topic === topic).toSorted((a, b) => a.partition - b.partition);
  return {
    id,
    context: group.members.length === 0 ? 'groupTopic empty' : 'groupTopic active',
    label: topic,
    description: positionText(groupPosition(offsets)),
    icon: { codicon: 'list-tree' },
    clusterId,
    group: group.group,
    topic,
    children: () => offsets.map((o) => groupPartitionNode(clusterId, id, group, o)),
  };
}

/** One partition as a group stands on it: committed, lag, and who reads it now. */
export function groupPartitionNode(clusterId: string, parentId: string, group: Group, o: GroupOffset): ExplorerNode {
  const owners = ownersOf(group, o.topic, o.partition).map((m) => m.clientId);
  const label = `P${o.partition}`;
  const reader = owners.length > 0 ? l10n.t('read by {0}', owners.join(', ')) : l10n.t('nobody reading');
  const description = joined(offsetText(o), reader);
  return {
    id: `${parentId}/partition/${o.partition}`,
    context: 'groupPartition',
    label,
    description,
    spoken: `${l10n.t('Partition {0}', o.partition)}, ${description}`,
    tooltip: offsetTooltip(o, group.type),
    icon: offsetIcon(o),
    ...(o.committed === null ? {} : { copy: String(o.committed) }),
    clusterId,
    group: group.group,
    topic: o.topic,
    partition: o.partition,
  };
}

function offsetText(o: GroupOffset): string {
  if (o.error !== undefined) return o.error;
  const end = o.highWatermark === null ? undefined : formatCount(o.highWatermark);
  if (o.committed === null) {
    return end === undefined
      ? l10n.t('committed: none')
      : l10n.t('committed: none (never committed), log ends at {0}', end);
  }
  const committed = formatCount(o.committed);
  return joined(
    end === undefined ? l10n.t('committed {0}', committed) : l10n.t('committed {0} of {1}', committed, end),
    o.lag === null ? l10n.t('lag unknown') : l10n.t('lag {0}', formatCount(o.lag)),
    (o.gone ?? 0) > 0 ? l10n.t('expired: {0} already deleted by Kafka', formatCount(o.gone ?? 0)) : undefined,
    (o.ahead ?? 0) > 0 ? l10n.t('{0} ahead of the end of the log', formatCount(o.ahead ?? 0)) : undefined,
  );
}

function offsetIcon(o: GroupOffset): NodeIcon {
  if (o.error !== undefined) return { codicon: 'error', colour: 'list.errorForeground' };
  if (o.committed === null || (o.gone ?? 0) > 0 || (o.ahead ?? 0) > 0)
    return { codicon: 'warning', colour: 'list.warningForeground' };
  return { codicon: o.lag === 0 ? 'check' : 'debug-step-over' };
}

function offsetTooltip(o: GroupOffset, type: GroupType): string {
  const shown = (value: number | null) => (value === null ? l10n.t('unknown') : formatCount(value));
  return [
    l10n.t('Committed offset: {0}', o.committed === null ? l10n.t('none') : formatCount(o.committed)),
    l10n.t('Log start offset: {0}', shown(o.logStart)),
    l10n.t('High watermark: {0}', shown(o.highWatermark)),
    ...(o.committed === null
      ? [
          type === 'share'
            ? l10n.t(
                'Where a share group starts is a setting of the group on the brokers (share.auto.offset.reset, latest by default).',
              )
            : l10n.t('Where a reader of this group starts here is decided by its own setting (auto.offset.reset).'),
        ]
      : []),
    ...((o.ahead ?? 0) > 0
      ? [l10n.t('The commit is above the end of the log: the topic was recreated or truncated after it.')]
      : []),
  ].join('\n');
}
