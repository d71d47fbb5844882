import { describe, expect, it } from 'vitest';
import { authProfiles } from '../../core/dapr/catalog/catalog.ts';
import { lintWorkspace } from '../../core/dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../../core/dapr/lintOptions.ts';
import { componentSnippet, subscriptionSnippet } from './newFileSnippets.ts';

/** What stands there when somebody accepts every placeholder as it is. */
const accepted = (snippet: string) =>
  snippet.replace(/\$\{\d+\|([^,|}]*)[^}]*\|\}/g, '$1').replace(/\$\{\d+:([^}]*)\}/g, '$1');

const STORE =
  'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: local-secret-store}\nspec:\n  type: secretstores.local.file\n  version: v1\n  metadata: [{name: secretsFile, value: secrets.json}]\n';

function faults(files: Record<string, string>): string[] {
  const sources = Object.entries({ ...files, 'store.yaml': STORE }).map(([path, text]) => ({ path, text }));
  return [...lintWorkspace(sources, DEFAULT_LINT_OPTIONS).values()]
    .flat()
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, message }) => `${rule} ${message}`);
}

describe('a new file', () => {
  const profiles = authProfiles('pubsub.kafka');

  it('is there for every way to log in', () => {
    expect(profiles.map(({ authType }) => authType).sort()).toEqual([
      'awsiam',
      'certificate',
      'mtls',
      'none',
      'oidc',
      'oidc_private_key_jwt',
      'password',
    ]);
  });

  it.each(profiles)('of a Kafka component ($title) has no fault, and starts at oldest', (profile) => {
    const text = accepted(componentSnippet(profile));
    expect(text).not.toContain('$');
    expect(text).toContain('- name: initialOffset\n      value: oldest\n');
    expect(faults({ 'c.yaml': text })).toEqual([]);
  });

  it('of a Subscription has no fault', () => {
    const component = accepted(componentSnippet(profiles.find(({ authType }) => authType === 'none')!));
    expect(faults({ 'c.yaml': component, 's.yaml': accepted(subscriptionSnippet('kafka-pubsub')) })).toEqual([]);
  });
});
