import { html, nothing } from 'lit';
import type { DeliveryRow, ReplayPartition } from '../../src/shared/replayPage.ts';

/** The id of a forecast rule; what it says in general and where it was seen stands in its hover. */
export function ruleMark({ rule, ruleTitle }: Pick<ReplayPartition | DeliveryRow, 'rule' | 'ruleTitle'>) {
  return rule === null || rule === undefined
    ? nothing
    : html`<abbr class="rule" title=${ruleTitle ?? ''}>${rule}</abbr>`;
}
