import * as l10n from '@vscode/l10n';
import { PAIRS, type Converted } from './clientPairs.ts';

const LOGIN = new Set([
  'security.protocol',
  'sasl.mechanism',
  'sasl.mechanisms',
  'sasl.username',
  'sasl.password',
  'sasl.jaas.config',
  'ssl.ca.location',
  'ssl.truststore.location',
  'ssl.truststore.certificates',
  'ssl.truststore.type',
  'ssl.keystore.location',
  'ssl.keystore.certificate.chain',
  'ssl.keystore.key',
  'ssl.keystore.type',
  'ssl.certificate.location',
  'ssl.key.location',
]);

/** Lines `name=value` (or `name: value`) of a client for the metadata of a component. No password is taken over. */
export function toMetadata(properties: string): Converted {
  const pairs: [string, string][] = [];
  const without: Converted['without'] = [];
  const all = new Map<string, string>();
  // A backslash at the end of a line goes on with the next one.
  for (const line of properties.replace(/\\\r?\n\s*/g, '').split(/\r?\n/)) {
    const match = /^\s*(?![#!])["']?([\w.-]+)["']?\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (match?.[1] !== undefined) all.set(match[1], (match[2] ?? '').replace(/^["']|["'],?$|,$/g, ''));
  }
  for (const [name, value] of all) {
    const pair = PAIRS.find((candidate) => candidate.client === name);
    const dapr = pair && (pair.toDapr === undefined ? value : pair.toDapr(value));
    if (pair !== undefined && dapr !== undefined) pairs.push([pair.dapr, dapr]);
    else if (!LOGIN.has(name) && !(name === 'isolation.level' && value === 'read_uncommitted'))
      without.push({ name, why: whyNotDapr(name, value) });
  }
  if (all.size === 0) return { pairs, secrets: [], without };
  const login = loginOf(all);
  return {
    pairs: [...pairs, ...login.pairs],
    secrets: login.secrets,
    without: [...without, ...login.without],
  };
}

function loginOf(all: ReadonlyMap<string, string>): Converted {
  const protocol = (all.get('security.protocol') ?? 'PLAINTEXT').toUpperCase();
  const mechanism = (all.get('sasl.mechanism') ?? all.get('sasl.mechanisms') ?? '').toUpperCase();
  const pairs: [string, string][] = [];
  const secrets: string[] = [];
  const without: Converted['without'] = [];
  const has = (...names: string[]) => names.some((name) => all.has(name));
  if (protocol === 'PLAINTEXT') return { pairs: [['authType', 'none']], secrets, without };
  if (protocol.startsWith('SASL')) {
    const authType = mechanism === 'OAUTHBEARER' ? 'oidc' : mechanism === 'AWS_MSK_IAM' ? 'awsiam' : 'password';
    pairs.push(['authType', authType]);
    if (authType === 'password') {
      const user = all.get('sasl.username') ?? /username="([^"]*)"/.exec(all.get('sasl.jaas.config') ?? '')?.[1];
      if (user === undefined || user.startsWith('${')) secrets.push('saslUsername');
      else pairs.push(['saslUsername', user]);
      secrets.push('saslPassword');
      pairs.push(['saslMechanism', { 'SCRAM-SHA-256': 'SHA-256', 'SCRAM-SHA-512': 'SHA-512' }[mechanism] ?? 'PLAIN']);
    }
    if (protocol === 'SASL_PLAINTEXT') pairs.push(['disableTls', 'true']);
  } else
    pairs.push([
      'authType',
      has('ssl.keystore.location', 'ssl.keystore.key', 'ssl.key.location') ? 'mtls' : 'certificate',
    ]);
  const stores = protocol.endsWith('SSL');
  const needsCa = protocol === 'SSL';
  if (stores && (needsCa || has('ssl.truststore.location', 'ssl.truststore.certificates', 'ssl.ca.location')))
    secrets.push('caCert');
  if (stores && has('ssl.keystore.location', 'ssl.keystore.key', 'ssl.key.location'))
    secrets.push('clientCert', 'clientKey');
  for (const name of ['ssl.truststore.location', 'ssl.ca.location', 'ssl.keystore.location', 'ssl.key.location'])
    if (stores && all.has(name))
      without.push({ name, why: l10n.t('Dapr takes the PEM text of certificates and keys, not the name of a file.') });
  return { pairs, secrets, without };
}

function whyNotDapr(name: string, value: string): string {
  if (name === 'auto.offset.reset') return l10n.t('Dapr knows no "{0}": it always falls to oldest or newest.', value);
  if (name.startsWith('enable.auto.commit') || name.startsWith('auto.commit'))
    return l10n.t('Dapr always commits what was handled, once a second.');
  if (name === 'isolation.level')
    return l10n.t('Dapr always reads uncommitted: messages of aborted transactions are delivered, too.');
  if (name === 'group.instance.id') return l10n.t('Dapr has no static membership.');
  if (name.startsWith('max.poll'))
    return l10n.t('Dapr handles one message of a partition after the other; there is no poll.');
  if (name === 'partition.assignment.strategy') return l10n.t('Dapr knows range, sticky and roundrobin.');
  if (name === 'enable.idempotence') return l10n.t('Dapr’s producer is not idempotent.');
  return l10n.t('Dapr has no such setting.');
}

/** A component file; secrets come from a secret store, and what has no equivalent stands in comments below. */
export function componentText(name: string, { pairs, secrets, without }: Converted): string {
  const lines = [
    'apiVersion: dapr.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  type: pubsub.kafka',
    '  version: v1',
    '  metadata:',
    ...pairs.flatMap(([item, value]) => [`  - name: ${item}`, `    value: ${JSON.stringify(value)}`]),
    ...secrets.flatMap((item) => [
      `  - name: ${item}`,
      '    secretKeyRef:',
      '      name: kafka-secrets',
      `      key: ${item}`,
    ]),
  ];
  const notes = without.map(({ name: setting, why }) => `# ${setting}: ${why}`);
  return [...lines, ...(notes.length === 0 ? [] : [`# ${l10n.t('Without an equivalent:')}`, ...notes]), ''].join('\n');
}
