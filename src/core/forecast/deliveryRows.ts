import * as l10n from '@vscode/l10n';
import { messageCount } from '../../shared/counts.ts';
import type { DeliveryRow } from '../../shared/replayPage.ts';
import { fateReason, type DropReason } from '../dapr/delivery/dryRun.ts';
import type { DryRunResult } from './dryRun.ts';

/** What a dry run found, a row for each fate: what stops a partition first, then what is lost, then what arrives. */
export function deliveryRows(result: DryRunResult): DeliveryRow[] {
  const first = (key: string) => {
    const example = result.examples.find((e) => e.key === key);
    return example ? { partition: example.partition, offset: example.offset } : null;
  };
  const reasons = (kind: 'dropped' | 'dead-lettered' | 'skipped', counts: Partial<Record<DropReason, number>>) =>
    Object.entries(counts).map(([reason, count]): DeliveryRow => {
      const why = fateReason(reason as DropReason);
      const shown = { count, first: first(`${kind} ${reason}`) };
      switch (kind) {
        case 'dropped':
          return { ...shown, kind, text: l10n.t('acknowledged and lost: {0}', why) };
        case 'dead-lettered':
          return { ...shown, kind, text: l10n.t('to the dead letter topic: {0}', why) };
        case 'skipped':
          return {
            ...shown,
            kind: 'dropped',
            text: l10n.t('given up after the attempts, and lost once a later message is committed: {0}', why),
          };
      }
    });
  return [
    ...result.blockades.map(({ partition, offset, kind, reason, waiting }): DeliveryRow => {
      const stop =
        kind === 'crashes'
          ? l10n.t('daprd crashes on offset {0} of partition {1}: {2}', offset, partition, reason)
          : l10n.t('offset {0} of partition {1} blocks it: {2}', offset, partition, reason);
      const text = waiting === 0 ? stop : l10n.t('{0}. {1} behind it', stop, messageCount(waiting));
      // With the one that stops the partition, so that the rows add up to all that was read.
      return { kind, count: waiting + 1, text, first: { partition, offset } };
    }),
    ...reasons('dropped', result.dropped),
    ...reasons('skipped', result.skipped),
    ...reasons('dead-lettered', result.deadLettered),
    ...Object.entries(result.delivered).map(([path, count]): DeliveryRow => ({
      kind: 'delivered',
      count,
      text: l10n.t('reach {0}', path),
      first: first(`delivered ${path}`),
    })),
  ];
}
