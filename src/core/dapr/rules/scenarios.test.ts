import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import type { SourceFile } from '../workspace.ts';
import { lintWorkspace } from './lint.ts';

interface Scenario {
  id: string;
  component: Record<string, string> | string | null;
  action: string;
  observed: { starts?: boolean | null; componentLoaded?: boolean | null; error?: string | null; loaded?: string[] };
}

const RECORDED = path.resolve(import.meta.dirname, '../../../../test/fixtures/dapr-scenarios.json');
const recorded = JSON.parse(fs.readFileSync(RECORDED, 'utf8')) as { scenarios: Scenario[] };
const scenarios = recorded.scenarios.filter((s) => typeof s.observed.starts === 'boolean');

/**
 * daprd stopped because of the broker it met: nothing listened, or a plaintext listener met TLS or SASL. The file is
 * right, another broker takes it, and section 12 of the behaviour makes no error of it (K-28, K-29, K-58 at most).
 */
const metNoBroker = ({ observed }: Scenario) => /run out of available brokers/.test(observed.error ?? '');

/** Loaded under a type in another letter case (T-07): `componentLoaded` compared the text exactly. */
const loaded = ({ observed }: Scenario) =>
  observed.componentLoaded === true || (observed.loaded ?? []).some((entry) => /^kpub \(pubsub\.kafka\//i.test(entry));

/** Left out on purpose: another app's, no YAML file, a folder below, another namespace. */
const DELIBERATE = ['y-scopes-out', 'y-ext-json', 'y-ext-txt', 'y-subfolder'];

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

  it.each(scenarios.filter((s) => !metNoBroker(s)).map((s) => [s.id, s] as const))(
    '%s: started or stopped',
    (_id, s) => {
      const stops = consequences(findingsOf(s)).has('daprd-stops');
      expect(stops, s.observed.error ?? 'daprd ran').toBe(!s.observed.starts);
    },
  );

  it.each(
    scenarios
      .filter((s) => typeof s.observed.componentLoaded === 'boolean' && !metNoBroker(s) && !DELIBERATE.includes(s.id))
      .map((s) => [s.id, s] as const),
  )('%s: loaded or not', (_id, s) => {
    const seen = consequences(findingsOf(s));
    expect(seen.has('daprd-stops') || seen.has('not-loaded'), s.observed.error ?? 'loaded').toBe(!loaded(s));
  });

  it('six files met no broker that suits them: nothing is said that their text does not prove', () => {
    const found = scenarios.filter(metNoBroker).map((s) => [s.id, [...consequences(findingsOf(s))]]);
    expect(found).toEqual([
      ['brokers-unreachable', ['runs']],
      ['authRequired-true-pass', ['runs']],
      ['pw-tls', ['runs']],
      ['mech-SHA-512', ['runs']],
      ['mech-junk', ['runs']],
      ['oidc-ok-tls', ['runs']],
    ]);
  });

  it('four were left out on purpose', () => {
    const found = scenarios.filter((s) => DELIBERATE.includes(s.id));
    expect(found.map((s) => [s.id, s.observed.starts, s.observed.componentLoaded])).toEqual(
      DELIBERATE.map((id) => [id, true, false]),
    );
  });
});
