import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ResetTarget } from '../../../core/kafka/changes/resetTarget.ts';
import { rowCommand } from '../../panels/rowCommand.ts';
import type { ClusterSession } from '../clusterSession.ts';
import type { ExplorerNode } from '../nodes/node.ts';
import { editTopicSetting } from './editSettings.ts';
import { resetOffsets } from './resetOffsets.ts';
import { runChange, showOutcome, type ChangeTools, type LoadEngine } from './runChange.ts';
import { createTopic } from './createTopic.ts';
import { addPartitions, deleteRecords, deleteTopics } from './topicChanges.ts';

/** What these commands act on: a node of the tree, or the same fields from a page. */
type Target = Pick<ExplorerNode, 'clusterId' | 'topic' | 'partition' | 'group' | 'setting'> & {
  /** Of a reset that a page has planned: several topics, and where to; else it is asked. */
  topics?: readonly string[];
  to?: ResetTarget;
};

/** Commands that alter a cluster. Every one passes the gate. */
export function changeCommands(
  session: (clusterId: string) => ClusterSession | undefined,
  loadEngine: LoadEngine,
): vscode.Disposable[] {
  type Change = (tools: ChangeTools, targets: [Target, ...Target[]]) => Promise<void>;
  const planned = (id: string, change: Change) =>
    rowCommand<Target>(id, (target, selected) => {
      const same = (selected ?? []).filter((t) => t.clusterId === target.clusterId && t !== target);
      return runChange(
        () => session(target.clusterId),
        loadEngine,
        (tools) => change(tools, [target, ...same]),
      );
    });
  /** Asks for details only where a change can be made at all. */
  const command = (id: string, change: Change) =>
    planned(id, (tools, targets) => {
      tools.gate.check();
      return change(tools, targets);
    });
  return [
    command('createTopic', (tools) => createTopic(tools)),
    command('addPartitions', (tools, [{ topic }]) => addPartitions(tools, topic ?? '')),
    command('editTopicSetting', (tools, [{ topic, setting }]) => editTopicSetting(tools, topic ?? '', setting)),
    command('deleteTopic', (tools, targets) =>
      deleteTopics(
        tools,
        targets.flatMap((t) => t.topic ?? []),
      ),
    ),
    command('deleteRecords', (tools, [{ topic, partition }]) => deleteRecords(tools, topic ?? '', partition)),
    // A dry run is worth reading on a read-only cluster too.
    planned('resetOffsets', (tools, [{ group, topic, topics, to }]) =>
      resetOffsets(tools, group ?? '', topics ?? (topic === undefined ? undefined : [topic]), to),
    ),
    command('deleteGroup', (tools, targets) =>
      deleteGroups(
        tools,
        targets.flatMap((t) => t.group ?? []),
      ),
    ),
    command('deleteGroupOffsets', (tools, [{ group, topic }]) => deleteGroupOffsets(tools, group ?? '', topic ?? '')),
  ];
}

async function deleteGroups({ engine, client, gate }: ChangeTools, ids: readonly string[]): Promise<void> {
  const groups = await client.describeGroups(ids);
  showOutcome(l10n.t('Deleted: {0}', ids.join(', ')), await engine.deleteGroups(client, groups, gate));
}

async function deleteGroupOffsets({ engine, client, gate }: ChangeTools, id: string, topic: string): Promise<void> {
  const [group] = await client.describeGroups([id]);
  if (!group) return;
  const result = await engine.deleteGroupOffsets(client, group, topic, gate);
  showOutcome(l10n.t('{0} has no position on {1} any more.', id, topic), result);
}
