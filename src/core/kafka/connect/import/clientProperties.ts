import * as l10n from '@vscode/l10n';
import type { ClusterProfile, ClusterSecrets, SaslSettings, TlsSettings } from '../../profile.ts';
import { missingSecrets, splitUrl, type Imported } from './imported.ts';

/**
 * A Java client's `client.properties` (Kafka documentation, "Client configs"). Returns null when it names no
 * bootstrap servers.
 */
export function importClientProperties(text: string, name: string): Imported | null {
  const properties = parseProperties(text);
  const get = (key: string): string | undefined => properties.get(key) || undefined;
  const bootstrap = (get('bootstrap.servers') ?? '')
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '');
  if (bootstrap.length === 0) return null;
  const protocol = get('security.protocol')?.toUpperCase() ?? 'PLAINTEXT';
  const secrets: ClusterSecrets = {};
  const notes: string[] = [];
  const profile: Omit<ClusterProfile, 'id'> = { name, bootstrap };
  if (protocol.endsWith('SSL')) profile.tls = tlsOf(get, secrets, notes);
  const sasl = protocol.startsWith('SASL') ? saslOf(get, secrets, notes) : undefined;
  if (sasl) profile.sasl = sasl;
  const registry = get('schema.registry.url');
  if (registry) {
    const { url, ...inUrl } = splitUrl(registry);
    const [named, given] = split(get('basic.auth.user.info') ?? get('schema.registry.basic.auth.user.info') ?? '', ':');
    const username = named || inUrl.username;
    const password = given ?? inUrl.password;
    profile.registry = username ? { url, username } : { url };
    if (password !== undefined) secrets.registryPassword = password;
  }
  const timeout = Number(get('request.timeout.ms'));
  if (timeout > 0) profile.requestTimeoutMs = timeout;
  return { profile, secrets, ask: missingSecrets(profile, secrets), notes };
}

type Get = (key: string) => string | undefined;

function tlsOf(get: Get, secrets: ClusterSecrets, notes: string[]): TlsSettings {
  const tls: TlsSettings = {};
  const trust = get('ssl.truststore.location');
  if (trust) {
    if (storeType(get, 'truststore', trust) === 'PEM') tls.caFile = trust;
    else
      notes.push(
        l10n.t('The trust store {0} is not PEM. Export its CA certificate as PEM and set it as the CA file.', trust),
      );
  }
  const keys = get('ssl.keystore.location');
  if (keys) {
    const type = storeType(get, 'keystore', keys);
    const passphrase = get('ssl.keystore.password') ?? get('ssl.key.password');
    if (type === 'PKCS12') {
      tls.pfxFile = keys;
      if (passphrase !== undefined) secrets.pfxPassphrase = passphrase;
    } else if (type === 'PEM') {
      tls.certFile = keys;
      tls.keyFile = keys;
      const key = get('ssl.key.password');
      if (key !== undefined) secrets.keyPassphrase = key;
    } else {
      notes.push(
        l10n.t(
          'The key store {0} is a Java key store, which is not read here. Convert it: keytool -importkeystore -srckeystore {0} -destkeystore keys.p12 -deststoretype PKCS12',
          keys,
        ),
      );
    }
  }
  if (get('ssl.endpoint.identification.algorithm') === undefined && get('ssl.truststore.certificates')) {
    notes.push(
      l10n.t('The certificates stand in the properties themselves. Save them as a PEM file and set it as the CA file.'),
    );
  }
  return tls;
}

function storeType(get: Get, store: 'keystore' | 'truststore', path: string): string {
  const type = get(`ssl.${store}.type`)?.toUpperCase();
  if (type) return type;
  if (/\.(p12|pfx)$/i.test(path)) return 'PKCS12';
  return /\.(pem|crt|cer|key)$/i.test(path) ? 'PEM' : 'JKS';
}

function saslOf(get: Get, secrets: ClusterSecrets, notes: string[]): SaslSettings | undefined {
  const mechanism = get('sasl.mechanism')?.toUpperCase() ?? 'GSSAPI';
  const jaas = jaasOptions(get('sasl.jaas.config') ?? '');
  switch (mechanism) {
    case 'PLAIN':
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-512': {
      const password = jaas.get('password');
      if (password !== undefined) secrets.password = password;
      const names = { PLAIN: 'plain', 'SCRAM-SHA-256': 'scram-sha-256', 'SCRAM-SHA-512': 'scram-sha-512' } as const;
      return { mechanism: names[mechanism], username: jaas.get('username') ?? '' };
    }
    case 'OAUTHBEARER': {
      const tokenUrl = get('sasl.oauthbearer.token.endpoint.url');
      if (!tokenUrl) return { mechanism: 'oauthbearer' };
      const secret = jaas.get('clientSecret');
      if (secret !== undefined) secrets.clientSecret = secret;
      const scope = jaas.get('scope');
      const settings = {
        mechanism: 'oauthbearer-client-credentials',
        tokenUrl: splitUrl(tokenUrl).url,
        clientId: jaas.get('clientId') ?? '',
      } as const;
      return scope === undefined ? settings : { ...settings, scope };
    }
    case 'AWS_MSK_IAM': {
      const region = /\.kafka(?:-serverless)?\.([a-z0-9-]+)\.amazonaws\.com/.exec(get('bootstrap.servers') ?? '')?.[1];
      const awsProfile = jaas.get('awsProfileName');
      const settings = { mechanism: 'aws-msk-iam', region: region ?? '' } as const;
      return awsProfile === undefined ? settings : { ...settings, awsProfile };
    }
    case 'GSSAPI':
      notes.push(
        l10n.t(
          'Kerberos (GSSAPI) is not supported. Use another listener of the cluster, with SCRAM, OAUTHBEARER or TLS client certificates.',
        ),
      );
      return undefined;
    default:
      notes.push(
        l10n.t('The login mechanism {0} is not supported. Use PLAIN, SCRAM, OAUTHBEARER or AWS MSK IAM.', mechanism),
      );
      return undefined;
  }
}

/** `Module required key="value" key2='value';` */
function jaasOptions(text: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const match of text.matchAll(
    /([A-Za-z_][\w.-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s;]+))/g,
  )) {
    const [, key, double, single, bare] = match;
    if (key !== undefined) options.set(key, (double ?? single ?? bare ?? '').replace(/\\(.)/g, '$1'));
  }
  return options;
}

/** java.util.Properties: `#` and `!` comments, `=`, `:` or blanks between key and value, lines continued by `\`. */
export function parseProperties(text: string): Map<string, string> {
  const properties = new Map<string, string>();
  const logical: string[] = [];
  let open = false;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.trimStart();
    if (!open && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    const continues = /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
    const part = continues ? line.slice(0, -1) : line;
    if (open) logical.push((logical.pop() ?? '') + part);
    else logical.push(part);
    open = continues;
  }
  for (const line of logical) {
    const match = /^((?:[^\s=:\\]|\\.)*)\s*[=:]?\s*(.*)$/s.exec(line);
    if (match?.[1]) properties.set(unescape(match[1]), unescape(match[2] ?? '').trimEnd());
  }
  return properties;
}

const ESCAPES: Record<string, string> = { t: '\t', n: '\n', r: '\r', f: '\f' };
const unescape = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, unicode: string | undefined, char: string | undefined) =>
    unicode === undefined ? (ESCAPES[char ?? ''] ?? char ?? '') : String.fromCharCode(parseInt(unicode, 16)),
  );

function split(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
