import * as l10n from '@vscode/l10n';
import { fieldOf } from '../catalog/catalog.ts';
import { isKafka, valueOf } from '../resources/component.ts';
import { setValue } from './edits.ts';
import { atLeast, type Rule } from './rule.ts';

const TRUE = new Set(['y', 'yes', 'true', 't', 'on', '1']);
const FALSE = new Set(['n', 'no', 'false', 'f', 'off', '0', '']);

/** A text as daprd's boolean fields read it: everything unknown is false (KIT:strings/strings.go:23-36). */
export function isTrueText(text: string): boolean {
  return TRUE.has(text.trim().toLowerCase());
}

/** A text that is meant as a boolean, as daprd takes it. */
export function isBooleanText(text: string): boolean {
  const word = text.trim().toLowerCase();
  return TRUE.has(word) || FALSE.has(word);
}

export const booleanRules: readonly Rule[] = [
  {
    id: 'K-23',
    severity: 'warning',
    *check(component, { options }) {
      if (!isKafka(component)) return;
      for (const item of component.metadata) {
        const field = fieldOf(component.type, item.name);
        const value = valueOf(item);
        // authRequired is decoded by another function, which refuses what it does not know.
        if (field?.type !== 'bool' || field.name === 'authRequired' || !value.known || item.valueNode === undefined)
          continue;
        if (field.since !== undefined && !atLeast(options, field.since)) continue;
        if (isBooleanText(value.text)) continue;
        yield {
          range: item.valueNode.range,
          message: l10n.t('daprd reads "{0}" as false, without a message.', value.text),
          fixes: ['true', 'false'].flatMap((word) => {
            const edit = setValue(item, word, component.document);
            return edit === undefined ? [] : [{ title: l10n.t('Replace by {0}', word), edits: [edit] }];
          }),
        };
      }
    },
  },
];
