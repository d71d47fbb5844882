import * as l10n from '@vscode/l10n';
import type { ClusterProfile } from '../../profile.ts';
import { splitUrl } from './imported.ts';

/** Connections as a JSON file for a colleague. Profiles hold no secret; credentials inside a URL are cut out. */
export function exportProfiles(profiles: readonly ClusterProfile[]): string {
  const clusters = profiles.map(({ id: _, ...profile }) => withoutCredentials(profile));
  return `${JSON.stringify({ kafkaDaprClusters: 1, clusters }, null, 2)}\n`;
}

function withoutCredentials<P extends Omit<ClusterProfile, 'id'>>(profile: P): P {
  const { registry, sasl } = profile;
  return {
    ...profile,
    ...(registry ? { registry: { ...registry, url: splitUrl(registry.url).url } } : {}),
    ...(sasl && 'tokenUrl' in sasl ? { sasl: { ...sasl, tokenUrl: splitUrl(sasl.tokenUrl).url } } : {}),
  };
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
  return file.clusters.filter(isProfile).map(withoutCredentials);
}

function isProfile(value: unknown): value is Omit<ClusterProfile, 'id'> {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('bootstrap' in value)) return false;
  const { name, bootstrap } = value;
  return typeof name === 'string' && Array.isArray(bootstrap) && bootstrap.every((b) => typeof b === 'string');
}
