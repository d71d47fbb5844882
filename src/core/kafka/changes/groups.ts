import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient, Group } from '../clusterClient.ts';
import { deleteGroupsMessage } from '../protocol/deleteGroups.ts';
import { deleteShareGroupOffsetsMessage } from '../protocol/deleteShareGroupOffsets.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { offsetDeleteMessage } from '../protocol/offsetDelete.ts';
import type { BrokerConnection } from '../transport/connection.ts';
import { ChangeRefused, type Gate } from './gate.ts';
import { whoRuns } from './members.ts';
import { outcome, refusal, type ChangeOutcome } from './outcome.ts';

/** Deletes groups with their commits; the broker refuses one that has members (error 68), and they are named. */
export async function deleteGroups(
  client: ClusterClient,
  groups: readonly Group[],
  gate: Gate,
  options: CallOptions = {},
): Promise<ChangeOutcome> {
  const ids = groups.map((group) => group.group);
  await gate.pass({
    title: ids.length === 1 ? l10n.t('Delete the group {0}', ids[0] ?? '') : l10n.t('Delete {0} groups', ids.length),
    items: groups.map((group) => l10n.t('{0}: {1} committed positions are forgotten', group.group, commitsOf(group))),
    subject: ids.length === 1 ? (ids[0] ?? '') : String(ids.length),
  });
  const items: { name: string; message: string | null }[] = [];
  for (const coordinator of new Set(groups.map((group) => group.coordinator))) {
    const here = groups.filter((group) => group.coordinator === coordinator).map((group) => group.group);
    if (coordinator === null) {
      items.push(...here.map((name) => ({ name, message: kafkaErrorSentence(COORDINATOR_NOT_AVAILABLE) })));
      continue;
    }
    const broker = await client.connection.broker(coordinator);
    const { results } = await broker.request(deleteGroupsMessage, { groups: here }, options);
    for (const { group, errorCode } of results) {
      const known = groups.find((g) => g.group === group);
      const running = errorCode === NON_EMPTY_GROUP && known ? whoRuns(known) : null;
      items.push({ name: group, message: running ?? refusal(errorCode) });
    }
  }
  return outcome(items);
}

/** Forgets a group's commits on one topic. Deleting the last one may remove the group itself. */
export async function deleteGroupOffsets(
  client: ClusterClient,
  group: Group,
  topic: string,
  gate: Gate,
  options: CallOptions = {},
): Promise<ChangeOutcome> {
  const commits = group.offsets.filter((offset) => offset.topic === topic && offset.committed !== null);
  if (commits.length === 0) throw new ChangeRefused(l10n.t('{0} has no commits on {1}.', group.group, topic));
  if (group.coordinator === null) throw new ChangeRefused(kafkaErrorSentence(COORDINATOR_NOT_AVAILABLE));
  await gate.pass({
    title: l10n.t('Forget where {0} stands on {1}', group.group, topic),
    items: commits.map((offset) => `P${offset.partition}: ${offset.committed ?? ''} → ${l10n.t('none')}`),
    subject: group.group,
  });
  const coordinator = await client.connection.broker(group.coordinator);
  const partitions = commits.map((offset) => offset.partition);
  const codes = await forget(coordinator, group, topic, partitions, options);
  return outcome(
    partitions.map((partition) => {
      const code = codes.get(partition);
      const message = code === undefined ? l10n.t('The broker did not answer for it.') : refusal(code);
      return { name: `P${partition}`, message };
    }),
  );
}

/** Error code of each partition. Share groups forget whole topics. */
async function forget(
  coordinator: BrokerConnection,
  { group, type }: Group,
  topic: string,
  partitions: number[],
  options: CallOptions,
): Promise<ReadonlyMap<number, number>> {
  if (type === 'share') {
    const answer = await coordinator.request(deleteShareGroupOffsetsMessage, { group, topics: [topic] }, options);
    if (answer.errorCode !== 0) throw new ChangeRefused(kafkaErrorSentence(answer.errorCode));
    return new Map(answer.topics.flatMap((t) => partitions.map((partition) => [partition, t.errorCode] as const)));
  }
  const answer = await coordinator.request(offsetDeleteMessage, { group, topics: [{ topic, partitions }] }, options);
  if (answer.errorCode !== 0) throw new ChangeRefused(kafkaErrorSentence(answer.errorCode));
  return new Map(answer.topics.flatMap((t) => t.partitions).map((p) => [p.partition, p.errorCode]));
}

const COORDINATOR_NOT_AVAILABLE = 15;
const NON_EMPTY_GROUP = 68;

const commitsOf = (group: Group): number => group.offsets.filter((offset) => offset.committed !== null).length;
