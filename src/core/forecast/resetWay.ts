import * as l10n from '@vscode/l10n';
import type { ReplayTarget } from '../../shared/replayPage.ts';
import { isoTime } from '../../shared/isoTime.ts';
import type { PartitionForecast } from './result.ts';
import { edit, startStep, toldTopics, untoldTopics, type Situation, type Step, type Way } from './way.ts';
import { afterReset, isEmpty, partitionsOf, resetTo } from './wayFigures.ts';

/**
 * Kafka refuses to change the offsets of a group that has members: the app must be stopped first. One that does not
 * exist has none to change: it must have handled a message.
 */
export function resetWay(situation: Situation, to: ReplayTarget): Way[] {
  const { group, initialOffset } = situation.component;
  const topics = toldTopics(situation);
  if (group === null || group === '' || topics.length === 0) return [];
  const absent = situation.exists === false;
  // There will be no message to handle, and none to reset to.
  if (absent && partitionsOf(situation).every(({ p }) => isEmpty(p))) return [];
  const stop: Step = {
    kind: 'stop',
    text: l10n.t('Stop every instance of the app: Kafka refuses while the group has members.'),
  };
  const before: Step[] = absent
    ? [
        ...(initialOffset === 'oldest' ? [] : [edit({ initialOffset: 'oldest' })]),
        {
          kind: 'start',
          text: l10n.t('Start the app until it has handled a message: group {0} does not exist before.', group),
        },
        stop,
      ]
    : situation.running
      ? [stop]
      : [];
  return [
    {
      id: 'reset',
      title: l10n.t('Reset the group’s offsets'),
      steps: [
        ...before,
        { kind: 'reset', text: resetText(group, topics.join(', '), to), group, topics, to },
        startStep({ running: false }),
      ],
      costs: [
        ...(absent
          ? [l10n.t('On the way the app handles messages from the log start on.')]
          : situation.running
            ? [l10n.t('The app is down while the offsets are reset.')]
            : []),
        ...outOfReach(situation, to),
        ...leftOut(situation),
      ],
      ...afterReset(situation, to),
      ...(to.kind === 'time' ? { about: true as const } : {}),
    },
  ];
}

function resetText(group: string, topics: string, to: ReplayTarget): string {
  switch (to.kind) {
    case 'earliest':
      return l10n.t('Reset {0} on {1} to the log start.', group, topics);
    case 'latest':
      return l10n.t('Reset {0} on {1} to the end.', group, topics);
    case 'offset':
      return l10n.t('Reset {0} on {1} to offset {2}.', group, topics, to.offset);
    case 'time':
      return l10n.t('Reset {0} on {1} to the first message since {2}.', group, topics, isoTime(to.timestamp));
  }
}

/** What the wish asks for and Kafka does not have, no more or not yet. */
function outOfReach(situation: Situation, to: ReplayTarget): string[] {
  const several = situation.component.topics.length > 1;
  const names = (of: (p: PartitionForecast, topic: string) => boolean) =>
    partitionsOf(situation)
      .flatMap(({ p, topic }) => (of(p, topic) ? [several ? `${topic} P${p.partition}` : `P${p.partition}`] : []))
      .join(', ');
  const costs: string[] = [];
  if (to.kind === 'offset') {
    const { offset } = to;
    const beyond = names(({ highWatermark }) => highWatermark !== null && offset > highWatermark);
    const deleted = names(({ logStart }) => logStart !== null && offset < logStart);
    if (beyond !== '')
      costs.push(
        l10n.t('There is no offset {0} yet: of {1} the app receives only what is written from now on.', offset, beyond),
      );
    if (deleted !== '')
      costs.push(l10n.t('Kafka has deleted offset {0}: on {1} the app starts at the log start.', offset, deleted));
  }
  if (to.kind === 'time') {
    const start = (p: PartitionForecast, topic: string) => resetTo(situation, to, p, topic);
    const beyond = names((p, topic) => !isEmpty(p) && p.highWatermark !== null && start(p, topic) === p.highWatermark);
    // What was deleted may have been written since then.
    const deleted = names((p, topic) => !isEmpty(p) && (p.logStart ?? 0) > 0 && start(p, topic) === p.logStart);
    if (beyond !== '')
      costs.push(l10n.t('No message of {0} is that new: the app receives only what is written from now on.', beyond));
    if (deleted !== '')
      costs.push(
        l10n.t('{0}: Kafka keeps only what is newer. What it has deleted of that time on does not come back.', deleted),
      );
  }
  return costs;
}

function leftOut(situation: Situation): string[] {
  const untold = untoldTopics(situation);
  return untold.length === 0
    ? []
    : [l10n.t('Left out, because the cluster tells nothing about it: {0}.', untold.join(', '))];
}
