import * as l10n from '@vscode/l10n';
import type { ClusterProfile } from '../../profile.ts';

/** Connections as a JSON file for a colleague. Profiles hold no secret; credentials inside a URL are cut out. */
export function exportProfiles(profiles: readonly ClusterProfile[]): string {
  const clusters = profiles.map(({ id: _, ...profile }) =>
    profile.registry
      ? { ...profile, registry: { ...profile.registry, url: withoutCredentials(profile.registry.url) } }
      : profile,
  );
  return `${JSON.stringify({ kafkaDaprClusters: 1, clusters }, null, 2)}\n`;
}

function withoutCredentials(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.username === '' && url.password === '') return text;
  url.username = '';
  url.password = '';
  return url.href;
}

/** Reads what {@link exportProfiles} wrote. Throws an Error with a sentence when the text is something else. */
export function importProfiles(text: string): Omit<ClusterProfile, 'id'>[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new Error(l10n.t('The file is not JSON: {0}', error instanceof Error ? error.message : String(error)), {
      cause: error,
    });
  }
  if (typeof file !== 'object' || file === null || !('clusters' in file) || !Array.isArray(file.clusters)) {
    throw new Error(l10n.t('The file holds no exported connections.'));
  }
  return file.clusters.filter(isProfile);
}

function isProfile(value: unknown): value is Omit<ClusterProfile, 'id'> {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('bootstrap' in value)) return false;
  const { name, bootstrap } = value;
  return typeof name === 'string' && Array.isArray(bootstrap) && bootstrap.every((b) => typeof b === 'string');
}
