import * as l10n from '@vscode/l10n';
import { PAIRS, type Converted } from './clientPairs.ts';
import type { MetadataValue } from './group.ts';

/** Fields of the login, which {@link security} turns as a whole. */
const LOGIN = new Set([
  'consumerid',
  'authtype',
  'authrequired',
  'saslusername',
  'saslpassword',
  'saslmechanism',
  'disabletls',
  'cacert',
  'clientcert',
  'clientkey',
]);

/**
 * A component's settings for a plain client (names of the Java client's configuration). `group` is the effective one,
 * since a client has no app id to fall back to. No value of a secret is in it, and neither is a value that the component
 * takes from a secret: `${NAME}` stands there.
 */
export function toClientProperties(metadata: readonly MetadataValue[], group: string | null): Converted {
  const pairs: [string, string][] = [];
  const item = (name: string) => metadata.findLast(({ name: other }) => other.toLowerCase() === name.toLowerCase());
  const text = (name: string) => item(name)?.value ?? undefined;
  for (const { dapr, client, toClient } of PAIRS) {
    if (dapr !== 'consumerGroup' && item(dapr)?.value === null) {
      pairs.push([client, elsewhere(dapr)]);
      continue;
    }
    const value =
      dapr === 'consumerGroup'
        ? (group ?? elsewhere('consumerGroup'))
        : dapr === 'initialOffset'
          ? (metadata.findLast(({ name }) => name === dapr)?.value ?? 'newest')
          : text(dapr);
    if (value !== undefined && value !== '')
      pairs.push([client, value.startsWith('${') ? value : (toClient?.(value) ?? value)]);
  }
  const login = security(item, text);
  pairs.push(['enable.auto.commit', 'false'], ['isolation.level', 'read_uncommitted'], ...login.pairs);
  const known = new Set(PAIRS.map((pair) => pair.dapr.toLowerCase()));
  const without = metadata
    .filter(({ name }) => !known.has(name.toLowerCase()) && !LOGIN.has(name.toLowerCase()))
    .map(({ name }) => ({ name, why: whyNotClient(name) }));
  without.push({
    name: 'commit',
    why: l10n.t(
      'Dapr commits what the app handled, once a second; a plain client commits by itself (commitSync) or on a timer whether or not it handled the message.',
    ),
  });
  return { pairs, secrets: login.secrets, without };
}

/** `${SASL_USERNAME}`: the value stands in a secret or the environment, or is a secret. */
const elsewhere = (name: string): string => `\${${name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}}`;

type Item = (name: string) => MetadataValue | undefined;
type Text = (name: string) => string | undefined;

function security(item: Item, text: Text): Pick<Converted, 'pairs' | 'secrets'> {
  const authType = (text('authType') ?? '').toLowerCase();
  // TLS is on for every authType but the exact word none (CC:common/component/kafka/auth.go:53-58).
  const tls = text('authType') !== 'none' && !/^(y|yes|true|t|on|1)$/i.test(text('disableTls')?.trim() ?? '');
  const sasl = ['password', 'oidc', 'oidc_private_key_jwt', 'awsiam'].includes(authType);
  const pairs: [string, string][] = [
    ['security.protocol', sasl ? (tls ? 'SASL_SSL' : 'SASL_PLAINTEXT') : tls ? 'SSL' : 'PLAINTEXT'],
  ];
  const secrets: string[] = [];
  if (authType === 'password') {
    const mechanism =
      { 'SHA-256': 'SCRAM-SHA-256', 'SHA-512': 'SCRAM-SHA-512' }[text('saslMechanism') ?? ''] ?? 'PLAIN';
    const module = mechanism === 'PLAIN' ? 'plain.PlainLoginModule' : 'scram.ScramLoginModule';
    const user = text('saslUsername') ?? elsewhere('saslUsername');
    pairs.push(
      ['sasl.mechanism', mechanism],
      [
        'sasl.jaas.config',
        `org.apache.kafka.common.security.${module} required username="${user}" password="${elsewhere('saslPassword')}";`,
      ],
    );
    secrets.push('sasl.jaas.config');
  } else if (sasl) pairs.push(['sasl.mechanism', authType === 'awsiam' ? 'AWS_MSK_IAM' : 'OAUTHBEARER']);
  if (tls && item('caCert') !== undefined)
    pairs.push(['ssl.truststore.type', 'PEM'], ['ssl.truststore.certificates', elsewhere('caCert')]);
  if (tls && (item('clientCert') !== undefined || item('clientKey') !== undefined)) {
    pairs.push(
      ['ssl.keystore.type', 'PEM'],
      ['ssl.keystore.certificate.chain', elsewhere('clientCert')],
      ['ssl.keystore.key', elsewhere('clientKey')],
    );
    secrets.push('ssl.keystore.key');
  }
  return { pairs, secrets };
}

function whyNotClient(name: string): string {
  if (/^backOff|^consumeRetry/i.test(name))
    return l10n.t('Retrying a message is the app’s own business in a plain client.');
  if (/Topics$|Scopes$/i.test(name)) return l10n.t('Rights are Kafka’s ACLs there.');
  if (/^(escapeHeaders|excludeHeaderMetaRegex)$/i.test(name))
    return l10n.t('A plain client hands headers over as bytes.');
  if (/^skipVerify$/i.test(name)) return l10n.t('A Java client always checks the certificate; name the CA instead.');
  if (/^oidc|^aws/i.test(name)) return l10n.t('The login library of the client has settings of its own for this.');
  return l10n.t('A plain client has no such setting.');
}

/** A file of client properties; what has no equivalent stands in comments below. */
export function propertiesText({ pairs, without }: Converted): string {
  return [
    ...pairs.map(([name, value]) => `${name}=${value.replace(/\r?\n/g, '\\n')}`),
    ...(without.length === 0 ? [] : ['', `# ${l10n.t('Without an equivalent:')}`]),
    ...without.map(({ name, why }) => `# ${name}: ${why}`),
    '',
  ].join('\n');
}
