import { duplicateKeyRules } from './duplicateKeys.ts';
import { initialOffsetRules } from './initialOffset.ts';
import type { Rule } from './rule.ts';

/** Every rule, by family. A new family is one line here. */
export const RULES: readonly Rule[] = [...initialOffsetRules, ...duplicateKeyRules];
