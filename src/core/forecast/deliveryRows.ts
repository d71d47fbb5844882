import * as l10n from '@vscode/l10n';
import type { DeliveryRow } from '../../shared/replayPage.ts';
import { fateReason, type DropReason } from '../dapr/delivery/dryRun.ts';
import type { DryRunResult } from './dryRun.ts';

/** What a dry run found, a row for each fate: what stops a partition first, then what is lost, then what arrives. */
export function deliveryRows(result: DryRunResult): DeliveryRow[] {
  const first = (key: string) => {
    const example = result.examples.find((e) => e.key === key);
    return example ? { partition: example.partition, offset: example.offset } : null;
  };
  const reasons = (kind: 'dropped' | 'dead-lettered', counts: Partial<Record<DropReason, number>>) =>
    Object.entries(counts).map(([reason, count]): DeliveryRow => {
      const why = fateReason(reason as DropReason);
      const text =
        kind === 'dropped' ? l10n.t('acknowledged and lost: {0}', why) : l10n.t('to the dead letter topic: {0}', why);
      return { kind, count, text, first: first(`${kind} ${reason}`) };
    });
  return [
    ...result.blockades.map(({ partition, offset, kind, reason, waiting }): DeliveryRow => ({
      kind,
      count: waiting,
      text:
        kind === 'crashes'
          ? l10n.t('wait behind offset {0} of partition {1}, on which daprd crashes: {2}', offset, partition, reason)
          : l10n.t('wait behind offset {0} of partition {1}, which blocks it: {2}', offset, partition, reason),
      first: { partition, offset },
    })),
    ...reasons('dropped', result.dropped),
    ...reasons('dead-lettered', result.deadLettered),
    ...Object.entries(result.delivered).map(([path, count]): DeliveryRow => ({
      kind: 'delivered',
      count,
      text: l10n.t('reach {0}', path),
      first: first(`delivered ${path}`),
    })),
  ];
}
