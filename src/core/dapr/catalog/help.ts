import * as l10n from '@vscode/l10n';
import { componentOf, fieldOf } from './catalog.ts';
import type { CatalogField } from './component.ts';
import { keyHelp, type HelpTexts } from '../help/helpTexts.ts';

/** A key of `spec.metadata` for a hover: lines of Markdown without headings. */
export interface FieldHelp {
  field: CatalogField;
  /** Absent for older names, of which only facts are known. */
  meaning?: string;
  /** What happens when it is wrong. */
  wrong?: string;
  /** Type, default in code, allowed values, since when: one sentence each. */
  facts: string[];
}

/** undefined: the component does not read such a key. */
export function fieldHelp(type: string, name: string, texts: HelpTexts): FieldHelp | undefined {
  const field = fieldOf(type, name);
  if (field === undefined) return undefined;
  const facts = factsOf(field);
  const replay = componentOf(type)?.replay;
  if (replay?.field === field.name && replay.oldestValue !== undefined)
    facts.unshift(
      l10n.t(
        'Decides where a new subscriber starts; {0} delivers the messages that are there already.',
        replay.oldestValue,
      ),
    );
  return { field, facts, ...keyHelp(texts, type, field.name) };
}

/** What a value of a key means, where it is one of few. */
export function valueHelp(type: string, name: string, value: string): string | undefined {
  const field = fieldOf(type, name);
  if (field === undefined) return undefined;
  const lower = value.toLowerCase();
  if (field.name === 'initialOffset' && componentOf(type)?.type.endsWith('.kafka') === true) {
    if (lower === 'newest' || value === '')
      return l10n.t(
        'newest (Kafka: latest): a partition without a committed offset starts at its end, again at every start until the first commit; what is there already is never received.',
      );
    if (lower === 'oldest')
      return l10n.t(
        'oldest (Kafka: earliest): a partition without a committed offset starts with the first message that Kafka still keeps.',
      );
    return l10n.t('daprd stops: it knows oldest and newest only.');
  }
  if (/\{uuid\}/.test(value)) return l10n.t('{uuid} is another text at every start of daprd and at every hot reload.');
  if (/\{podName\}/.test(value))
    return l10n.t(
      '{podName} is the name of the pod: it changes with every rollout of a Deployment and stays the same in a StatefulSet.',
    );
  if (/\{namespace\}/.test(value))
    return l10n.t(
      '{namespace} becomes namespace.app-id here, and puts the namespace before the name of every topic of this component.',
    );
  if (/\{appID\}/.test(value)) return l10n.t('{appID} is the app id.');
  if (field.type === 'bool')
    return /^(y|yes|true|t|on|1)$/i.test(value.trim()) ? l10n.t('daprd reads true.') : l10n.t('daprd reads false.');
  return undefined;
}

function factsOf(field: CatalogField): string[] {
  const facts = [typeText(field)];
  if (field.required === true) facts.push(l10n.t('Required.'));
  if (field.codeDefault !== undefined)
    facts.push(
      field.documentedDefault === undefined
        ? l10n.t('Default: {0}.', field.codeDefault)
        : l10n.t('Default in code: {0} (the documentation says {1}).', field.codeDefault, field.documentedDefault),
    );
  if (field.allowedValues !== undefined) facts.push(l10n.t('Values: {0}.', field.allowedValues.join(', ')));
  if (field.since !== undefined)
    facts.push(l10n.t('Since Dapr {0}; an older one ignores it without a message.', field.since));
  if (field.exactCase === true) facts.push(l10n.t('Read in this exact spelling only.'));
  if (field.sensitive === true) facts.push(l10n.t('Secret: belongs into a secret store.'));
  if (field.deprecated !== undefined)
    facts.push(field.deprecated === '' ? l10n.t('Deprecated.') : l10n.t('Deprecated: use {0}.', field.deprecated));
  return facts;
}

function typeText(field: CatalogField): string {
  switch (field.type) {
    case 'string':
      return field.pem === true ? l10n.t('PEM text.') : l10n.t('Text.');
    case 'bool':
      return l10n.t('true or false.');
    case 'number':
      return l10n.t('Number.');
    case 'duration':
      return field.integerUnit === 'ms'
        ? l10n.t('Duration such as 5s; a bare number counts milliseconds.')
        : field.integerUnit === 's'
          ? l10n.t('Duration such as 5s; a bare number counts seconds.')
          : l10n.t('Duration such as 5s.');
  }
}
