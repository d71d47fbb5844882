import * as l10n from '@vscode/l10n';
import type { LogDirectory } from '../../../core/kafka/topics/logDirectories.ts';
import type { ClusterSession } from '../clusterSession.ts';
import { errorNode } from './errorNode.ts';
import { bytesText, joined, type ExplorerNode } from './node.ts';

/** Topics listed under a log folder; the largest come first. */
const LARGEST = 50;

/** The folder "Logs on disk" of a broker. */
export function logDirectoriesNode(session: ClusterSession, parentId: string, broker: number): ExplorerNode {
  const clusterId = session.profile.id;
  const id = `${parentId}/logs`;
  const logs = session.logDirectories(broker);
  return {
    id,
    context: 'logs',
    label: l10n.t('Logs on disk'),
    ...(logs.value ? { description: bytesText(logs.value.reduce((sum, d) => sum + bytesIn(d), 0)) } : {}),
    icon: { codicon: 'database' },
    clusterId,
    broker,
    children: async () => {
      await logs.ensure();
      return [
        ...(logs.error === undefined ? [] : [errorNode(id, clusterId, logs.error)]),
        ...(logs.value ?? []).map((directory) => directoryNode(clusterId, id, directory)),
      ];
    },
  };
}

function directoryNode(clusterId: string, parentId: string, directory: LogDirectory): ExplorerNode {
  const id = `${parentId}/${directory.path}`;
  const topics = new Map<string, number>();
  for (const { topic, bytes } of directory.partitions) topics.set(topic, (topics.get(topic) ?? 0) + bytes);
  const largest = [...topics].sort((a, b) => b[1] - a[1]).slice(0, LARGEST);
  return {
    id,
    context: 'logDirectory',
    label: directory.path,
    description: joined(
      directory.error,
      bytesText(bytesIn(directory)),
      directory.usable === null || directory.total === null
        ? undefined
        : l10n.t('{0} of {1} free', bytesText(directory.usable), bytesText(directory.total)),
    ),
    icon: { codicon: directory.error === undefined ? 'folder' : 'error' },
    clusterId,
    children: () =>
      largest.map(([topic, bytes]) => ({
        id: `${id}/topic/${topic}`,
        context: 'topicSize',
        label: topic,
        description: bytesText(bytes),
        icon: { codicon: 'list-flat' },
        clusterId,
        topic,
      })),
  };
}

const bytesIn = (directory: LogDirectory) => directory.partitions.reduce((sum, p) => sum + p.bytes, 0);
