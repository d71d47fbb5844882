import * as l10n from '@vscode/l10n';
import { ruleTitle } from '../dapr/delivery/sentences.ts';
import type { ForecastRule } from '../dapr/delivery/start.ts';

/** Names of the recorded runs of a real daprd that show what a rule says. */
export const RULE_PROOFS: Record<ForecastRule, readonly string[]> = {
  'F-00': ['ignoreErrors'],
  'F-01': ['c3-committed-absent', 'c11b-then-oldest', 'd5-kill9-within-1s'],
  'F-02': ['c1-newgroup-absent'],
  'F-03': ['c10-only-p0-committed-newest', 'F-21b-newest-after-expiry'],
  'F-04': ['c10-only-p0-committed-oldest', 'c9-group-deleted-oldest'],
  'F-05a': ['c6-commit-below-L-newest'],
  'F-05b': ['c6e-commit-below-L-all-deleted-oldest'],
  'F-06a': ['c7a-commit-above-H-newest', 'c7b-commit-above-H-newest-2nd-session'],
  'F-06b': ['c7a-commit-above-H-oldest'],
  'F-07': ['f07-new-partition-newest'],
  'F-08': ['f07-new-partition-oldest'],
  'F-09': ['c1-newgroup-absent'],
  'F-10': ['c3-committed-absent'],
  'F-11': ['d4-newest-failing-then-restart'],
  'F-12': ['e-payload-nonjson', 'e-payload-empty', 'e-rule-missingkey-withdefault', 'e-dlt-missing-topic'],
  'F-13': ['e-backoff-max2-last'],
  'F-14': ['h-two-instances-range'],
  'F-15': ['K-11 {namespace} only in clientID'],
  'F-16': ['e-payload-expired'],
  'F-17': ['f17-uuid-oldest-start1', 'f17-uuid-oldest-start2'],
  'F-18': ['F-18 range vs roundrobin'],
  'F-19': ['F-19b missing topic, broker auto-create on'],
  'F-20': ['h-two-apps-same-group-same-topic (F-20)'],
  'F-21': ['F-21a-newest-first', 'F-21b-newest-after-expiry'],
  'F-22': ['F-22 app health, newest, never committed'],
  'F-23': ['e-route-v2-none', 'e-rule-false-nodefault-ce'],
  'F-24': [],
  'F-25': ['e-wirever-0.10.2.0'],
};

/** What a rule says in general, and where it was seen. */
export function ruleProof(rule: ForecastRule): string {
  const runs = RULE_PROOFS[rule];
  return runs.length === 0
    ? ruleTitle(rule)
    : `${ruleTitle(rule)} ${l10n.t('Seen on a running daprd 1.18.0: {0}.', runs.join(', '))}`;
}
