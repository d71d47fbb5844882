import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient } from '../clusterClient.ts';
import { isMoving, whileMoving } from '../groups/whileMoving.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { offsetCommitMessage } from '../protocol/offsetCommit.ts';
import { byTopic } from './byTopic.ts';
import { ChangeRefused, type Gate } from './gate.ts';
import type { ResetChange, ResetPlan } from './resetPlan.ts';

export interface ResetResult {
  /** Undo: committing `from` again where it is not null. */
  done: ResetChange[];
  failed: { change: ResetChange; message: string }[];
}

/**
 * Commits the offsets of a plan as an administrator, without joining the group. The broker is the judge of "empty": a
 * member that came up meanwhile makes it refuse (error 25). That the group exists is checked once more right before,
 * since a commit to a missing group would create it.
 */
export async function applyReset(
  client: ClusterClient,
  plan: ResetPlan,
  gate: Gate,
  options: CallOptions = {},
): Promise<ResetResult> {
  await gate.pass({
    title: l10n.t('Reset the offsets of {0}', plan.group),
    items: plan.changes.map((c) => `${c.topic} P${c.partition}: ${c.from ?? l10n.t('none')} → ${c.to}`),
    subject: plan.group,
  });
  const answer = await whileMoving(
    () => commit(client, plan, options),
    ({ topics }) => topics.some((t) => t.partitions.some((p) => isMoving(p.errorCode))),
    options.signal,
  );
  const codes = new Map(
    answer.topics.flatMap(({ topic, partitions }) =>
      partitions.map((p) => [`${topic}\0${p.partition}`, p.errorCode] as const),
    ),
  );
  const result: ResetResult = { done: [], failed: [] };
  for (const change of plan.changes) {
    const code = codes.get(`${change.topic}\0${change.partition}`);
    if (code === 0) result.done.push(change);
    else
      result.failed.push({
        change,
        message: code === undefined ? l10n.t('The broker did not answer for it.') : kafkaErrorSentence(code),
      });
  }
  return result;
}

/** At whichever broker coordinates the group now. */
async function commit(client: ClusterClient, { group, changes }: ResetPlan, options: CallOptions) {
  const listed = (await client.groups(options)).groups.find((g) => g.group === group);
  if (!listed || listed.coordinator === null)
    throw new ChangeRefused(l10n.t('The group "{0}" is gone: nothing was changed.', group));
  const coordinator = await client.connection.broker(listed.coordinator);
  const topics = byTopic(changes, ({ partition, to }) => ({ partition, offset: to }));
  return coordinator.request(offsetCommitMessage, { group, topics }, options);
}
