import * as l10n from '@vscode/l10n';
import type { ReadSpec, ScanStatus } from '../../src/shared/messagesPage.ts';
import { messageCount } from '../../src/shared/counts.ts';

/** What an empty grid means, and whether reading from earliest is the next step. */
export function emptyText(
  topic: string,
  status: ScanStatus,
  read: ReadSpec | null,
): { text: string; earliest: boolean } {
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
      return read?.filter && status.scanned > 0
        ? {
            text: l10n.t('Nothing in {0} matched the filter.', messageCount(status.scanned)),
            earliest: !fromEarliest,
          }
        : { text: l10n.t('{0} has no messages in this range.', topic), earliest: !fromEarliest };
  }
}
