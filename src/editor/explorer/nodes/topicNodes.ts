import * as l10n from '@vscode/l10n';
import type { Group, PartitionWithOffsets, Topic, TopicPartition } from '../../../core/kafka/clusterClient.ts';
import type { ClusterSession } from '../clusterSession.ts';
import { diskText, sizeText } from './diskSize.ts';
import { errorNode } from './errorNode.ts';
import { groupIcon, groupPartitionNode } from './groupNodes.ts';
import { groupPosition, needsAttention, positionText, topicsOf } from './groupPosition.ts';
import { formatCount, joined, type ExplorerNode, type NodeIcon } from './node.ts';
import { settingsNode } from './settingNodes.ts';
import { groupActivity } from '../../../shared/groupActivity.ts';
import { groupCount, messageCount, partitionCount } from '../../../shared/counts.ts';
import { groupProtocol } from './words.ts';

/** How the reader of the tree likes to see topics. */
export interface TopicView {
  matches: (name: string) => boolean;
  showInternal: boolean;
  favourites: ReadonlySet<string>;
}

/** More topics than this are folded into folders of consecutive names, so that the list stays quick to draw and scroll. */
const FOLD_ABOVE = 500;
const FOLDER_SIZE = 200;

/** The folder "Topics". */
export function topicsNode(session: ClusterSession, view: TopicView): ExplorerNode {
  const clusterId = session.profile.id;
  const id = `${clusterId}/topics`;
  const all = session.topics.value ?? [];
  const shown = all.filter((t) => (view.showInternal || !t.internal) && view.matches(t.name));
  const hidden = view.showInternal ? 0 : all.filter((t) => t.internal && view.matches(t.name)).length;
  const description = joined(
    formatCount(shown.length),
    hidden > 0 ? l10n.t('hides {0} internal', formatCount(hidden)) : undefined,
  );
  return {
    id,
    context: view.showInternal ? 'topics internal' : 'topics',
    label: l10n.t('Topics'),
    ...(session.topics.value ? { description, spoken: `${l10n.t('Topics')}, ${description}` } : {}),
    icon: { codicon: 'list-unordered' },
    clusterId,
    children: async () => {
      await session.topics.ensure();
      // Names first; counts and readers are filled in when they arrive.
      void session.offsets.ensure();
      void session.sizes.ensure();
      void session.groups.ensure();
      return topicsOfFolder(session, id, view);
    },
  };
}

function topicsOfFolder(session: ClusterSession, id: string, view: TopicView): ExplorerNode[] {
  const { error } = session.topics;
  const topics = (session.topics.value ?? []).filter((t) => (view.showInternal || !t.internal) && view.matches(t.name));
  const readers = readersByTopic(session);
  const node = (topic: Topic, favourite: boolean) => topicNode(session, id, topic, favourite, readers);
  const favourites = topics.filter((t) => view.favourites.has(t.name));
  const rest = topics.filter((t) => !view.favourites.has(t.name));
  return [
    ...(error === undefined ? [] : [errorNode(id, session.profile.id, error)]),
    ...(session.offsets.error === undefined || error !== undefined
      ? []
      : [errorNode(`${id}/offsets`, session.profile.id, session.offsets.error)]),
    ...favourites.map((t) => node(t, true)),
    ...(rest.length > FOLD_ABOVE ? folders(session, id, rest, (t) => node(t, false)) : rest.map((t) => node(t, false))),
  ];
}

function folders(
  session: ClusterSession,
  parentId: string,
  topics: Topic[],
  node: (topic: Topic) => ExplorerNode,
): ExplorerNode[] {
  const chunks: Topic[][] = [];
  for (let at = 0; at < topics.length; at += FOLDER_SIZE) chunks.push(topics.slice(at, at + FOLDER_SIZE));
  return chunks.map((chunk, index) => ({
    id: `${parentId}/folder/${index}`,
    context: 'topicFolder',
    label: `${chunk[0]?.name ?? ''} … ${chunk.at(-1)?.name ?? ''}`,
    description: formatCount(chunk.length),
    icon: { codicon: 'folder' },
    clusterId: session.profile.id,
    children: () => chunk.map(node),
  }));
}

type Readers = ReadonlyMap<string, Group[]>;

/** Topic name -> groups with a commit or an assignment on it; undefined while not known yet. */
function readersByTopic(session: ClusterSession): Readers | undefined {
  if (!session.groups.value) return undefined;
  const readers = new Map<string, Group[]>();
  const groups = [...session.groups.value.values()].sort((a, b) => (a.group < b.group ? -1 : 1));
  for (const group of groups)
    for (const topic of topicsOf(group)) {
      const known = readers.get(topic);
      if (known) known.push(group);
      else readers.set(topic, [group]);
    }
  return readers;
}

function topicNode(
  session: ClusterSession,
  parentId: string,
  topic: Topic,
  favourite: boolean,
  readers: Readers | undefined,
): ExplorerNode {
  const clusterId = session.profile.id;
  const id = `${parentId}/topic/${topic.name}`;
  const span = messageSpan(session.offsets.value?.get(topic.name)?.partitions);
  const groups = readers && (readers.get(topic.name) ?? []);
  const trouble = topicTrouble(topic.partitions);
  const description = joined(
    topic.error ?? partitionCount(topic.partitions.length),
    span === undefined ? undefined : messageCount(span),
    groups ? groupCount(groups.length) : undefined,
    trouble,
    sizeText(session, topic.name),
  );
  const expandable = topic.error === undefined;
  return {
    id,
    context: joinedContext(
      'topic',
      favourite ? 'favourite' : 'plain',
      topic.internal ? 'internal' : 'own',
      expandable ? 'ok' : 'failed',
    ),
    label: topic.name,
    description,
    spoken: joined(favourite ? l10n.t('favourite') : undefined, topic.name, description),
    tooltip: topicTooltip(topic, span, diskText(session, topic.name)),
    icon: topicIcon(topic, favourite, trouble !== undefined),
    clusterId,
    topic: topic.name,
    ...(expandable
      ? {
          children: () => [
            partitionsNode(session, id, topic),
            readByNode(session, id, topic.name),
            settingsNode(session, id, session.settingsOfTopic(topic.name), { topic: topic.name }),
          ],
        }
      : {}),
  };
}

const joinedContext = (...words: string[]) => words.join(' ');

/** Offsets between log start and high watermark; undefined while a partition's are unknown. */
function messageSpan(partitions: readonly PartitionWithOffsets[] | undefined): number | undefined {
  if (!partitions || partitions.length === 0) return undefined;
  let span = 0;
  for (const { logStart, highWatermark } of partitions) {
    if (logStart === null || highWatermark === null) return undefined;
    span += highWatermark - logStart;
  }
  return span;
}

function topicTrouble(partitions: readonly TopicPartition[]): string | undefined {
  const leaderless = partitions.filter((p) => p.leader === null).length;
  if (leaderless > 0) return l10n.t('{0} without a leader', partitionCount(leaderless));
  const under = partitions.filter((p) => p.isr.length < p.replicas.length).length;
  return under > 0 ? l10n.t('{0} under-replicated', partitionCount(under)) : undefined;
}

function topicIcon(topic: Topic, favourite: boolean, trouble: boolean): NodeIcon {
  if (topic.error !== undefined) return { codicon: 'error', colour: 'list.errorForeground' };
  if (trouble) return { codicon: 'warning', colour: 'list.warningForeground' };
  if (favourite) return { codicon: 'star-full', colour: 'charts.yellow' };
  return { codicon: topic.internal ? 'gear' : 'list-flat' };
}

function topicTooltip(topic: Topic, span: number | undefined, disk: string | undefined): string {
  const replication = Math.max(0, ...topic.partitions.map((p) => p.replicas.length));
  return [
    l10n.t('Topic {0}', topic.name),
    topic.error,
    topic.internal ? l10n.t('Internal: written by Kafka itself.') : undefined,
    joined(partitionCount(topic.partitions.length), l10n.t('replication factor {0}', replication)),
    span === undefined
      ? undefined
      : l10n.t(
          '{0} offsets between log start and high watermark; compaction and transactions can make it fewer messages.',
          formatCount(span),
        ),
    disk,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function partitionsNode(session: ClusterSession, parentId: string, topic: Topic): ExplorerNode {
  const id = `${parentId}/partitions`;
  return {
    id,
    context: 'partitions',
    label: l10n.t('Partitions'),
    description: formatCount(topic.partitions.length),
    icon: { codicon: 'layers' },
    expanded: true,
    clusterId: session.profile.id,
    topic: topic.name,
    children: async () => {
      await session.offsets.ensure();
      const known = session.offsets.value?.get(topic.name)?.partitions ?? [];
      const offsets = new Map(known.map((p) => [p.partition, p]));
      return topic.partitions.map((p) =>
        partitionNode(session.profile.id, id, topic.name, p, offsets.get(p.partition)),
      );
    },
  };
}

function partitionNode(
  clusterId: string,
  parentId: string,
  topic: string,
  partition: TopicPartition,
  offsets: PartitionWithOffsets | undefined,
): ExplorerNode {
  const description = joined(
    rangeText(offsets),
    partition.leader === null ? l10n.t('no leader') : l10n.t('leader {0}', partition.leader),
    partition.isr.length === 0 ? l10n.t('isr none') : l10n.t('isr {0}', partition.isr.join(',')),
    partition.isr.length < partition.replicas.length ? l10n.t('under-replicated') : undefined,
    offsets?.error ?? partition.error,
  );
  const failed = partition.leader === null || (offsets?.error ?? partition.error) !== undefined;
  const under = partition.isr.length < partition.replicas.length;
  return {
    id: `${parentId}/partition/${partition.partition}`,
    context: 'partition',
    label: `P${partition.partition}`,
    description,
    spoken: `${l10n.t('Partition {0}', partition.partition)}, ${description}`,
    tooltip: partitionTooltip(partition, offsets),
    icon: failed
      ? { codicon: 'error', colour: 'list.errorForeground' }
      : under
        ? { codicon: 'warning', colour: 'list.warningForeground' }
        : { codicon: 'symbol-array' },
    clusterId,
    topic,
    partition: partition.partition,
  };
}

/** First and last offset that can be read, and the one the next record will get. */
function rangeText(offsets: PartitionWithOffsets | undefined): string | undefined {
  if (!offsets || offsets.logStart === null || offsets.highWatermark === null) return undefined;
  const next = formatCount(offsets.highWatermark);
  if (offsets.highWatermark === offsets.logStart) return l10n.t('empty, next {0}', next);
  return l10n.t('{0} … {1}, next {2}', formatCount(offsets.logStart), formatCount(offsets.highWatermark - 1), next);
}

function partitionTooltip(partition: TopicPartition, offsets: PartitionWithOffsets | undefined): string {
  const shown = (value: number | null | undefined) => (value == null ? l10n.t('unknown') : formatCount(value));
  return [
    l10n.t('Log start offset: {0}', shown(offsets?.logStart)),
    l10n.t('High watermark: {0}', shown(offsets?.highWatermark)),
    l10n.t('Leader: {0}', partition.leader === null ? l10n.t('none') : partition.leader),
    l10n.t('Replicas: {0}', partition.replicas.join(', ')),
    l10n.t('In-sync replicas: {0}', partition.isr.join(', ')),
    ...(partition.error === undefined ? [] : [partition.error]),
  ].join('\n');
}

function readByNode(session: ClusterSession, parentId: string, topic: string): ExplorerNode {
  const id = `${parentId}/readBy`;
  const groups = readersByTopic(session)?.get(topic) ?? [];
  return {
    id,
    context: 'readBy',
    label: l10n.t('Read by'),
    ...(session.groups.value ? { description: formatCount(groups.length) } : {}),
    icon: { codicon: 'organization' },
    clusterId: session.profile.id,
    topic,
    children: async () => {
      await session.groups.ensure();
      const { error } = session.groups;
      const readers = readersByTopic(session)?.get(topic) ?? [];
      return [
        ...(error === undefined ? [] : [errorNode(id, session.profile.id, error)]),
        ...readers.map((group) => readerNode(session.profile.id, id, topic, group)),
      ];
    },
  };
}

/** A group under the topic it reads: its position on this topic only. */
function readerNode(clusterId: string, parentId: string, topic: string, group: Group): ExplorerNode {
  const id = `${parentId}/group/${group.group}`;
  const offsets = group.offsets.filter((o) => o.topic === topic).toSorted((a, b) => a.partition - b.partition);
  const position = groupPosition(offsets);
  const description = joined(positionText(position), groupActivity(group.state), groupProtocol(group));
  return {
    id,
    context: group.members.length === 0 ? 'reader empty' : 'reader active',
    label: group.group,
    description,
    spoken: `${group.group}, ${description}`,
    icon: groupIcon(group, needsAttention(position), false),
    clusterId,
    group: group.group,
    topic,
    children: () => offsets.map((o) => groupPartitionNode(clusterId, id, group, o)),
  };
}
