import type {
  ClusterProfile,
  ClusterSecrets,
  RegistrySettings,
  SaslSettings,
  TlsSettings,
} from '../../core/kafka/profile.ts';
import { parseBootstrap } from '../../shared/bootstrap.ts';
import {
  EMPTY_FORM,
  hasRegistryTls,
  parseAddressMap,
  SECRET_NAMES,
  type ConnectionForm,
  type SecretChanges,
} from '../../shared/connectionForm.ts';

/** The form that shows a profile. */
export function formOf(profile: ClusterProfile): ConnectionForm {
  const { tls, sasl, registry } = profile;
  return {
    ...EMPTY_FORM,
    name: profile.name,
    colour: profile.colour ?? '',
    mode: profile.mode ?? 'normal',
    bootstrap: profile.bootstrap.join(', '),
    addressMap: Object.entries(profile.addressMap ?? {})
      .map(([from, to]) => `${from} -> ${to}`)
      .join('\n'),
    tls: tls !== undefined,
    caFile: tls?.caFile ?? '',
    certFile: tls?.certFile ?? '',
    keyFile: tls?.keyFile ?? '',
    pfxFile: tls?.pfxFile ?? '',
    serverName: tls?.serverName ?? '',
    skipVerify: tls?.skipVerify ?? false,
    pinnedSha256: tls?.pinnedSha256 ?? '',
    sasl: sasl?.mechanism ?? 'none',
    ...(sasl === undefined ? {} : saslFields(sasl)),
    registryUrl: registry?.url ?? '',
    registryUsername: registry?.username ?? '',
    registryCaFile: registry?.tls?.caFile ?? '',
    registryCertFile: registry?.tls?.certFile ?? '',
    registryKeyFile: registry?.tls?.keyFile ?? '',
    connectTimeoutMs: profile.connectTimeoutMs === undefined ? '' : String(profile.connectTimeoutMs),
    requestTimeoutMs: profile.requestTimeoutMs === undefined ? '' : String(profile.requestTimeoutMs),
  };
}

function saslFields(sasl: SaslSettings): Partial<ConnectionForm> {
  switch (sasl.mechanism) {
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512':
      return { username: sasl.username };
    case 'oauthbearer':
      return {};
    case 'oauthbearer-client-credentials':
      return { tokenUrl: sasl.tokenUrl, clientId: sasl.clientId, scope: sasl.scope ?? '' };
    case 'aws-msk-iam':
      return { region: sasl.region, awsProfile: sasl.awsProfile ?? '' };
  }
}

/** The profile that a valid form describes (see validateForm). Fields that the form does not show are left out. */
export function profileOf(id: string, form: ConnectionForm): ClusterProfile {
  const bootstrap = parseBootstrap(form.bootstrap);
  if (!bootstrap.ok) throw new Error(bootstrap.message);
  const addresses = parseAddressMap(form.addressMap);
  if (!addresses.ok) throw new Error(addresses.message);
  const sasl = saslOf(form);
  const registry = registryOf(form);
  return {
    id,
    name: form.name.trim() || (bootstrap.addresses[0] ?? ''),
    ...texts({ colour: form.colour }),
    bootstrap: bootstrap.addresses,
    ...(form.tls ? { tls: tlsOf(form) } : {}),
    ...(sasl === undefined ? {} : { sasl }),
    ...(Object.keys(addresses.map).length === 0 ? {} : { addressMap: addresses.map }),
    ...(registry === undefined ? {} : { registry }),
    ...milliseconds('connectTimeoutMs', form.connectTimeoutMs),
    ...milliseconds('requestTimeoutMs', form.requestTimeoutMs),
    ...(form.mode === 'normal' ? {} : { mode: form.mode }),
  };
}

function tlsOf(form: ConnectionForm): TlsSettings {
  const { caFile, certFile, keyFile, pfxFile, serverName } = form;
  return {
    ...texts({ caFile, certFile, keyFile, pfxFile, serverName }),
    ...(form.skipVerify ? { skipVerify: true } : {}),
    ...texts({ pinnedSha256: form.pinnedSha256.replaceAll(':', '').toLowerCase() }),
  };
}

function registryOf(form: ConnectionForm): RegistrySettings | undefined {
  const url = form.registryUrl.trim();
  if (url === '') return undefined;
  const { registryCaFile: caFile, registryCertFile: certFile, registryKeyFile: keyFile } = form;
  const tls = hasRegistryTls(form) ? texts({ caFile, certFile, keyFile }) : {};
  return { url, ...texts({ username: form.registryUsername }), ...(Object.keys(tls).length > 0 && { tls }) };
}

function saslOf(form: ConnectionForm): SaslSettings | undefined {
  const { sasl: mechanism } = form;
  switch (mechanism) {
    case 'none':
      return undefined;
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512':
      return { mechanism, username: form.username.trim() };
    case 'oauthbearer':
      return { mechanism };
    case 'oauthbearer-client-credentials':
      return {
        mechanism,
        tokenUrl: form.tokenUrl.trim(),
        clientId: form.clientId.trim(),
        ...texts({ scope: form.scope }),
      };
    case 'aws-msk-iam':
      return { mechanism, region: form.region.trim(), ...texts({ awsProfile: form.awsProfile }) };
  }
}

/** Only the entries that hold text, trimmed. */
function texts<Key extends string>(entries: Record<Key, string>): Partial<Record<Key, string>> {
  const filled = Object.entries<string>(entries).filter(([, text]) => text.trim() !== '');
  return Object.fromEntries(filled.map(([key, text]) => [key, text.trim()])) as Partial<Record<Key, string>>;
}

function milliseconds<Key extends string>(key: Key, text: string): Partial<Record<Key, number>> {
  return text.trim() === '' ? {} : ({ [key]: Number(text) } as Partial<Record<Key, number>>);
}

/** Saved secrets with what was typed in their place; an emptied field forgets its secret. */
export function changedSecrets(saved: ClusterSecrets, changes: SecretChanges): ClusterSecrets {
  const merged = { ...saved, ...changes };
  return Object.fromEntries(
    SECRET_NAMES.flatMap((name) => (merged[name] === undefined || merged[name] === '' ? [] : [[name, merged[name]]])),
  );
}
