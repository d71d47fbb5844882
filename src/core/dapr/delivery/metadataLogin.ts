import * as l10n from '@vscode/l10n';
import { isPlaceholder, type Converted } from './clientPairs.ts';

export type Properties = ReadonlyMap<string, string>;

/** TLS and SASL are turned as a whole: each setting of them is told here or not at all. */
export const isLogin = (name: string): boolean =>
  /^(?:security\.protocol$|sasl\.|ssl\.|enable\.ssl\.certificate\.verification$|basic\.auth\.)/.test(name);

const CA = ['ssl.truststore.location', 'ssl.truststore.certificates', 'ssl.ca.location', 'ssl.ca.pem'];
const KEY = ['ssl.keystore.location', 'ssl.keystore.key', 'ssl.key.location', 'ssl.key.pem'];
const FILES = [
  'ssl.truststore.location',
  'ssl.ca.location',
  'ssl.keystore.location',
  'ssl.certificate.location',
  'ssl.key.location',
];
const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];

/** The fields of the login. Passwords, keys and certificates are names of secrets only. */
export function loginOf(all: Properties): Converted {
  const pairs: Converted['pairs'] = [];
  const secrets: string[] = [];
  const without: Converted['without'] = [];
  const has = (names: readonly string[]) => names.some((name) => all.has(name));
  const told = (names: readonly string[], why: string) => {
    for (const name of names) if (all.has(name)) without.push({ name, why });
  };
  const given = all.get('security.protocol') ?? 'PLAINTEXT';
  const protocol = given.toUpperCase();
  registry(all, pairs, secrets);
  if (!PROTOCOLS.includes(protocol)) {
    without.push({
      name: 'security.protocol',
      why: l10n.t('"{0}" is none of {1}; authType, which Dapr requires, depends on it.', given, PROTOCOLS.join(', ')),
    });
    return { pairs, secrets, without };
  }
  if (protocol === 'PLAINTEXT') return { pairs: [['authType', 'none'], ...pairs], secrets, without };

  const [sasl, tls] = [protocol.startsWith('SASL'), protocol.endsWith('SSL')];
  const ownCertificate = tls && has(KEY);
  if (sasl) saslOf(all, pairs, secrets, without);
  else pairs.push(['authType', ownCertificate ? 'mtls' : 'certificate']);
  if (!tls) {
    pairs.push(['disableTls', 'true']);
    return { pairs, secrets, without };
  }
  // Without SASL Dapr needs the CA, whatever the machine trusts.
  if (!sasl || has(CA)) secrets.push('caCert');
  if (ownCertificate && !sasl) secrets.push('clientCert', 'clientKey');
  else told(KEY, l10n.t('Dapr shows a certificate of its own with authType mtls only, which does not go with SASL.'));
  told(
    FILES.filter((name) => !without.some((known) => known.name === name)),
    l10n.t('Dapr takes the PEM text of certificates and keys, not the name of a file.'),
  );
  told(
    ['ssl.key.password', 'ssl.keystore.password', 'ssl.truststore.password'],
    l10n.t('Dapr opens no encrypted key and no key store: give it PEM text that is not encrypted.'),
  );
  if (all.get('enable.ssl.certificate.verification')?.toLowerCase() === 'false') pairs.push(['skipVerify', 'true']);
  if (all.get('ssl.endpoint.identification.algorithm') === '')
    told(
      ['ssl.endpoint.identification.algorithm'],
      l10n.t('Dapr always checks the name too; skipVerify would check nothing at all.'),
    );
  return { pairs, secrets, without };
}

function registry(all: Properties, pairs: Converted['pairs'], secrets: string[]): void {
  const user = all.get('basic.auth.user.info');
  if (user === undefined) return;
  const [key = ''] = user.split(':');
  if (key === '' || isPlaceholder(key)) secrets.push('schemaRegistryAPIKey');
  else pairs.push(['schemaRegistryAPIKey', key]);
  secrets.push('schemaRegistryAPISecret');
}

function saslOf(all: Properties, pairs: Converted['pairs'], secrets: string[], without: Converted['without']): void {
  const jaas = all.get('sasl.jaas.config') ?? '';
  const inJaas = (name: string) =>
    new RegExp(`${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|'([^']*)'|([^\\s;]+))`)
      .exec(jaas)
      ?.slice(1)
      .find((found) => found !== undefined)
      ?.replace(/\\(.)/g, '$1');
  const mechanism = mechanismOf(all, jaas);
  const field = (name: string, value: string | undefined) => {
    if (value === undefined || isPlaceholder(value)) secrets.push(name);
    else pairs.push([name, value]);
  };
  switch (mechanism) {
    case 'PLAIN':
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-512':
      pairs.push(['authType', 'password']);
      field('saslUsername', all.get('sasl.username') ?? inJaas('username'));
      secrets.push('saslPassword');
      pairs.push(['saslMechanism', mechanism.replace('SCRAM-', '')]);
      return;
    case 'OAUTHBEARER': {
      pairs.push(['authType', 'oidc']);
      field('oidcTokenEndpoint', all.get('sasl.oauthbearer.token.endpoint.url'));
      field('oidcClientID', all.get('sasl.oauthbearer.client.id') ?? inJaas('clientId'));
      secrets.push('oidcClientSecret');
      const scope = all.get('sasl.oauthbearer.scope') ?? inJaas('scope');
      if (scope !== undefined) field('oidcScopes', scope.trim().replace(/\s+/g, ','));
      const extensions = extensionsOf(all, jaas);
      if (extensions !== undefined) pairs.push(['oidcExtensions', extensions]);
      return;
    }
    case 'AWS_MSK_IAM':
      pairs.push(['authType', 'awsiam']);
      without.push({ name: 'sasl.mechanism', why: l10n.t('Dapr needs the region too: add awsRegion.') });
      return;
    default:
      without.push({
        name: 'sasl.mechanism',
        why: l10n.t(
          'Dapr knows no {0}: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER and AWS_MSK_IAM only.',
          mechanism,
        ),
      });
  }
}

/** A client that names none means Kerberos; whoever gives a user name, or the login of another, does not. */
function mechanismOf(all: Properties, jaas: string): string {
  const given = all.get('sasl.mechanism') ?? all.get('sasl.mechanisms');
  if (given !== undefined) return given.toUpperCase();
  if (jaas.includes('OAuthBearerLoginModule')) return 'OAUTHBEARER';
  return all.has('sasl.username') || jaas.includes('PlainLoginModule') ? 'PLAIN' : 'GSSAPI';
}

/** `name=value,…` of librdkafka, or `extension_name="value"` of the Java client, as JSON. */
function extensionsOf(all: Properties, jaas: string): string | undefined {
  const listed = (all.get('sasl.oauthbearer.extensions') ?? '').split(',').flatMap((pair) => {
    const [, name, value] = /^\s*([^=]+)=(.*?)\s*$/.exec(pair) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  const inJaas = [...jaas.matchAll(/extension_(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]);
  const extensions = [...listed, ...inJaas];
  return extensions.length === 0 ? undefined : JSON.stringify(Object.fromEntries(extensions));
}
