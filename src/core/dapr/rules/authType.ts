import { parseGoBool } from '../delivery/dryRun.ts';
import { itemOf, looseItemOf, valueOf, type Component } from '../resources/component.ts';
import { isTrueText } from './booleans.ts';

export const AUTH_TYPES = [
  'none',
  'password',
  'oidc',
  'oidc_private_key_jwt',
  'mtls',
  'certificate',
  'awsiam',
] as const;
export type AuthType = (typeof AUTH_TYPES)[number];

/** How the component logs in; `missing` and `invalid` stop daprd, `unknown` is not told by the file. */
export type EffectiveAuth = AuthType | 'missing' | 'invalid' | 'unknown';

/**
 * `authType` in any letter case, else what the old `authRequired` stands for.
 * Source: CC:common/component/kafka/metadata.go:170-200,271-361.
 */
export function effectiveAuth(component: Component): EffectiveAuth {
  const value = valueOf(looseItemOf(component, 'authType'));
  if (!value.known) return 'unknown';
  if (value.text !== '') return AUTH_TYPES.find((type) => type === value.text.toLowerCase()) ?? 'invalid';
  const required = valueOf(looseItemOf(component, 'authRequired'));
  if (!required.known) return 'unknown';
  if (required.text === '') return 'missing';
  const on = parseGoBool(required.text);
  if (on === undefined) return 'unknown';
  return !on ? 'none' : hasText(component, 'saslPassword') ? 'password' : 'mtls';
}

/** The field holds something, known or not. */
export function hasText(component: Component, name: string): boolean {
  const item = looseItemOf(component, name);
  const value = valueOf(item);
  return item !== undefined && (!value.known || value.text !== '');
}

/** True for sure; a value the file does not tell counts as false. */
export function isOn(component: Component, name: string): boolean {
  const value = valueOf(looseItemOf(component, name));
  return value.known && isTrueText(value.text);
}

/** A field that is read by its exact name only holds something. */
export function hasExact(component: Component, name: string): boolean {
  const item = itemOf(component, name);
  const value = valueOf(item);
  return item !== undefined && (!value.known || value.text !== '');
}
