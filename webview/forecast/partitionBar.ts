import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ReplayPartition } from '../../src/shared/replayPage.ts';
import { formatCount } from '../components/format.ts';
import { commitOf, segmentsOf, spanOf, type Fate } from './segments.ts';

/** Units of the drawing; its width on screen is the column's. */
const WIDTH = 1000;
const HEIGHT = 14;

/** One partition from log start to high watermark, with the commit and the start marked; nothing where they are not known. */
export function partitionBar(p: ReplayPartition): TemplateResult | typeof nothing {
  const span = spanOf(p);
  if (!span) return nothing;
  const scale = span.to === span.from ? 0 : WIDTH / (span.to - span.from);
  const at = (offset: number) => Math.round((offset - span.from) * scale);
  const mark = (offset: number | null, kind: string) =>
    offset === null
      ? nothing
      : svg`<rect class=${kind} x=${Math.min(at(offset), WIDTH - 4)} y="0" width="4" height=${HEIGHT}></rect>`;
  const segments = segmentsOf(p);
  return svg`<svg class="bar" role="img" aria-label=${p.sentence} viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
    ${segments.length === 0 ? svg`<rect class="track" x="0" y="6" width=${WIDTH} height="2"></rect>` : nothing}
    ${segments.map(
      (s) =>
        svg`<rect class=${s.fate} x=${at(s.from)} y="2" width=${Math.max(3, at(s.to) - at(s.from))} height="10"><title>${fateText(
          s.fate,
        )}: ${formatCount(s.from)} … ${formatCount(s.to - 1)}</title></rect>`,
    )}
    ${mark(commitOf(p), 'committed')} ${mark(p.first, 'start')}
  </svg>`;
}

function fateText(fate: Fate): string {
  switch (fate) {
    case 'gone':
      return l10n.t('already deleted by Kafka');
    case 'done':
      return l10n.t('done');
    case 'skipped':
      return l10n.t('never received');
    case 'backlog':
      return l10n.t('will be delivered');
    case 'twice':
      return l10n.t('received twice');
    case 'ahead':
      return l10n.t('committed beyond the end of the log');
  }
}

/** What the colours mean. */
export function legend(): TemplateResult {
  const fates: Fate[] = ['skipped', 'done', 'backlog', 'twice', 'gone'];
  const swatch = (kind: string, text: string) =>
    html`<span class="entry"
      ><svg width="10" height="10" aria-hidden="true">${svg`<rect class=${kind} width="10" height="10"></rect>`}</svg>
      ${text}</span
    >`;
  return html`<p class="legend">
    ${fates.map((fate) => swatch(fate, fateText(fate)))} ${swatch('committed', l10n.t('committed'))}
    ${swatch('start', l10n.t('starts here'))}
  </p>`;
}
