import * as l10n from '@vscode/l10n';
import type { CatalogComponent, CatalogField } from '../catalog/component.ts';
import { componentOf, fieldOf } from '../catalog/catalog.ts';
import { isKafka, looseItemOf, valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import { isTrueText } from './booleans.ts';
import { parseDuration } from './durationText.ts';
import { addItem, setValue } from './edits.ts';
import { missingRange } from './initialOffset.ts';
import type { Problem, Rule } from './rule.ts';

/** The address of the broker: without it no component of the type can start. */
const ADDRESSES: Record<string, string> = {
  'pubsub.redis': 'redisHost',
  'pubsub.pulsar': 'host',
  'pubsub.kubemq': 'address',
  'pubsub.solace.amqp': 'url',
};

/** Words that a component of the type refuses, with its own text (section 7 of the behaviour). */
function refusal(type: string, field: string, text: string): string | undefined {
  if (type === 'pubsub.pulsar' && field === 'subscribeInitialPosition' && !/^(?:latest|earliest)$/i.test(text))
    return 'invalid subscription initial position. Accepted values are `latest` and `earliest`';
  if (type === 'pubsub.jetstream' && field === 'deliverPolicy' && !/^(?:all|last|new|sequence|time)$/.test(text))
    return `deliver policy ${text} is not one of: all, last, new, sequence, time`;
  return undefined;
}

/** Items of a component other than Kafka (whose fields have rules of their own) with a text the file tells. */
function* values(component: Component): Generator<{ item: MetadataItem; field: CatalogField; text: string }> {
  if (isKafka(component)) return;
  for (const item of component.metadata) {
    const field = fieldOf(component.type, item.name);
    const value = valueOf(item);
    if (field === undefined || !value.known || value.text === '' || item.valueNode === undefined) continue;
    yield { item, field, text: value.text };
  }
}

function replacements(
  component: Component,
  item: MetadataItem,
  texts: readonly string[],
): NonNullable<Problem['fixes']> {
  return texts.flatMap((text) => {
    const edit = setValue(item, text, component.document);
    return edit === undefined ? [] : [{ title: l10n.t('Replace by {0}', text), edits: [edit] }];
  });
}

function typeProblem({ type, allowedValues }: CatalogField, text: string): string | undefined {
  switch (type) {
    case 'bool':
      return isTrueText(text) || /^(?:false|f|n|no|off|0)$/i.test(text.trim())
        ? undefined
        : l10n.t('This is no boolean: {0} counts as false.', text);
    case 'number':
      return /^[-+]?(?:\d[\d_]*(?:\.\d+)?|0[xX][\da-fA-F]+)$/.test(text)
        ? undefined
        : l10n.t('{0} is no number.', text);
    case 'duration':
      return parseDuration(text, 's') === undefined
        ? l10n.t('{0} is no duration such as 5s or 1m30s.', text)
        : undefined;
    case 'string':
      return allowedValues === undefined || allowedValues.some((word) => word.toLowerCase() === text.toLowerCase())
        ? undefined
        : l10n.t('{0} is none of: {1}.', text, allowedValues.join(', '));
  }
}

/** For every catalogued component but Kafka: what its metadata declares about types and values. */
export const catalogValueRules: readonly Rule[] = [
  {
    id: 'K-27',
    severity: 'error',
    consequence: 'daprd-stops',
    on: 'component',
    *check(component) {
      const catalog: CatalogComponent | undefined = componentOf(component.type);
      const name = catalog && ADDRESSES[catalog.type];
      if (name === undefined || component.document.conditional) return;
      if (component.metadata.some((item) => item.nameNode?.templated === true)) return;
      const item = looseItemOf(component, name);
      const value = valueOf(item);
      if (!value.known || value.text !== '') return;
      const example = fieldOf(component.type, name)?.example ?? 'localhost';
      const edit = item === undefined ? addItem(component, name, example) : setValue(item, example, component.document);
      yield {
        range: item?.nameNode?.range ?? missingRange(component),
        message: l10n.t('daprd stops: {0} cannot start without {1}.', component.type, name),
        fixes: edit === undefined ? [] : [{ title: l10n.t('Add {0}', name), edits: [edit] }],
      };
    },
  },
  {
    id: 'K-25',
    severity: 'warning',
    consequence: 'runs',
    on: 'component',
    *check(component) {
      for (const { item, field, text } of values(component)) {
        const range = (item.valueNode ?? item.node).range;
        const type = componentOf(component.type)?.type ?? component.type;
        const refused = refusal(type, field.name, text);
        if (refused !== undefined) {
          yield {
            range,
            severity: 'error',
            consequence: 'daprd-stops',
            message: l10n.t('daprd stops: {0}', refused),
            fixes: replacements(component, item, field.allowedValues ?? []),
          };
          continue;
        }
        if (field.type === 'bool') continue;
        const problem = typeProblem(field, text);
        if (problem === undefined) continue;
        const wanted =
          field.allowedValues ?? (field.default === undefined || field.default === '' ? [] : [field.default]);
        yield { range, message: problem, fixes: replacements(component, item, wanted) };
      }
    },
  },
  {
    id: 'K-23',
    severity: 'warning',
    consequence: 'runs',
    on: 'component',
    *check(component) {
      for (const { item, field, text } of values(component)) {
        const problem = field.type === 'bool' ? typeProblem(field, text) : undefined;
        if (problem === undefined) continue;
        yield {
          range: (item.valueNode ?? item.node).range,
          message: problem,
          fixes: replacements(component, item, ['true', 'false']),
        };
      }
    },
  },
];
