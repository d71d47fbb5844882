import { authProfiles, componentOf, fieldOf, fieldsOf } from './catalog.ts';
import type { CatalogField } from './component.ts';

/** A key that may still be added, in the order in which to offer it. */
export interface CompletableField extends CatalogField {
  /** Nothing works without it. */
  missing: boolean;
}

/**
 * Keys that are not there yet: first those required, by the component or by the chosen `authType`, then the rest. Keys
 * of other ways to log in are left out once one is chosen; deprecated ones always.
 */
export function completableFields(type: string, present: readonly string[], authType?: string): CompletableField[] {
  const there = new Set(present.map((name) => name.toLowerCase()));
  const profiles = authProfiles(type).filter((profile) => profile.authType !== undefined);
  const chosen = profiles.find((profile) => profile.authType === authType?.toLowerCase());
  const own = new Map(chosen?.fields.map((field) => [field.name, field]));
  const others = new Set(
    chosen === undefined
      ? []
      : profiles.flatMap((profile) => profile.fields.map((field) => field.name)).filter((name) => !own.has(name)),
  );
  return fieldsOf(type)
    .map((field) => own.get(field.name) ?? field)
    .filter(
      (field) =>
        !there.has(field.name.toLowerCase()) &&
        field.deprecated === undefined &&
        !others.has(field.name) &&
        !field.name.startsWith('<'),
    )
    .map((field) => ({ ...field, missing: field.required === true }))
    .sort((a, b) => Number(b.missing) - Number(a.missing));
}

/** Values to offer for a key: the allowed ones, true/false, templates for a group, its default and example. */
export function completableValues(type: string, name: string): string[] {
  const field = fieldOf(type, name);
  if (field === undefined) return [];
  if (field.allowedValues !== undefined) return [...field.allowedValues];
  if (field.type === 'bool') return ['true', 'false'];
  const templates =
    ['consumerGroup', 'consumerID', 'clientID'].includes(field.name) &&
    componentOf(type)?.type.startsWith('pubsub.') === true
      ? ['{appID}', '{namespace}', '{podName}', '{uuid}']
      : [];
  return [
    ...new Set(
      [...templates, field.codeDefault, field.example].filter(
        (value): value is string => value !== undefined && value !== '',
      ),
    ),
  ];
}
