import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient, GroupSummary } from '../clusterClient.ts';
import { groupNotFound } from '../groups/notFound.ts';
import { isMoving, whileMoving } from '../groups/whileMoving.ts';
import { alterShareGroupOffsetsMessage } from '../protocol/alterShareGroupOffsets.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { offsetCommitMessage } from '../protocol/offsetCommit.ts';
import { onGroup, onTopic, type Right } from '../protocol/rights.ts';
import type { BrokerConnection } from '../transport/connection.ts';
import { KafkaError, type KafkaErrorKind } from '../transport/kafkaError.ts';
import { byTopic } from './byTopic.ts';
import { forgetOffsets, notAnswered, rightsToForget } from './forgetOffsets.ts';
import { ChangeRefused, type Gate } from './gate.ts';
import { whoRuns } from './members.ts';
import type { ResetChange, ResetPlan } from './resetPlan.ts';

export interface ResetResult {
  /** {@link undoOf} is the way back. */
  done: ResetChange[];
  failed: { change: ResetChange; message: string }[];
}

/** UNKNOWN_MEMBER_ID answers a commit, NON_EMPTY_GROUP a change of a share group, GROUP_SUBSCRIBED_TO_TOPIC a deletion: somebody reads. */
const HAS_MEMBERS: readonly (number | string)[] = [25, 68, 86];

/** The changes that bring back what was: the old commits, and none where there was none. */
export const undoOf = (done: readonly ResetChange[]): ResetChange[] =>
  done.map((c) => ({ ...c, from: c.to, to: c.from, lagBefore: c.lagAfter, lagAfter: c.lagBefore }));

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
      ...plan.changes.map((c) => `${c.topic} P${c.partition}: ${c.from ?? l10n.t('none')} → ${c.to ?? l10n.t('none')}`),
      ...plan.notes,
    ],
    subject: plan.group,
  });
  const codes = await whileMoving(
    () => write(client, plan, options),
    (answer) => [...answer.values()].some((code) => typeof code === 'number' && isMoving(code)),
    options.signal,
  );
  const running = HAS_MEMBERS.some((code) => [...codes.values()].includes(code))
    ? whoRuns((await client.describeGroups([plan.group], options))[0] ?? { group: plan.group, members: [] })
    : null;
  const result: ResetResult = { done: [], failed: [] };
  for (const change of plan.changes) {
    const code = codes.get(placeOf(change)) ?? notAnswered();
    if (code === 0) result.done.push(change);
    else if (typeof code === 'string') result.failed.push({ change, message: code });
    else {
      const named = HAS_MEMBERS.includes(code) ? running : null;
      result.failed.push({ change, message: named ?? kafkaErrorSentence(code, rightsFor(plan.group, change)) });
    }
  }
  return result;
}

function rightsFor(group: string, { topic, to }: ResetChange): Right[] {
  return to === null ? rightsToForget(group, topic) : [onGroup('Read', group), onTopic('Read', topic)];
}

/** Error code of each place; a sentence where the broker was not asked for it. */
type Codes = ReadonlyMap<string, number | string>;

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
  const moved = plan.changes.flatMap(({ to, ...place }) => (to === null ? [] : [{ ...place, to }]));
  const forgotten = plan.changes.filter(({ to }) => to === null);
  try {
    return new Map([
      ...(moved.length === 0 ? [] : await move(coordinator, listed, moved, options)),
      ...(forgotten.length === 0 ? [] : await forget(client, coordinator, listed, forgotten, options)),
    ]);
  } catch (error) {
    if (!(error instanceof KafkaError && UNANSWERED.has(error.kind))) throw error;
    throw unanswered(listed, moved.length > 0 && forgotten.length > 0, error);
  }
}

type Move = Omit<ResetChange, 'to'> & { to: number };

/** Classic, consumer and streams groups stand where they committed, a share group at its start offsets. */
async function move(
  coordinator: BrokerConnection,
  { group, type }: GroupSummary,
  changes: readonly Move[],
  options: CallOptions,
): Promise<Codes> {
  const body = { group, topics: byTopic(changes, ({ partition, to }) => ({ partition, offset: to })) };
  if (type !== 'share') return codesOf((await coordinator.request(offsetCommitMessage, body, options)).topics);
  const { errorCode, topics } = await coordinator.request(alterShareGroupOffsetsMessage, body, options);
  if (errorCode === 0) return codesOf(topics);
  return new Map(changes.map((change) => [placeOf(change), errorCode]));
}

async function forget(
  client: ClusterClient,
  coordinator: BrokerConnection,
  listed: GroupSummary,
  changes: readonly ResetChange[],
  options: CallOptions,
): Promise<Codes> {
  const [described] = await client.describeGroups([listed.group], options);
  const answers = await forgetOffsets(coordinator, listed, changes, described?.offsets ?? [], options);
  return new Map(answers.map((place) => [placeOf(place), place.answer]));
}

/** The request may have arrived: nobody knows what became of it. */
const UNANSWERED: ReadonlySet<KafkaErrorKind> = new Set(['closed', 'timeout', 'cancelled']);

/** The commits of a request are written as one batch; the starts of a share group partition by partition. */
function unanswered({ group, type }: GroupSummary, severalRequests: boolean, cause: KafkaError): KafkaError {
  const message =
    type === 'share' || severalRequests
      ? l10n.t(
          'Whether {0} was reset is not known, or only in part: look at where it stands. {1}',
          group,
          cause.message,
        )
      : l10n.t('{0} was reset as planned, or not at all: look at where it stands. {1}', group, cause.message);
  return new KafkaError(cause.kind, message, { code: cause.code, cause });
}

const codesOf = (topics: readonly { topic: string; partitions: { partition: number; errorCode: number }[] }[]): Codes =>
  new Map(
    topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, errorCode }) => [placeOf({ topic, partition }), errorCode] as const),
    ),
  );
