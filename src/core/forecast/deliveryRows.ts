import * as l10n from '@vscode/l10n';
import { count as formatCount, messageCount } from '../../shared/counts.ts';
import type { DeliveryRow } from '../../shared/replayPage.ts';
import { fateReason, type DropReason } from '../dapr/delivery/dryRun.ts';
import type { ForecastRule } from '../dapr/delivery/start.ts';
import type { DryRunResult } from './dryRun.ts';
import { ruleProof } from './ruleProof.ts';

/** What a dry run found, a row for each fate: what stops a partition first, then what is lost, then what arrives. */
export function deliveryRows(result: DryRunResult): DeliveryRow[] {
  const shown = (fate: string) => {
    const { places, more } = result.examples.of(fate);
    return { places, ...(more ? { more: fate } : {}) };
  };
  const reasons = (kind: 'dropped' | 'dead-lettered' | 'skipped', counts: Partial<Record<DropReason, number>>) =>
    Object.entries(counts).map(([reason, count]): DeliveryRow => {
      const why = fateReason(reason as DropReason);
      const row = { count, ...shown(`${kind} ${reason}`), ...named(ruleOf(reason)) };
      switch (kind) {
        case 'dropped':
          return { ...row, kind, text: l10n.t('acknowledged and lost: {0}', why) };
        case 'dead-lettered':
          return { ...row, kind, text: l10n.t('to the dead letter topic: {0}', why) };
        case 'skipped':
          return {
            ...row,
            kind: 'dropped',
            text: l10n.t('given up after the attempts, and lost once a later message is committed: {0}', why),
          };
      }
    });
  return [
    ...result.blockades.map(({ partition, offset, kind, reason, waiting }): DeliveryRow => {
      const stop =
        kind === 'crashes'
          ? l10n.t('daprd crashes on offset {0} of partition {1}: {2}', formatCount(offset), partition, reason)
          : l10n.t('offset {0} of partition {1} blocks it: {2}', formatCount(offset), partition, reason);
      const text = waiting === 0 ? stop : l10n.t('{0}. {1} behind it', stop, messageCount(waiting));
      // With the one that stops the partition, so that the rows add up to all that was read.
      return { kind, count: waiting + 1, text, places: [{ partition, offset }], ...named('F-12') };
    }),
    ...result.again.map(({ partition, offset, count, reason }): DeliveryRow => ({
      kind: 'again',
      count,
      text: l10n.t(
        'given up at the end of partition {0}, where no later commit covers it: comes again at the next start: {1}',
        partition,
        fateReason(reason),
      ),
      places: [{ partition, offset }],
      ...named('F-13'),
    })),
    ...reasons('dropped', result.dropped),
    ...reasons('skipped', result.skipped),
    ...reasons('dead-lettered', result.deadLettered),
    ...Object.entries(result.delivered).map(([path, count]): DeliveryRow => ({
      kind: 'delivered',
      count,
      text: l10n.t('reach {0}', path),
      ...shown(`delivered ${path}`),
    })),
  ];
}

/** daprd reads uncommitted: a sentence where that shows; undefined: no record is of such a transaction. */
export function uncommittedNote({ uncommitted: { aborted, open } }: Pick<DryRunResult, 'uncommitted'>) {
  return aborted + open === 0
    ? undefined
    : l10n.t(
        'Dapr reads uncommitted: {0} of aborted transactions and {1} of open ones are among them (F-24).',
        messageCount(aborted),
        formatCount(open),
      );
}

function ruleOf(reason: string): ForecastRule | undefined {
  return reason === 'expired' ? 'F-16' : reason === 'no-route' ? 'F-23' : undefined;
}

const named = (rule: ForecastRule | undefined): Pick<DeliveryRow, 'rule' | 'ruleTitle'> =>
  rule === undefined ? {} : { rule, ruleTitle: ruleProof(rule) };
