import type { ClusterProfile, ClusterSecrets } from '../../profile.ts';

/** A connection found somewhere else. Saving it is the user's decision. */
export interface Imported {
  profile: Omit<ClusterProfile, 'id'>;
  /** Secrets that stood in the source: they go to the secret store, never into the profile. */
  secrets: ClusterSecrets;
  /** Secrets that the connection needs and the source did not hold. */
  ask: (keyof ClusterSecrets)[];
  /** What could not be taken over, each a sentence with what to do instead. */
  notes: string[];
}

/** The secrets that a profile needs and nobody gave. A key passphrase is not among them: most keys have none. */
export function missingSecrets(profile: Omit<ClusterProfile, 'id'>, secrets: ClusterSecrets): (keyof ClusterSecrets)[] {
  const needed: (keyof ClusterSecrets)[] = [];
  switch (profile.sasl?.mechanism) {
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512':
      needed.push('password');
      break;
    case 'oauthbearer':
      needed.push('token');
      break;
    case 'oauthbearer-client-credentials':
      needed.push('clientSecret');
      break;
    case 'aws-msk-iam':
    case undefined:
      break;
  }
  if (profile.registry?.username !== undefined) needed.push('registryPassword');
  return needed.filter((name) => secrets[name] === undefined);
}

/** An address apart from the login that it may carry (`https://user:password@host`): that is a secret. */
export function splitUrl(text: string): { url: string; username?: string; password?: string } {
  if (!URL.canParse(text)) return { url: text };
  const url = new URL(text);
  if (url.username === '' && url.password === '') return { url: text };
  const login = { username: decoded(url.username), password: decoded(url.password) };
  url.username = '';
  url.password = '';
  return { url: url.href, ...login };
}

/** A percent sign that encodes nothing stands for itself. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}
