import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient, Group } from '../clusterClient.ts';
import { deleteGroupsMessage } from '../protocol/deleteGroups.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { onGroup } from '../protocol/rights.ts';
import { forgetOffsets, notAnswered, rightsToForget } from './forgetOffsets.ts';
import { cannotBeUndone, ChangeRefused, type Gate } from './gate.ts';
import { whoRuns } from './members.ts';
import { outcome, refusal, type ChangeOutcome } from './outcome.ts';
import { count } from '../../../shared/counts.ts';

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
    items: [cannotBeUndone(), ...groups.map(forgotten)],
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
      items.push({ name: group, message: running ?? refusal(errorCode, [onGroup('Delete', group)]) });
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
    items: commits.map(({ partition, committed }) => `P${partition}: ${count(committed)} → ${l10n.t('none')}`),
    subject: group.group,
  });
  const coordinator = await client.connection.broker(group.coordinator);
  const needed = rightsToForget(group.group, topic);
  const answers = await forgetOffsets(coordinator, group, commits, group.offsets, options);
  return outcome(
    commits.map(({ partition }) => {
      const answer = answers.find((place) => place.partition === partition)?.answer ?? notAnswered();
      return { name: `P${partition}`, message: typeof answer === 'string' ? answer : refusal(answer, needed) };
    }),
  );
}

const COORDINATOR_NOT_AVAILABLE = 15;
const NON_EMPTY_GROUP = 68;

function forgotten({ group, offsets }: Group): string {
  const commits = offsets.filter((offset) => offset.committed !== null).length;
  return commits === 1
    ? l10n.t('{0}: 1 committed position is forgotten', group)
    : l10n.t('{0}: {1} committed positions are forgotten', group, count(commits));
}
