import * as l10n from '@vscode/l10n';
import type { InitialOffset } from '../../core/dapr/delivery/initialOffset.ts';

/**
 * One partition of a topic as text: what the group never committed lies between log start and high watermark.
 *
 *     log start ├░░░░░░░░░░░░░░░░░░░░▶┤ high watermark
 */
export function partitionPicture(initialOffset: InitialOffset): string {
  const [start, end] = [l10n.t('log start'), l10n.t('high watermark')];
  const pad = ' '.repeat(start.length);
  const log = initialOffset === 'newest' ? '░░░░░░░░░░░░░░░░░░░░▶' : '▶────────────────────';
  const meaning =
    initialOffset === 'newest'
      ? l10n.t('░ never received: everything that is in the partition before the first start')
      : l10n.t('─ will be delivered: everything that Kafka still keeps');
  return [
    `${start} ├${log}┤ ${end}`,
    `${pad}  ▶ ${l10n.t('starts here without a committed offset')}`,
    `${pad}  ${meaning}`,
    '',
    `${start} ├██████████▏▶─────────┤ ${end}`,
    `${pad}  ${l10n.t('▏ committed: resumes there, whatever initialOffset says')}`,
  ].join('\n');
}
