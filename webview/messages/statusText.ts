import * as l10n from '@vscode/l10n';
import type { ScanStatus } from '../../src/shared/messagesPage.ts';
import { formatCount } from '../components/format.ts';

/** The line under the grid: how far the reading is, in one sentence. */
export function statusText(status: ScanStatus): string {
  if (nothingToRead(status)) return l10n.t('nothing could be read');
  const parts: string[] = [];
  if (status.state !== 'idle' && status.state !== 'resolving') {
    parts.push(
      status.left === null || cutShort(status)
        ? l10n.t('scanned {0}', formatCount(status.scanned))
        : l10n.t('scanned {0} of {1}', formatCount(status.scanned), formatCount(status.scanned + status.left)),
      l10n.t('matched {0}', formatCount(status.matched)),
    );
    if (status.failed > 0) parts.push(l10n.t('{0} could not be evaluated', formatCount(status.failed)));
    const ended = status.ranges.filter((r) => r.end === null || r.position >= r.end).length;
    if (status.state === 'reading' && status.rate > 0)
      parts.push(l10n.t('{0} messages/s', formatCount(Math.round(status.rate))));
    if (status.state === 'done' && ended > 0)
      parts.push(
        ended === 1 ? l10n.t('1 partition at its end') : l10n.t('{0} partitions at their end', formatCount(ended)),
      );
  }
  parts.push(cutShort(status) ? l10n.t('as many as were asked for') : (goneText(status) ?? stateText(status.state)));
  return parts.join(' · ');
}

/** None of what was asked for is there: `problems` say why. */
export const nothingToRead = ({ state, ranges, problems }: ScanStatus): boolean =>
  state === 'done' && ranges.length === 0 && problems.length > 0;

/** What a screen reader tells of it. Figures only where they stay: while they run on nobody could listen to anything else. */
export function spokenStatus(status: ScanStatus): string {
  switch (status.state) {
    case 'idle':
    case 'resolving':
    case 'reading':
    case 'following':
      return stateText(status.state);
    case 'paused':
    case 'done':
    case 'stopped':
    case 'failed':
      return statusText(status);
  }
}

/** A number of messages was asked for, and found before the ranges ended. */
const cutShort = ({ state, ranges }: ScanStatus): boolean =>
  state === 'done' && ranges.some((r) => r.end === null || r.position < r.end);

/** What became of a topic that is not there any more; null: it is there. */
function goneText({ gone }: ScanStatus): string | null {
  switch (gone) {
    case null:
      return null;
    case 'deleted':
      return l10n.t('ended: the topic was deleted');
    case 'recreated':
      return l10n.t('ended: the topic was deleted and created again');
  }
}

function stateText(state: ScanStatus['state']): string {
  switch (state) {
    case 'idle':
      return l10n.t('not started');
    case 'resolving':
      return l10n.t('asking the brokers where to start');
    case 'reading':
      return l10n.t('reading');
    case 'following':
      return l10n.t('following');
    case 'paused':
      return l10n.t('paused; nothing is lost');
    case 'done':
      return l10n.t('everything in the range was read');
    case 'stopped':
      return l10n.t('stopped');
    case 'failed':
      return l10n.t('failed');
  }
}

/** A stop or a failure came before the end, and the offsets still mean what they meant. */
export function canGoOn({ state, gone, ranges }: ScanStatus): boolean {
  if ((state !== 'stopped' && state !== 'failed') || gone !== null) return false;
  return ranges.some((r) => r.end === null || r.position < r.end);
}

/** "12,400 offsets in 3 partitions": the resolved range; null before it is known. */
export function rangeText(status: ScanStatus): string | null {
  if (status.ranges.length === 0) return null;
  const partitions = formatCount(status.ranges.length);
  if (status.ranges.some((r) => r.end === null))
    return status.ranges.length === 1
      ? l10n.t('P{0} from offset {1}', status.ranges[0]?.partition ?? 0, formatCount(status.ranges[0]?.start ?? 0))
      : l10n.t('{0} partitions from their start offset on', partitions);
  const offsets = status.ranges.reduce((sum, r) => sum + Math.max(0, (r.end ?? r.start) - r.start), 0);
  return offsetsText(offsets, status.ranges.length);
}

export function offsetsText(offsets: number, partitions: number): string {
  if (offsets === 1)
    return partitions === 1
      ? l10n.t('1 offset in 1 partition')
      : l10n.t('1 offset in {0} partitions', formatCount(partitions));
  return partitions === 1
    ? l10n.t('{0} offsets in 1 partition', formatCount(offsets))
    : l10n.t('{0} offsets in {1} partitions', formatCount(offsets), formatCount(partitions));
}

/** One line per partition, for the hover of {@link rangeText}. */
export function rangeDetail(status: ScanStatus): string {
  return status.ranges
    .map(
      (r) =>
        `P${r.partition}: ${formatCount(r.start)} … ${r.end === null ? '∞' : formatCount(r.end - 1)} → ${formatCount(r.position)}`,
    )
    .join('\n');
}
