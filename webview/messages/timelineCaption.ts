import * as l10n from '@vscode/l10n';
import { messageCount } from '../../src/shared/counts.ts';
import type { TimelineData } from '../../src/shared/messagesPage.ts';
import { brushed, type Brush } from './brush.ts';
import { formatTime } from './format.ts';

/** What is said of a timeline: of the span that is shown, or of all of it. */
export function timelineCaption(data: TimelineData, shown: Brush | null, utc: boolean): string {
  const span = brushed(data, shown);
  if (span === null) {
    const count = data.buckets.reduce((sum, b) => sum + b.count, 0);
    return l10n.t('at most {0}; drag to read a span', messageCount(count));
  }
  const [start, end] = [formatTime(span.start, utc), formatTime(span.end, utc)];
  return l10n.t('{0} … {1}: at most {2}', start, end, messageCount(span.count));
}

/** Why it is "at most". */
export const upperBound = () =>
  l10n.t(
    'Counted by offsets, no message is read: where compaction or transactions took offsets, there are fewer messages; where times go backwards, a message counts in the span of which reading meets it.',
  );
