import * as l10n from '@vscode/l10n';
import { count, messageCount } from '../../shared/counts.ts';
import type { RedriveCheckpoint, RedrivePlan } from '../../shared/redrivePage.ts';

/** Partitions that are named. */
const NAMED = 8;

/**
 * What became of a redrive whose page was closed while it ran: how much is written, and where the next one would go on.
 * `at`: what was told last; null: nothing yet.
 */
export function endedText(from: string, { job, counts }: RedrivePlan, at: RedriveCheckpoint | null): string {
  const all = counts.reduce((sum, planned) => sum + planned.count, 0);
  const written = Object.values(at?.written ?? {}).reduce((sum, n) => sum + n, 0);
  const positions = Object.entries(at?.positions ?? {});
  const named = positions.slice(0, NAMED).map(([partition, offset]) => `P${partition} ${count(offset)}`);
  if (positions.length > NAMED) named.push(l10n.t('and {0} more', positions.length - NAMED));
  return [
    l10n.t('The redrive of {0} to {1} ended with its page.', from, job.target),
    l10n.t('Written, as far as is known: {0} of {1}.', count(written), messageCount(all)),
    ...(named.length === 0
      ? []
      : [l10n.t('To go on without writing those again, read {0} from: {1}', from, named.join(', '))]),
  ].join(' ');
}
