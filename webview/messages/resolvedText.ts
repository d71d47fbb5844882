import * as l10n from '@vscode/l10n';
import type { ReadSpec, ResolvedRead } from '../../src/shared/messagesPage.ts';
import { formatCount } from '../components/format.ts';
import { offsetsText } from './statusText.ts';

type Range = ResolvedRead['ranges'][number];

/** What a press on ▶ would read: "12,400 offsets in 3 partitions", and what comes after or ends it earlier. */
export function resolvedText(ranges: Range[], end: ReadSpec['end']): string {
  const offsets = offsetsText(
    ranges.reduce((sum, range) => sum + offsetsOf(range), 0),
    ranges.length,
  );
  switch (end.kind) {
    case 'follow':
      return l10n.t('{0}, then new messages', offsets);
    case 'count':
      return end.count === 1
        ? l10n.t('{0}, until one message matches', offsets)
        : l10n.t('{0}, until {1} messages match', offsets, formatCount(end.count));
    default:
      return offsets;
  }
}

/** One partition's part: first and last offset that would be read. */
export function partitionText(range: Range): string {
  const last = range.end ?? range.highWatermark;
  const { partition, start } = range;
  if (last <= start) return l10n.t('P{0}: nothing from offset {1} on yet', partition, formatCount(start));
  if (last === start + 1) return l10n.t('P{0}: offset {1}', partition, formatCount(start));
  return l10n.t('P{0}: offsets {1} to {2}', partition, formatCount(start), formatCount(last - 1));
}

/** A range without an end is counted to where the partition ends now. */
const offsetsOf = ({ start, end, highWatermark }: Range) => Math.max(0, (end ?? highWatermark) - start);
