import * as l10n from '@vscode/l10n';
import { count } from '../../../shared/counts.ts';
import type { ForecastRule, PartitionStart, PartitionState } from './start.ts';

/**
 * One sentence on a partition: why it starts there and what that costs.
 * @param forgotten the commit that was deleted or expired, null: not known; `none`, the default: there was none
 */
export function startSentence(
  state: PartitionState,
  start: PartitionStart,
  forgotten: PartitionState['committed'] = 'none',
): string {
  const C = typeof state.committed === 'number' ? count(state.committed) : '?';
  const first = count(start.first);
  const skipped = count(start.skipped);
  const backlog = count(start.backlog);
  const gone = count(start.gone);
  switch (start.rule) {
    case null:
      return l10n.t('Not known: the partition’s offsets or the group’s commit could not be read.');
    case 'F-00':
      return l10n.t('The component does not start: nothing is delivered, and the group’s offsets stay as they are.');
    case 'F-18':
      return l10n.t('Kafka refuses the join: nothing is delivered, and the group’s offsets stay as they are.');
    case 'F-19':
      return l10n.t('A topic of this component is not there: nothing is delivered of any until it exists.');
    case 'F-25':
      return l10n.t('Kafka refuses what Dapr asks: nothing is delivered, and the group’s offsets stay as they are.');
    case 'F-01':
      return l10n.t(
        'Committed {0}: resumes there, {1} will be delivered; initialOffset has no effect here.',
        C,
        backlog,
      );
    case 'F-02':
      return l10n.t('Never committed, newest: starts at {0}; {1} never received.', first, skipped);
    case 'F-03':
      // Less than the log holds: what lay below the commit that there was had been handled.
      if (start.first !== null && state.logStart !== null && start.skipped !== start.first - state.logStart)
        return l10n.t(
          'No commit any more, newest: starts at {0}; of what came since the last commit, {1} never received.',
          first,
          skipped,
        );
      return l10n.t(
        'The group has no commit for this partition, newest: starts at {0}; {1} never received.',
        first,
        skipped,
      );
    case 'F-04':
      if (forgotten === null || (forgotten !== 'none' && forgotten > (state.highWatermark ?? 0)))
        return l10n.t(
          'No commit any more, oldest: starts at {0}; everything Kafka still keeps, {1}, will be delivered; how much of it was handled before is not known.',
          first,
          backlog,
        );
      if (forgotten !== 'none')
        return l10n.t(
          'No commit any more, oldest: starts at {0}; everything Kafka still keeps, {1}, will be delivered, {2} of it handled before.',
          first,
          backlog,
          count(start.replayed),
        );
      return l10n.t(
        'Never committed, oldest: starts at {0}; everything Kafka still keeps, {1}, will be delivered.',
        first,
        backlog,
      );
    case 'F-05a':
      return l10n.t(
        'Committed {0}, but Kafka deleted up to the log start: {1} already deleted by Kafka, and newest jumps to {2}; {3} more never received.',
        C,
        gone,
        first,
        skipped,
      );
    case 'F-05b':
      return l10n.t(
        'Committed {0}, but Kafka deleted up to the log start: {1} already deleted by Kafka; oldest continues at {2}.',
        C,
        gone,
        first,
      );
    case 'F-06a':
      return l10n.t(
        'Committed {0} lies above the end of the log (topic recreated?): starts at {1} and skips up to {2}, again at every start until the log passes {0}. Reset the group’s offsets while it is stopped.',
        C,
        first,
        skipped,
      );
    case 'F-06b':
      return l10n.t(
        'Committed {0} lies above the end of the log (topic recreated?): everything, {1}, is received twice at every start until the log passes {0}. Reset the group’s offsets while it is stopped.',
        C,
        backlog,
      );
    case 'F-07':
      return l10n.t(
        'New partition that no member reads yet: with newest the reader starts at its end when it notices (up to 16 minutes); {0} never received.',
        skipped,
      );
    case 'F-08':
      return l10n.t(
        'New partition that no member reads yet: delayed until the reader notices (up to 16 minutes), nothing is lost.',
      );
    case 'F-09':
      return l10n.t('The partition is empty: nothing to deliver.');
    case 'F-10':
      return l10n.t('Committed {0}, the end of the log: caught up.', C);
    case 'F-17':
      return start.skipped === 0
        ? l10n.t(
            'The group gets a new name at every start: everything, {0}, is delivered again at each of them.',
            backlog,
          )
        : l10n.t('The group gets a new name at every start: starts at {0}; {1} never received.', first, skipped);
    case 'F-11':
    case 'F-12':
    case 'F-13':
    case 'F-14':
    case 'F-15':
    case 'F-16':
    case 'F-20':
    case 'F-21':
    case 'F-22':
    case 'F-23':
    case 'F-24':
      return ruleTitle(start.rule);
  }
}

/** What a forecast rule says in general. */
export function ruleTitle(rule: ForecastRule): string {
  switch (rule) {
    case 'F-00':
      return l10n.t('The component does not start.');
    case 'F-01':
      return l10n.t('A commit inside the log is resumed, whatever initialOffset says.');
    case 'F-02':
      return l10n.t('No commit and newest: everything already in the partition is never received.');
    case 'F-03':
      return l10n.t('The group exists, but has no commit for this partition; newest starts at its end.');
    case 'F-04':
      return l10n.t('No commit and oldest: everything Kafka still keeps is delivered.');
    case 'F-05a':
      return l10n.t('Kafka deleted messages past the commit; newest then skips the rest too.');
    case 'F-05b':
      return l10n.t('Kafka deleted messages past the commit; oldest continues at the log start.');
    case 'F-06a':
    case 'F-06b':
      return l10n.t('The commit lies above the end of the log; nothing is committed until the log passes it.');
    case 'F-07':
    case 'F-08':
      return l10n.t('A partition added after the group’s assignment is noticed late.');
    case 'F-09':
      return l10n.t('The partition is empty.');
    case 'F-10':
      return l10n.t('The group has read everything.');
    case 'F-11':
      return l10n.t(
        'The first message keeps failing and nothing was committed yet: with newest the next start skips it and everything behind it.',
      );
    case 'F-12':
      return l10n.t(
        'The message at the committed position cannot be handled: it is retried for ever and the partition waits behind it.',
      );
    case 'F-13':
      return l10n.t('The last message failed and was not committed: it comes again at the next start.');
    case 'F-14':
      return l10n.t('The group is running: partitions go to whichever member they are assigned to.');
    case 'F-15':
      return l10n.t(
        '{namespace} renames the topic on the broker to <namespace><topic>; what others write to the plain topic is never received.',
      );
    case 'F-16':
      return l10n.t('Messages whose time to live has passed are acknowledged without being delivered.');
    case 'F-17':
      return l10n.t('The group gets a new name at every start and never has a commit.');
    case 'F-18':
      return l10n.t(
        'Kafka refuses the join (another assignor or protocol, or sessionTimeout), and nothing is delivered.',
      );
    case 'F-19':
      return l10n.t(
        'A topic does not exist or its name is invalid: nothing is delivered for any topic of this component until it exists.',
      );
    case 'F-20':
      return l10n.t('Several apps or components read this topic in one group: each receives only its share.');
    case 'F-21':
      return l10n.t(
        'Nobody reads in this group: Kafka forgets its commits some time after the last member left (offsets.retention.minutes, default 7 days).',
      );
    case 'F-22':
      return l10n.t(
        'While the app is unhealthy or does not listen, nothing is read; with newest, partitions without a commit lose what arrives meanwhile.',
      );
    case 'F-23':
      return l10n.t('The subscription has no matching route: messages are acknowledged and delivered to nobody.');
    case 'F-24':
      return l10n.t('Dapr reads uncommitted: messages of aborted and open transactions are delivered too.');
    case 'F-25':
      return l10n.t(
        'The brokers no longer serve what the component’s version makes Dapr ask: it joins its group, takes its share of the partitions and receives nothing, without an error in its log.',
      );
  }
}

/** The same with the rule's id behind it. */
export const ruleTitleWithId = (rule: ForecastRule): string => ruleTitle(rule).replace(/\.?$/, ` (${rule}).`);
