import * as l10n from '@vscode/l10n';
import { isTrueText } from '../rules/booleans.ts';
import { elsewhere, type Converted } from './clientPairs.ts';
import type { MetadataValue } from './group.ts';

/** Fields of the login in lower case, which are turned as a whole. */
export const LOGIN_FIELDS: readonly string[] = [
  'consumerid',
  'authtype',
  'authrequired',
  'saslusername',
  'saslpassword',
  'saslmechanism',
  'disabletls',
  'skipverify',
  'cacert',
  'clientcert',
  'clientkey',
  'oidctokenendpoint',
  'oidcclientid',
  'oidcclientsecret',
  'oidcscopes',
  'oidcextensions',
  'schemaregistryapikey',
  'schemaregistryapisecret',
];

type Item = (name: string) => MetadataValue | undefined;

/** TLS, SASL and the registry's login as the Java client says them. */
export function clientLogin(item: Item): Converted {
  const text = (name: string) => item(name)?.value ?? undefined;
  const authType = authTypeOf(item, text);
  // TLS is on for every authType but the exact word none (CC:common/component/kafka/auth.go:53-58).
  const tls = text('authType') !== 'none' && !isTrueText(text('disableTls') ?? '');
  const sasl = ['password', 'oidc', 'oidc_private_key_jwt', 'awsiam'].includes(authType);
  const pairs: Converted['pairs'] = [
    ['security.protocol', sasl ? (tls ? 'SASL_SSL' : 'SASL_PLAINTEXT') : tls ? 'SSL' : 'PLAINTEXT'],
  ];
  const secrets: string[] = [];
  const without: Converted['without'] = [];
  if (authType === 'password') {
    const mechanism =
      { 'SHA-256': 'SCRAM-SHA-256', 'SHA-512': 'SCRAM-SHA-512' }[text('saslMechanism') ?? ''] ?? 'PLAIN';
    const module = mechanism === 'PLAIN' ? 'plain.PlainLoginModule' : 'scram.ScramLoginModule';
    pairs.push(['sasl.mechanism', mechanism], jaas(module, { username: item('saslUsername'), password: null }));
    secrets.push('sasl.jaas.config');
  } else if (authType === 'oidc') {
    pairs.push(...oidc(item, text));
    secrets.push('sasl.jaas.config');
  } else if (sasl) {
    pairs.push(['sasl.mechanism', authType === 'awsiam' ? 'AWS_MSK_IAM' : 'OAUTHBEARER']);
    if (authType !== 'awsiam')
      without.push({ name: 'authType', why: l10n.t('The login with a signed assertion is code of the client’s own.') });
  }
  if (tls && item('caCert') !== undefined)
    pairs.push(['ssl.truststore.type', 'PEM'], ['ssl.truststore.certificates', elsewhere('caCert')]);
  if (tls && isTrueText(text('skipVerify') ?? ''))
    without.push({
      name: 'skipVerify',
      why: l10n.t(
        'A Java client always checks the certificate; name the CA instead (librdkafka: enable.ssl.certificate.verification=false).',
      ),
    });
  // Dapr shows a certificate of its own with mtls only.
  if (tls && authType === 'mtls') {
    pairs.push(
      ['ssl.keystore.type', 'PEM'],
      ['ssl.keystore.certificate.chain', elsewhere('clientCert')],
      ['ssl.keystore.key', elsewhere('clientKey')],
    );
    secrets.push('ssl.keystore.key');
  }
  if (item('schemaRegistryAPIKey') !== undefined && text('schemaRegistryAPIKey') !== '') {
    pairs.push(
      ['basic.auth.credentials.source', 'USER_INFO'],
      ['basic.auth.user.info', `${elsewhere('schemaRegistryKey')}:${elsewhere('schemaRegistrySecret')}`],
    );
    secrets.push('basic.auth.user.info');
  }
  for (const name of unused(authType))
    if (item(name) !== undefined)
      without.push({ name, why: l10n.t('authType {0} makes no use of it.', authType || '?') });
  return { pairs, secrets, without };
}

/** Fields of other logins than this one. */
function unused(authType: string): string[] {
  const of: Record<string, string[]> = {
    password: ['saslUsername', 'saslPassword', 'saslMechanism'],
    mtls: ['clientCert', 'clientKey'],
    oidc: ['oidcTokenEndpoint', 'oidcClientID', 'oidcClientSecret', 'oidcScopes', 'oidcExtensions'],
  };
  return Object.entries(of).flatMap(([login, names]) =>
    login === authType || `${login}_private_key_jwt` === authType ? [] : names,
  );
}

/** In lower case; the older authRequired says it where authType does not. */
function authTypeOf(item: Item, text: (name: string) => string | undefined): string {
  const authType = (text('authType') ?? '').toLowerCase();
  if (authType !== '' || item('authType')?.value === null) return authType;
  const required = (text('authRequired') ?? '').toLowerCase();
  if (['1', 't', 'true'].includes(required)) return item('saslPassword') === undefined ? 'mtls' : 'password';
  return ['0', 'f', 'false'].includes(required) ? 'none' : '';
}

function oidc(item: Item, text: (name: string) => string | undefined): Converted['pairs'] {
  const endpoint = item('oidcTokenEndpoint');
  return [
    ['sasl.mechanism', 'OAUTHBEARER'],
    [
      'sasl.login.callback.handler.class',
      'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler',
    ],
    ['sasl.oauthbearer.token.endpoint.url', endpoint?.value ?? elsewhere('oidcTokenEndpoint')],
    jaas('oauthbearer.OAuthBearerLoginModule', {
      clientId: item('oidcClientID'),
      clientSecret: null,
      ...(item('oidcScopes') === undefined
        ? {}
        : { scope: { name: 'oidcScopes', value: text('oidcScopes')?.replaceAll(',', ' ') ?? null } }),
      ...extensions(item('oidcExtensions')),
    }),
  ];
}

/** `extension_logicalCluster`, as the Java client calls them. */
function extensions(item: MetadataValue | undefined): Record<string, MetadataValue> {
  if (item === undefined || item.value === null) return {};
  try {
    const map = JSON.parse(item.value) as unknown;
    if (typeof map !== 'object' || map === null) return {};
    return Object.fromEntries(
      Object.entries(map).map(([name, value]) => [`extension_${name}`, { name, value: String(value) }]),
    );
  } catch {
    return {}; // no JSON: daprd refuses it, and a finding says so
  }
}

/** @param values null: a secret, whatever the file says */
function jaas(module: string, values: Record<string, MetadataValue | null | undefined>): [string, string] {
  const NAMES: Record<string, string> = {
    username: 'saslUsername',
    password: 'saslPassword',
    clientId: 'oidcClientId',
    clientSecret: 'oidcClientSecret',
    scope: 'oidcScopes',
  };
  const words = Object.entries(values).map(([name, item]) => {
    const value = item?.value ?? elsewhere(NAMES[name] ?? name);
    return `${name}="${value.replace(/(["\\])/g, '\\$1')}"`;
  });
  return ['sasl.jaas.config', `org.apache.kafka.common.security.${module} required ${words.join(' ')};`];
}
