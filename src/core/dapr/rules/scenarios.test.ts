import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { DEFAULT_LINT_OPTIONS, type SourceFile } from '../workspace.ts';
import { lintWorkspace } from './lint.ts';

interface Scenario {
  id: string;
  component: Record<string, string> | string | null;
  action: string;
  observed: { starts?: boolean | null; componentLoaded?: boolean | null; error?: string | null };
}

const RECORDED = path.resolve(import.meta.dirname, '../../../../test/fixtures/dapr-scenarios.json');
const recorded = JSON.parse(fs.readFileSync(RECORDED, 'utf8')) as { scenarios: Scenario[] };
const scenarios = recorded.scenarios.filter((s) => typeof s.observed.starts === 'boolean');

/** daprd stopped because of the broker it met, which no file tells. */
const BROKER = new Set([
  'brokers-unreachable',
  'authRequired-true-pass',
  'pw-tls',
  'mech-SHA-512',
  'mech-junk',
  'oidc-ok-tls',
]);

/** Not loaded on purpose, or only said so by the recording (`loaded` names the type as written). */
const DELIBERATE = new Set(['y-scopes-out', 'y-ext-json', 'y-ext-txt', 'y-subfolder', 'type-Case', 'y-ns-other']);

function findingsOf(scenario: Scenario): Finding[] {
  const files: SourceFile[] =
    typeof scenario.component === 'string'
      ? [{ path: 'c.yaml', text: scenario.component }]
      : Object.entries(scenario.component ?? {}).map(([path, text]) => ({ path, text }));
  const variables = /env=\{(.*)\}/.exec(scenario.action)?.[1] ?? '';
  const environment = Object.fromEntries(
    [...variables.matchAll(/'([^']+)': '([^']*)'/g)].map(([, k = '', v = '']) => [k, v]),
  );
  return [...lintWorkspace(files, { ...DEFAULT_LINT_OPTIONS, environment }).values()].flat();
}

const consequences = (findings: Finding[]) => new Set(findings.map((f) => f.consequence));

describe('what a real daprd did', () => {
  it('is known for 260 files', () => {
    expect(scenarios).toHaveLength(260);
  });

  it.each(scenarios.filter((s) => !BROKER.has(s.id)).map((s) => [s.id, s] as const))(
    '%s: started or stopped',
    (_id, s) => {
      const stops = consequences(findingsOf(s)).has('daprd-stops');
      expect(stops, s.observed.error ?? 'daprd ran').toBe(!s.observed.starts);
    },
  );

  it.each(
    scenarios
      .filter((s) => typeof s.observed.componentLoaded === 'boolean' && !BROKER.has(s.id) && !DELIBERATE.has(s.id))
      .map((s) => [s.id, s] as const),
  )('%s: loaded or not', (_id, s) => {
    const seen = consequences(findingsOf(s));
    expect(seen.has('daprd-stops') || seen.has('not-loaded'), s.observed.error ?? 'loaded').toBe(
      !s.observed.componentLoaded,
    );
  });
});
