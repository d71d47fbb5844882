import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient, GroupSummary } from '../clusterClient.ts';
import { groupNotFound } from '../groups/notFound.ts';
import { isMoving, whileMoving } from '../groups/whileMoving.ts';
import { alterShareGroupOffsetsMessage } from '../protocol/alterShareGroupOffsets.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { offsetCommitMessage } from '../protocol/offsetCommit.ts';
import type { BrokerConnection } from '../transport/connection.ts';
import { KafkaError, type KafkaErrorKind } from '../transport/kafkaError.ts';
import { byTopic } from './byTopic.ts';
import { ChangeRefused, type Gate } from './gate.ts';
import { whoRuns } from './members.ts';
import type { ResetChange, ResetPlan } from './resetPlan.ts';

export interface ResetResult {
  /** Undo: committing `from` again where it is not null. */
  done: ResetChange[];
  failed: { change: ResetChange; message: string }[];
}

/** UNKNOWN_MEMBER_ID answers a commit, NON_EMPTY_GROUP a change of a share group: somebody reads. */
const HAS_MEMBERS = [25, 68];

/**
 * Writes the offsets of a plan as an administrator, without joining the group. The broker is the judge of "empty": a
 * member that came up meanwhile makes it refuse everything, and is named. That the group exists is checked once more
 * right before, since a commit to a missing group would create it.
 */
export async function applyReset(
  client: ClusterClient,
  plan: ResetPlan,
  gate: Gate,
  options: CallOptions = {},
): Promise<ResetResult> {
  await gate.pass({
    title: l10n.t('Reset the offsets of {0}', plan.group),
    items: [
      ...plan.changes.map((c) => `${c.topic} P${c.partition}: ${c.from ?? l10n.t('none')} → ${c.to}`),
      ...plan.notes,
    ],
    subject: plan.group,
  });
  const codes = await whileMoving(
    () => write(client, plan, options),
    (answer) => [...answer.values()].some(isMoving),
    options.signal,
  );
  const running = HAS_MEMBERS.some((code) => [...codes.values()].includes(code))
    ? whoRuns((await client.describeGroups([plan.group], options))[0] ?? { group: plan.group, members: [] })
    : null;
  const result: ResetResult = { done: [], failed: [] };
  for (const change of plan.changes) {
    const code = codes.get(placeOf(change));
    if (code === 0) result.done.push(change);
    else if (code === undefined) result.failed.push({ change, message: l10n.t('The broker did not answer for it.') });
    else {
      const named = HAS_MEMBERS.includes(code) ? running : null;
      result.failed.push({ change, message: named ?? kafkaErrorSentence(code) });
    }
  }
  return result;
}

/** Error code of each place. */
type Codes = ReadonlyMap<string, number>;

const placeOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}\0${partition}`;

/** At whichever broker coordinates the group now. */
async function write(client: ClusterClient, plan: ResetPlan, options: CallOptions): Promise<Codes> {
  const listing = await client.groups(options);
  const listed = listing.groups.find((g) => g.group === plan.group);
  if (!listed || listed.coordinator === null) {
    if (listing.errors.length === 0)
      throw new ChangeRefused(l10n.t('The group "{0}" is gone: nothing was changed.', plan.group));
    throw new KafkaError('kafka', `${groupNotFound(plan.group, listing)} ${l10n.t('Nothing was changed.')}`);
  }
  const coordinator = await client.connection.broker(listed.coordinator);
  try {
    return await (listed.type === 'share'
      ? moveStarts(coordinator, plan, options)
      : commit(coordinator, plan, options));
  } catch (error) {
    throw error instanceof KafkaError && UNANSWERED.has(error.kind) ? unanswered(listed, error) : error;
  }
}

/** The request may have arrived: nobody knows what became of it. */
const UNANSWERED: ReadonlySet<KafkaErrorKind> = new Set(['closed', 'timeout', 'cancelled']);

/** The commits of a request are written as one batch; the starts of a share group partition by partition. */
function unanswered({ group, type }: GroupSummary, cause: KafkaError): KafkaError {
  const message =
    type === 'share'
      ? l10n.t(
          'Whether {0} was reset is not known, or only in part: look at where it stands. {1}',
          group,
          cause.message,
        )
      : l10n.t('{0} was reset as planned, or not at all: look at where it stands. {1}', group, cause.message);
  return new KafkaError(cause.kind, message, { code: cause.code, cause });
}

/** Classic, consumer and streams groups stand where they committed. */
async function commit(coordinator: BrokerConnection, plan: ResetPlan, options: CallOptions): Promise<Codes> {
  const answer = await coordinator.request(offsetCommitMessage, bodyOf(plan), options);
  return codesOf(answer.topics);
}

/** A share group stands at its start offsets. */
async function moveStarts(coordinator: BrokerConnection, plan: ResetPlan, options: CallOptions): Promise<Codes> {
  const { errorCode, topics } = await coordinator.request(alterShareGroupOffsetsMessage, bodyOf(plan), options);
  if (errorCode === 0) return codesOf(topics);
  return new Map(plan.changes.map((change) => [placeOf(change), errorCode]));
}

const bodyOf = ({ group, changes }: ResetPlan) => ({
  group,
  topics: byTopic(changes, ({ partition, to }) => ({ partition, offset: to })),
});

const codesOf = (topics: readonly { topic: string; partitions: { partition: number; errorCode: number }[] }[]): Codes =>
  new Map(
    topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, errorCode }) => [placeOf({ topic, partition }), errorCode] as const),
    ),
  );
