import type { Document } from './document.ts';

/** Where a text differs from what it was before: `prefix` and `suffix` characters are the same. */
export interface Change {
  prefix: number;
  suffix: number;
}

/** The one place at which two texts differ; undefined when they have less than half in common: another document. */
export function changeBetween(before: string, after: string): Change | undefined {
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  )
    suffix++;
  return (prefix + suffix) * 2 < before.length ? undefined : { prefix, suffix };
}

/**
 * A document that does not parse any more because somebody types in it: what it was before, so that what others say of
 * it, and it of them, stays as it was until the line is complete.
 */
export function beforeTyping(document: Document, previous: readonly Document[]): Document | undefined {
  if (document.error === undefined) return undefined;
  const old = previous[document.index];
  const good = old?.error === undefined ? old : old.before;
  if (good === undefined || good.resource === undefined || good.embedded !== document.embedded) return undefined;
  return changeBetween(good.text, document.text) === undefined ? undefined : good;
}
