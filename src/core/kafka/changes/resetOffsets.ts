import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient } from '../clusterClient.ts';
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
  const listed = (await client.groups(options)).groups.find((group) => group.group === plan.group);
  if (!listed || listed.coordinator === null)
    throw new ChangeRefused(l10n.t('The group "{0}" is gone: nothing was changed.', plan.group));
  const coordinator = await client.connection.broker(listed.coordinator);
  const answer = await coordinator.request(
    offsetCommitMessage,
    {
      group: plan.group,
      topics: byTopic(plan.changes, ({ partition, to }) => ({ partition, offset: to })),
    },
    options,
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
