import { loadAll } from 'js-yaml';
import * as l10n from '@vscode/l10n';
import type { SaslSettings, TlsSettings } from '../../profile.ts';
import { missingSecrets, type Imported } from './imported.ts';

/**
 * The connections of Dapr components of type `pubsub.kafka` or `bindings.kafka`: brokers and auth fields. A value that
 * refers to a secret store is asked for. Throws js-yaml's error for text that is not YAML.
 */
export function importDaprComponents(text: string): Imported[] {
  return loadAll(text).flatMap((document) => {
    const component = fields(document);
    const spec = fields(component.spec);
    if (component.kind !== 'Component' || !/^(pubsub|bindings)\.kafka$/.test(String(spec.type))) return [];
    const name = fields(component.metadata).name;
    const imported = ofMetadata(typeof name === 'string' ? name : 'kafka', metadataOf(spec.metadata));
    return imported ? [imported] : [];
  });
}

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** Field name in lower case (daprd ignores the case) -> its text; a reference to a secret store has none. */
function metadataOf(value: unknown): Map<string, string | null> {
  const items = Array.isArray(value) ? value.map(fields) : [];
  return new Map(
    items.map((item) => {
      const { name, value: given } = item;
      const text =
        typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean' ? String(given) : null;
      return [String(name).toLowerCase(), text];
    }),
  );
}

function ofMetadata(name: string, metadata: ReadonlyMap<string, string | null>): Imported | null {
  const get = (key: string): string => metadata.get(key.toLowerCase()) ?? '';
  const bootstrap = get('brokers')
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '');
  if (bootstrap.length === 0) return null;
  const imported: Imported = { profile: { name, bootstrap }, secrets: {}, ask: [], notes: [] };
  const { profile, secrets, notes } = imported;
  const authType =
    get('authType').toLowerCase() || (get('authRequired').toLowerCase() === 'true' ? 'password' : 'none');
  const tlsOff = /^(true|1|t)$/i.test(get('disableTls'));
  const tls = tlsOf(get, notes);
  switch (authType) {
    case 'password': {
      profile.sasl = passwordOf(get);
      if (metadata.get('saslpassword')) secrets.password = get('saslPassword');
      break;
    }
    case 'oidc': {
      const scope = get('oidcScopes').split(',').join(' ').trim();
      const settings = {
        mechanism: 'oauthbearer-client-credentials',
        tokenUrl: get('oidcTokenEndpoint'),
        clientId: get('oidcClientID'),
      } as const;
      profile.sasl = scope === '' ? settings : { ...settings, scope };
      if (metadata.get('oidcclientsecret')) secrets.clientSecret = get('oidcClientSecret');
      break;
    }
    case 'awsiam':
      profile.sasl = { mechanism: 'aws-msk-iam', region: get('region') || get('awsRegion') };
      break;
    case 'none':
    case 'mtls':
    case 'certificate':
      break;
    default:
      notes.push(
        l10n.t('The authType {0} is not supported here. Choose a login for this connection yourself.', authType),
      );
  }
  // Dapr uses TLS for every authType but none, unless it is turned off.
  if (authType !== 'none' && !tlsOff) profile.tls = tls;
  imported.ask = missingSecrets(profile, secrets);
  return imported;
}

function passwordOf(get: (key: string) => string): SaslSettings {
  const username = get('saslUsername');
  switch (get('saslMechanism').toUpperCase()) {
    case 'SHA-256':
      return { mechanism: 'scram-sha-256', username };
    case 'SHA-512':
      return { mechanism: 'scram-sha-512', username };
    default:
      return { mechanism: 'plain', username };
  }
}

function tlsOf(get: (key: string) => string, notes: string[]): TlsSettings {
  if (get('caCert') !== '') {
    notes.push(
      l10n.t('The CA certificate stands in the component itself. Save it as a PEM file and set it as the CA file.'),
    );
  }
  if (get('clientCert') !== '') {
    notes.push(
      l10n.t('The client certificate stands in the component itself. Save it and its key as PEM files and set them.'),
    );
  }
  return /^(true|1|t)$/i.test(get('skipVerify')) ? { skipVerify: true } : {};
}
