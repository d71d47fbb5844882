import { authenticationRules } from './authentication.ts';
import { booleanRules } from './booleans.ts';
import { duplicateKeyRules } from './duplicateKeys.ts';
import { durationRules } from './durations.ts';
import { groupRules } from './groups.ts';
import { initialOffsetRules } from './initialOffset.ts';
import { referenceRules } from './references.ts';
import { retryRules } from './retries.ts';
import type { Rule } from './rule.ts';
import { scalarRules } from './scalars.ts';
import { sharedGroupRules } from './sharedGroups.ts';
import { unknownKeyRules } from './unknownKeys.ts';

/** Every rule, by family. A new family is one line here. */
export const RULES: readonly Rule[] = [
  ...initialOffsetRules,
  ...duplicateKeyRules,
  ...unknownKeyRules,
  ...groupRules,
  ...sharedGroupRules,
  ...retryRules,
  ...durationRules,
  ...booleanRules,
  ...authenticationRules,
  ...referenceRules,
  ...scalarRules,
];
