import * as l10n from '@vscode/l10n';
import { formatAge } from '../components/format.ts';
import type { ReadSpec, ScanStatus } from '../../src/shared/messagesPage.ts';
import { messageCount } from '../../src/shared/counts.ts';
import { nothingToRead } from './statusText.ts';

/** What an empty grid means, and what the next step is: reading from earliest, the newest messages, or the range again. */
export interface EmptyText {
  text: string;
  earliest: boolean;
  newest?: boolean;
  again?: boolean;
  /** Which brokers have answered, while not all of them have. */
  brokers?: string;
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
  const text = reasonOf(topic, status, read, cleared, newest, now);
  const brokers = awaited(status);
  return brokers === null ? text : { ...text, brokers };
}

function reasonOf(
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
      if (read?.filter)
        return { text: l10n.t('Nothing matched so far in {0}.', messageCount(status.scanned)), earliest: false };
      return status.state === 'paused'
        ? { text: l10n.t('Paused before the first message.'), earliest: false }
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
      // None of the partitions that were asked for can be read, a group never committed on any of them, say.
      if (nothingToRead(status))
        return { text: l10n.t('Nothing could be read. The reason stands above.'), earliest: false };
      if (read?.filter && status.scanned > 0)
        return {
          text: l10n.t('Nothing in {0} matched the filter.', messageCount(status.scanned)),
          earliest: !fromEarliest,
        };
      return cleared ? nothingSince(topic, read) : nothingInRange(topic, !fromEarliest, newest, now);
  }
}

/** Which brokers have answered, while a reading waits for some; else null. */
export function awaited({ state, brokers: { answered, waiting } }: ScanStatus): string | null {
  if (waiting.length === 0 || !['resolving', 'reading', 'following'].includes(state)) return null;
  const names = (ids: number[]) => ids.map((id) => l10n.t('broker {0}', id)).join(', ');
  return answered.length === 0
    ? l10n.t('Not answered yet: {0}.', names(waiting))
    : l10n.t('Answered: {0}. Not yet: {1}.', names(answered), names(waiting));
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
