import * as l10n from '@vscode/l10n';
import { formatAge } from '../components/format.ts';
import type { ReadSpec, ScanStatus } from '../../src/shared/messagesPage.ts';
import { messageCount } from '../../src/shared/counts.ts';

/** What an empty grid means, and what the next step is: reading from earliest, the newest messages, or the range again. */
export interface EmptyText {
  text: string;
  earliest: boolean;
  newest?: boolean;
  again?: boolean;
}

/** `cleared`: the rows before were cleared away. `newest`: when the newest message was written, null: not known or none; `now`: both ms since the epoch. */
export function emptyText(
  topic: string,
  status: ScanStatus,
  read: ReadSpec | null,
  cleared: boolean,
  newest: number | null,
  now: number,
): EmptyText {
  const fromEarliest = read?.start.kind === 'earliest';
  switch (status.state) {
    case 'idle':
      return { text: l10n.t('Choose where to start and press ▶.'), earliest: true };
    case 'resolving':
      return { text: l10n.t('Asking the brokers where {0} starts and ends…', topic), earliest: false };
    case 'failed':
      return { text: l10n.t('Nothing could be read. The reason stands above.'), earliest: false };
    case 'reading':
    case 'paused':
      return read?.filter
        ? { text: l10n.t('Nothing matched so far in {0}.', messageCount(status.scanned)), earliest: false }
        : { text: l10n.t('Waiting for the first messages…'), earliest: false };
    case 'following':
      return read?.filter && status.scanned > 0
        ? {
            text: l10n.t('Nothing in {0} matched. New ones are checked as they arrive.', messageCount(status.scanned)),
            earliest: !fromEarliest,
          }
        : { text: l10n.t('Waiting for new messages of {0}.', topic), earliest: !fromEarliest };
    case 'stopped':
      return read?.filter
        ? {
            text: l10n.t('Nothing in {0} matched before it was stopped.', messageCount(status.scanned)),
            earliest: false,
          }
        : { text: l10n.t('Stopped before the first message.'), earliest: false };
    case 'done':
      if (read?.filter && status.scanned > 0)
        return {
          text: l10n.t('Nothing in {0} matched the filter.', messageCount(status.scanned)),
          earliest: !fromEarliest,
        };
      return cleared ? nothingSince(topic, read) : nothingInRange(topic, !fromEarliest, newest, now);
  }
}

/** A range that ends with what is there now may have got more since; any other had been read to its end. */
function nothingSince(topic: string, read: ReadSpec | null): EmptyText {
  const open = read?.end.kind === 'end' || read?.end.kind === 'count';
  const text = open
    ? l10n.t('Nothing has come to {0} since the rows were read and cleared.', topic)
    : l10n.t('The whole range had been read when its rows were cleared.');
  return { text, earliest: false, again: true };
}

function nothingInRange(topic: string, earliest: boolean, newest: number | null, now: number): EmptyText {
  if (newest === null) return { text: l10n.t('{0} has no messages in this range.', topic), earliest };
  const age = formatAge(newest, now);
  return {
    text: l10n.t('{0} has no messages in this range. The newest is from {1}.', topic, age),
    earliest,
    newest: true,
  };
}
